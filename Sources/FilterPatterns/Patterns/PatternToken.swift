/// The words of a JSON or fields pattern.
enum PatternToken: Sendable {
    case opening, closing
    case and, or
    case comma
    case comparison(PatternComparison)
    case selector(JSONSelector)
    /// Letters, digits and `_ . + * -`: a name, a keyword, a number or bare text, as its place decides.
    case word([UInt8])
    case quoted([UInt8])
    case regex(PatternRegex)
}

/// Splits the inside of `{…}` or `[…]` into tokens.
///
/// All of it is split before any of it is understood, as AWS does: a stray character is reported before a wrong order.
struct PatternLexer {
    /// What may come next beyond the usual.
    private enum Expectation {
        case anything
        /// After `<` and its like only a number makes sense.
        case number
        /// After `IS`.
        case literal
    }

    private var cursor: PatternCursor
    private let readsSelectors: Bool
    private let end: UInt8
    private var expected = Expectation.anything
    private var tokens: [PatternToken] = []

    static func tokens(json source: String) throws(FilterPatternFault) -> [PatternToken] {
        var lexer = PatternLexer(source, readsSelectors: true, end: UInt8(ascii: "}"))
        return try lexer.run(opening: "{", closing: "}")
    }

    static func tokens(fields source: String) throws(FilterPatternFault) -> [PatternToken] {
        var lexer = PatternLexer(source, readsSelectors: false, end: UInt8(ascii: "]"))
        return try lexer.run(opening: "[", closing: "]")
    }

    private init(_ source: String, readsSelectors: Bool, end: UInt8) {
        cursor = PatternCursor(source)
        self.readsSelectors = readsSelectors
        self.end = end
    }

    private mutating func run(opening: String, closing: String) throws(FilterPatternFault) -> [PatternToken] {
        cursor.skipBlanks()
        cursor.advance()
        cursor.skipBlanks()
        while let byte = cursor.peek, byte != end {
            tokens.append(try next(byte))
            cursor.skipBlanks()
        }
        guard !cursor.isAtEnd else { throw .unclosed(opening: opening, closing: closing) }
        cursor.advance()
        cursor.skipBlanks()
        guard cursor.isAtEnd else { throw .malformed }
        return tokens
    }

    private mutating func next(_ byte: UInt8) throws(FilterPatternFault) -> PatternToken {
        let start = cursor.at
        let expectation = expected
        expected = .anything
        let token = try read(byte)
        switch (expectation, token) {
        case (.anything, _): break
        case (.number, .word(let word)) where PatternNumber.value(word) != nil: break
        case (.literal, .word(let word)) where PatternKeyword.literals[word] != nil: break
        case (.number, _), (.literal, _):
            throw .invalidCharacters(cursor.text(from: start))
        }
        return token
    }

    private mutating func read(_ byte: UInt8) throws(FilterPatternFault) -> PatternToken {
        switch byte {
        case UInt8(ascii: "("): return single(.opening)
        case UInt8(ascii: ")"): return single(.closing)
        case UInt8(ascii: ",") where !readsSelectors: return single(.comma)
        case UInt8(ascii: "&"): return try pair(UInt8(ascii: "&"), .and)
        case UInt8(ascii: "|"): return try pair(UInt8(ascii: "|"), .or)
        case UInt8(ascii: "!"): return try pair(UInt8(ascii: "="), .comparison(.unequal))
        case UInt8(ascii: "="): return single(.comparison(.equal))
        case UInt8(ascii: "<"): return ordering(.less, .lessOrEqual)
        case UInt8(ascii: ">"): return ordering(.greater, .greaterOrEqual)
        case UInt8(ascii: "\""): return .quoted(try cursor.quoted())
        case UInt8(ascii: "%"): return .regex(try cursor.regularExpression())
        case UInt8(ascii: "$") where readsSelectors: return .selector(try JSONSelector(&cursor))
        case _ where PatternKeyword.isWord(byte):
            let word = cursor.take(while: PatternKeyword.isWord)
            if readsSelectors, word == PatternKeyword.is { expected = .literal }
            return .word(word)
        default: throw cursor.invalid(from: cursor.at)
        }
    }

    private mutating func single(_ token: PatternToken) -> PatternToken {
        cursor.advance()
        return token
    }

    private mutating func pair(_ second: UInt8, _ token: PatternToken) throws(FilterPatternFault) -> PatternToken {
        let start = cursor.at
        cursor.advance()
        guard cursor.peek == second else { throw cursor.invalid(from: start) }
        cursor.advance()
        return token
    }

    private mutating func ordering(_ strict: PatternComparison, _ loose: PatternComparison) -> PatternToken {
        expected = .number
        cursor.advance()
        guard cursor.peek == UInt8(ascii: "=") else { return .comparison(strict) }
        cursor.advance()
        return .comparison(loose)
    }
}

enum PatternKeyword {
    static let `is` = Array("IS".utf8)
    static let not = Array("NOT".utf8)
    static let exists = Array("EXISTS".utf8)
    /// What may follow `IS`.
    static let literals: [[UInt8]: JSONKind] = [
        Array("NULL".utf8): .null, Array("TRUE".utf8): .yes, Array("FALSE".utf8): .no,
    ]
    /// Words that AWS refuses as values.
    static let notValues: Set<[UInt8]> = [Array("null".utf8), Array("NULL".utf8)]

    static func isWord(_ byte: UInt8) -> Bool { byte.isWordCharacter || ".+*-".utf8.contains(byte) }
}
