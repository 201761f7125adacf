private import Glibc

/// What the inside of a JSON string stands for.
///
/// All of it takes text that the scanner has passed: valid UTF-8, complete escapes.
package enum JSONUnescape {
    /// The text as a `String`. A lone surrogate escape becomes U+FFFD.
    package static func string(_ escaped: UnsafeRawBufferPointer) -> String {
        guard escaped.contains(UInt8(ascii: "\\")) else { return String(decoding: escaped, as: UTF8.self) }
        return String(decoding: bytes(escaped), as: UTF8.self)
    }

    /// The text as UTF-8. A lone surrogate escape becomes U+FFFD.
    static func bytes(_ escaped: UnsafeRawBufferPointer) -> [UInt8] {
        var bytes: [UInt8] = []
        // An escape is always longer than what it stands for.
        bytes.append(atMost: escaped.count) { put(escaped, to: &$0) }
        return bytes
    }

    /// Puts the text as UTF-8. A lone surrogate escape becomes U+FFFD.
    static func put(_ escaped: UnsafeRawBufferPointer, to out: inout ByteWriter) {
        guard let start = escaped.baseAddress else { return }
        var at = 0
        while let backslash = memchr(start + at, Int32(UInt8(ascii: "\\")), escaped.count - at) {
            let length = UnsafeRawPointer(backslash) - start - at
            out.put(UnsafeRawBufferPointer(start: start + at, count: length))
            at += length + 1
            at += putEscape(UnsafeRawBufferPointer(rebasing: escaped[at...]), to: &out)
        }
        out.put(UnsafeRawBufferPointer(rebasing: escaped[at...]))
    }

    /// Puts what the escape stands for whose backslash is just before `text`. Returns how many bytes of `text` it took.
    private static func putEscape(_ text: UnsafeRawBufferPointer, to out: inout ByteWriter) -> Int {
        switch text[0] {
        case UInt8(ascii: "b"): out.put(0x08)
        case UInt8(ascii: "f"): out.put(0x0C)
        case UInt8(ascii: "n"): out.put(0x0A)
        case UInt8(ascii: "r"): out.put(0x0D)
        case UInt8(ascii: "t"): out.put(0x09)
        case UInt8(ascii: "u"): return putUnicode(text, to: &out)
        default: out.put(text[0])  // a quote, a backslash or a slash, which stand for themselves
        }
        return 1
    }

    private static func putUnicode(_ text: UnsafeRawBufferPointer, to out: inout ByteWriter) -> Int {
        let first = codeUnit(text, at: 1)
        guard UTF16.isLeadSurrogate(first), text.count >= 11, text[5] == UInt8(ascii: "\\"),
            text[6] == UInt8(ascii: "u"), case let second = codeUnit(text, at: 7), UTF16.isTrailSurrogate(second)
        else {
            put(Unicode.Scalar(first) ?? "\u{FFFD}", to: &out)
            return 5
        }
        put(
            Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)) ?? "\u{FFFD}", to: &out
        )
        return 11
    }

    private static func put(_ scalar: Unicode.Scalar, to out: inout ByteWriter) {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { out.put(byte) }
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
