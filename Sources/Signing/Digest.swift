import COpenSSL

/// SHA-256 and its HMAC, by OpenSSL.
package enum Digest {
    package static let byteCount = 32

    package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { digest, count in
            // A null `data` would be allowed for no bytes; the array's pointer is fine for any length.
            _ = bytes.withUnsafeBufferPointer { SHA256($0.baseAddress, $0.count, digest.baseAddress) }
            count = byteCount
        }
    }

    static func hmac(key: [UInt8], _ text: String) -> [UInt8] {
        let message = Array(text.utf8)
        return [UInt8](unsafeUninitializedCapacity: byteCount) { digest, count in
            var written: UInt32 = 0
            let result = HMAC(
                EVP_sha256(), key, Int32(key.count), message, message.count, digest.baseAddress, &written)
            // Fails only without memory or without SHA-256 in the library; no signature could be made at all then.
            precondition(result != nil && Int(written) == byteCount, "OpenSSL refused HMAC-SHA-256")
            count = byteCount
        }
    }

    /// Lower-case hexadecimal.
    package static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            for (index, byte) in bytes.enumerated() {
                text[index * 2] = digits[Int(byte >> 4)]
                text[index * 2 + 1] = digits[Int(byte & 15)]
            }
            return bytes.count * 2
        }
    }

    /// What stands for a payload in a canonical request.
    package static func payloadHash(_ payload: [UInt8]) -> String { hex(sha256(payload)) }
}
