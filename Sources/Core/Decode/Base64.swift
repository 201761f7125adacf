private import CScan

/// Base64 with the standard alphabet and padding (RFC 4648, section 4).
package enum Base64 {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    private static let padding = UInt8(ascii: "=")

    /// Appends `bytes` encoded, without line breaks.
    package static func encode(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
        out.append(atMost: (bytes.count + 2) / 3 * 4) { out in
            for start in stride(from: 0, to: bytes.count, by: 3) { put(bytes[start...].prefix(3), to: &out) }
        }
    }

    /// Puts four digits for up to three bytes.
    @inline(__always)
    private static func put(_ bytes: Slice<UnsafeRawBufferPointer>, to out: inout ByteWriter) {
        var group: UInt32 = 0
        for byte in bytes { group = group << 8 | UInt32(byte) }
        group <<= 8 * UInt32(3 - bytes.count)
        for digit in 0..<4 {
            let isPadding = digit > bytes.count
            out.put(isPadding ? padding : alphabet.utf8Start[Int(group >> (18 - 6 * UInt32(digit)) & 63)])
        }
    }

    /// The bytes that `text` stands for, or `nil` when it is not base64.
    ///
    /// Strict: the length with its padding is a multiple of four, and the bits that stand for nothing are zero.
    package static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        let text = Array(text)
        var taken = 0
        var bytes = [UInt8](unsafeUninitializedCapacity: text.count / 4 * 3) { room, count in
            taken = cscan_base64_run(room.baseAddress, text, text.count)
            count = taken / 4 * 3
        }
        guard let last = lastBytes(text[taken...]) else { return nil }
        bytes += last
        return bytes
    }

    /// The bytes of a group that ends in padding; none when there is no group, `nil` when it is anything else.
    private static func lastBytes(_ group: ArraySlice<UInt8>) -> [UInt8]? {
        guard !group.isEmpty else { return [] }
        let digits = group.prefix { $0 != padding }
        guard group.count == 4, group.dropFirst(digits.count).allSatisfy({ $0 == padding }) else { return nil }
        var bits: UInt32 = 0
        for digit in digits {
            guard let value = value(digit) else { return nil }
            bits = bits << 6 | UInt32(value)
        }
        switch digits.count {
        case 2 where bits & 15 == 0: return [UInt8(truncatingIfNeeded: bits >> 4)]
        case 3 where bits & 3 == 0:
            return [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
        default: return nil
        }
    }

    /// What the digit counts, or `nil` when it is none.
    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
