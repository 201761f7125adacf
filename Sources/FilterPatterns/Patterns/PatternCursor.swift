/// Reads a filter pattern byte by byte, and knows the parts that all forms of pattern share.
struct PatternCursor {
    private let bytes: [UInt8]
    private(set) var at = 0
    private var regularExpressions = 0

    init(_ source: String) { bytes = Array(source.utf8) }

    var peek: UInt8? { at < bytes.count ? bytes[at] : nil }
    var peekNext: UInt8? { at + 1 < bytes.count ? bytes[at + 1] : nil }
    var isAtEnd: Bool { at == bytes.count }

    mutating func advance(by count: Int = 1) { at = min(at + count, bytes.count) }

    mutating func skipBlanks() {
        while let byte = peek, byte.isBlank { at += 1 }
    }

    mutating func take(while allowed: (UInt8) -> Bool) -> [UInt8] {
        let start = at
        while let byte = peek, allowed(byte) { at += 1 }
        return Array(bytes[start..<at])
    }

    /// What was read since `start`.
    func text(from start: Int) -> String { String(decoding: bytes[start..<at], as: UTF8.self) }

    /// The fault of a term that began at `start` and fails at the next character, which it includes.
    func invalid(from start: Int) -> FilterPatternFault {
        var end = min(at + 1, bytes.count)
        while end < bytes.count, bytes[end] & 0xc0 == 0x80 { end += 1 }  // the whole of a multibyte character
        return .invalidCharacters(String(decoding: bytes[start..<end], as: UTF8.self))
    }

    /// `"…"` from its opening quote on. A backslash takes the meaning from a quote or a backslash.
    mutating func quoted() throws(FilterPatternFault) -> [UInt8] {
        let start = at
        var text: [UInt8] = []
        advance()
        while let byte = peek {
            advance()
            if byte == UInt8(ascii: "\"") { return text }
            let next = peek
            if byte == UInt8(ascii: "\\"), let next, next == UInt8(ascii: "\"") || next == byte {
                text.append(next)
                advance()
            } else {
                text.append(byte)
            }
        }
        throw invalid(from: start)
    }

    /// `%…%` from its opening percent sign on.
    mutating func regularExpression() throws(FilterPatternFault) -> PatternRegex {
        let start = at
        advance()
        var source: [UInt8] = []
        while let byte = peek, byte != UInt8(ascii: "%") {
            guard PatternRegex.allows(byte) else { throw invalid(from: start) }
            source.append(byte)
            advance()
            guard byte == UInt8(ascii: "\\") else { continue }
            guard let escaped = peek, PatternRegex.allows(escaped) || escaped == UInt8(ascii: "%") else {
                throw invalid(from: start)
            }
            source.append(escaped)
            advance()
        }
        guard peek != nil else { throw invalid(from: start) }
        advance()
        regularExpressions += 1
        guard regularExpressions <= FilterPattern.regularExpressionsMax else { throw .tooManyRegularExpressions }
        return try PatternRegex(source)
    }
}
