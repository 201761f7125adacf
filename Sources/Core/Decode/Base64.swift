/// Base64 with the standard alphabet and padding (RFC 4648, section 4).
package enum Base64 {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    private static let padding = UInt8(ascii: "=")

    /// Appends `bytes` encoded, without line breaks.
    package static func encode(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
        let digits = alphabet.utf8Start
        var at = 0
        while at + 3 <= bytes.count {
            let group = UInt32(bytes[at]) << 16 | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2])
            for shift: UInt32 in [18, 12, 6, 0] { out.append(digits[Int(group >> shift & 63)]) }
            at += 3
        }
        guard at < bytes.count else { return }
        let hasTwo = at + 1 < bytes.count
        let group = UInt32(bytes[at]) << 16 | (hasTwo ? UInt32(bytes[at + 1]) << 8 : 0)
        out.append(digits[Int(group >> 18 & 63)])
        out.append(digits[Int(group >> 12 & 63)])
        out.append(hasTwo ? digits[Int(group >> 6 & 63)] : padding)
        out.append(padding)
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
