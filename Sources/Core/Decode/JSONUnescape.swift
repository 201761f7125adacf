/// What the inside of a JSON string stands for.
///
/// All of it takes text that the scanner has passed: valid UTF-8, complete escapes.
package enum JSONUnescape {
    /// The text as a `String`. A lone surrogate escape becomes U+FFFD.
    package static func string(_ escaped: UnsafeRawBufferPointer) -> String {
        guard escaped.contains(UInt8(ascii: "\\")) else { return String(decoding: escaped, as: UTF8.self) }
        var bytes: [UInt8] = []
        append(escaped, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text as UTF-8. A lone surrogate escape becomes U+FFFD.
    package static func append(_ escaped: UnsafeRawBufferPointer, to out: inout [UInt8]) {
        var at = 0
        while let length = escaped[at...].firstIndex(of: UInt8(ascii: "\\")).map({ $0 - at }) {
            out.append(slice: UnsafeRawBufferPointer(rebasing: escaped[at..<at + length]))
            at += length + 1
            at += appendEscape(UnsafeRawBufferPointer(rebasing: escaped[at...]), to: &out)
        }
        out.append(slice: UnsafeRawBufferPointer(rebasing: escaped[at...]))
    }

    /// Appends what the escape stands for whose backslash is just before `text`. Returns how many bytes of `text` it took.
    private static func appendEscape(_ text: UnsafeRawBufferPointer, to out: inout [UInt8]) -> Int {
        switch text[0] {
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"): return appendUnicode(text, to: &out)
        default: out.append(text[0])  // a quote, a backslash or a slash, which stand for themselves
        }
        return 1
    }

    private static func appendUnicode(_ text: UnsafeRawBufferPointer, to out: inout [UInt8]) -> Int {
        let first = codeUnit(text, at: 1)
        guard UTF16.isLeadSurrogate(first), text.count >= 11, text[5] == UInt8(ascii: "\\"),
            text[6] == UInt8(ascii: "u")
        else {
            append(Unicode.Scalar(first) ?? "\u{FFFD}", to: &out)
            return 5
        }
        let second = codeUnit(text, at: 7)
        guard UTF16.isTrailSurrogate(second) else {
            append("\u{FFFD}", to: &out)
            return 5
        }
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        append(Unicode.Scalar(value) ?? "\u{FFFD}", to: &out)
        return 11
    }

    private static func append(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
        out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private static func codeUnit(_ text: UnsafeRawBufferPointer, at start: Int) -> UInt16 {
        (start..<start + 4).reduce(0) { $0 << 4 | UInt16(HexDigit.value(text[$1]) ?? 0) }
    }
}

enum HexDigit {
    /// What the digit counts, or `nil` when it is none.
    @inline(__always)
    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
