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
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.underestimatedCount / 4 * 3)
        var group: UInt32 = 0
        var digits = 0
        var padded = 0
        for byte in text {
            if byte == padding {
                padded += 1
                continue
            }
            guard padded == 0, let value = value(byte) else { return nil }
            group = group << 6 | UInt32(value)
            digits += 1
            if digits == 4 {
                bytes.append(UInt8(truncatingIfNeeded: group >> 16))
                bytes.append(UInt8(truncatingIfNeeded: group >> 8))
                bytes.append(UInt8(truncatingIfNeeded: group))
                (group, digits) = (0, 0)
            }
        }
        switch (digits, padded) {
        case (0, 0): return bytes
        case (2, 2) where group & 15 == 0:
            bytes.append(UInt8(truncatingIfNeeded: group >> 4))
            return bytes
        case (3, 1) where group & 3 == 0:
            bytes.append(UInt8(truncatingIfNeeded: group >> 10))
            bytes.append(UInt8(truncatingIfNeeded: group >> 2))
            return bytes
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
