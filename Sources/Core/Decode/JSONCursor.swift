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
    /// A string had bytes beyond ASCII. Whether they are UTF-8 is for `UTF8Check` to say, of the whole text.
    var hasNonASCII = false

    init(base: UnsafePointer<UInt8>, count: Int) {
        self.base = base
        end = count
    }

    @inline(__always)
    var byte: UInt8 { base[at] }

    /// Whether `literal` stands at `place`. It is no longer than the padding.
    @inline(__always)
    func stands(_ literal: StaticString, at place: Int) -> Bool {
        memcmp(base + place, literal.utf8Start, literal.utf8CodeUnitCount) == 0
    }

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
        let scanned = cscan_string(base + start)
        guard scanned.is_closed else { throw stringFault(from: start) }
        if scanned.has_non_ascii { hasNonASCII = true }
        at = start + scanned.count + 1
        return JSONString(start: start, count: scanned.count, unescapedBytes: scanned.count - Int(scanned.saved))
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
