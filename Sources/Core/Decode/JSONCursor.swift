private import CScan
private import Glibc

/// Walks a JSON text once and strictly (RFC 8259), without making anything of it.
///
/// The text must be followed by `TextPool.paddingBytes` zeros: they end every token, so nothing here asks whether the
/// text is over before it looks at the next bytes.
struct JSONCursor {
    /// How deep objects and arrays may stand in each other.
    static let nestingMax = 128
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    let base: UnsafePointer<UInt8>
    let end: Int
    /// The next byte to look at.
    var at = 0

    init(base: UnsafePointer<UInt8>, count: Int) {
        self.base = base
        end = count
    }

    @inline(__always)
    var byte: UInt8 { base[at] }

    var isAtEnd: Bool { at >= end }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\t")
    }

    @inline(__always)
    mutating func skipSpace() {
        while byte <= UInt8(ascii: " "), Self.isSpace(byte) { at += 1 }
    }
}

/// A string of the text.
struct JSONString {
    /// Just after the opening quote.
    let start: Int
    /// Up to the closing quote.
    let count: Int
    /// The length of what it stands for in UTF-8. A lone surrogate counts 3.
    let unescapedBytes: Int

    /// Every escape is longer than what it stands for.
    var hasEscapes: Bool { unescapedBytes != count }
    var range: ByteRange { ByteRange(start: start, count: count) }
}

extension JSONCursor {
    /// Passes a string. `at` is at its opening quote.
    @inline(__always)
    mutating func string() throws(JSONFault) -> JSONString {
        let start = at + 1
        var next = start
        var saved = 0
        while true {
            next += cscan_plain_run(base + next)
            let stop = base[next]
            if stop == UInt8(ascii: "\"") {
                at = next + 1
                return JSONString(start: start, count: next - start, unescapedBytes: next - start - saved)
            } else if stop == UInt8(ascii: "\\") {
                let escape = try escape(at: next)
                next += escape.count
                saved += escape.count - escape.unescapedBytes
            } else if stop >= 0x80 {
                next = try endOfNonASCII(from: next)
            } else {
                throw JSONFault(next < end ? .controlCharacter : .unterminatedString, at: next)
            }
        }
    }

    /// The escape whose backslash is at `start`; two of them when they are a surrogate pair.
    @inline(__always)
    private func escape(at start: Int) throws(JSONFault) -> (count: Int, unescapedBytes: Int) {
        switch base[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "n"), UInt8(ascii: "t"),
            UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"):
            (2, 1)
        case UInt8(ascii: "u"): try unicodeEscape(at: start)
        default: throw JSONFault(.escape, at: min(start + 1, end))
        }
    }

    private func unicodeEscape(at start: Int) throws(JSONFault) -> (count: Int, unescapedBytes: Int) {
        guard let unit = codeUnit(at: start + 2) else { throw JSONFault(.hexDigits, at: min(start + 2, end)) }
        if unit < 0x80 { return (6, 1) }
        if unit < 0x800 { return (6, 2) }
        if UTF16.isLeadSurrogate(unit), base[start + 6] == UInt8(ascii: "\\"), base[start + 7] == UInt8(ascii: "u"),
            let second = codeUnit(at: start + 8), UTF16.isTrailSurrogate(second)
        {
            return (12, 4)
        }
        return (6, 3)
    }

    private func codeUnit(at start: Int) -> UInt16? {
        var unit: UInt16 = 0
        for index in start..<start + 4 {
            guard let digit = HexDigit.value(base[index]) else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    /// Passes the characters beyond ASCII that begin at `start`.
    private func endOfNonASCII(from start: Int) throws(JSONFault) -> Int {
        var next = start
        while base[next] >= 0x80 {
            let length = UTF8Check.sequenceBytes(base + next)
            guard length > 0 else { throw JSONFault(.notUTF8, at: next) }
            next += length
        }
        return next
    }

    /// Whether a string stands for `literal`, however it is escaped.
    @inline(__always)
    func equals(_ string: JSONString, _ literal: StaticString) -> Bool {
        guard string.unescapedBytes == literal.utf8CodeUnitCount else { return false }
        guard string.hasEscapes else { return memcmp(base + string.start, literal.utf8Start, string.count) == 0 }
        return unescaped(string).elementsEqual(
            UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    func bytes(_ string: JSONString) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + string.start, count: string.count)
    }

    func bytes(_ range: ByteRange) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + Int(range.start), count: Int(range.count))
    }

    func unescaped(_ string: JSONString) -> [UInt8] { JSONUnescape.bytes(bytes(string)) }
}
