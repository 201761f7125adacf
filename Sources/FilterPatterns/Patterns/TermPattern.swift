/// A pattern of words: `ERROR "out of memory" -debug ?warn %[45]\d\d%`.
struct TermPattern: Sendable {
    private(set) var required: [Term] = []
    private(set) var excluded: [Term] = []
    /// One of these must be there, but only when there are no other terms: AWS ignores them otherwise.
    private(set) var optional: [Term] = []

    enum Term {
        case text([UInt8])
        case regex(PatternRegex)

        func isFound(in message: UnsafeBufferPointer<UInt8>) -> Bool {
            switch self {
            case .text(let text): message.contains(text)
            case .regex(let regex): regex.isFound(in: message)
            }
        }
    }

    init(_ source: String) throws(FilterPatternFault) {
        var cursor = PatternCursor(source)
        cursor.skipBlanks()
        while let sign = cursor.peek {
            let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "?")
            if isSigned { cursor.advance() }
            let term = try Self.term(&cursor)
            switch sign {
            case UInt8(ascii: "-"): excluded.append(term)
            case UInt8(ascii: "?"): optional.append(term)
            default: required.append(term)
            }
            cursor.skipBlanks()
        }
    }

    func matches(_ message: UnsafeBufferPointer<UInt8>) -> Bool {
        guard required.isEmpty, excluded.isEmpty else {
            return required.allSatisfy { $0.isFound(in: message) } && !excluded.contains { $0.isFound(in: message) }
        }
        return optional.contains { $0.isFound(in: message) }
    }

    private static func term(_ cursor: inout PatternCursor) throws(FilterPatternFault) -> Term {
        switch cursor.peek {
        case nil: throw .malformed
        case UInt8(ascii: "\""): return .text(try cursor.quoted())
        case UInt8(ascii: "%"): return .regex(try cursor.regularExpression())
        case let byte? where byte.isBlank: throw .malformed
        case let byte? where byte.isWordCharacter: return .text(word(&cursor))
        default: throw cursor.invalid(from: cursor.at)
        }
    }

    /// Letters, digits and underscores, and hyphens between them.
    private static func word(_ cursor: inout PatternCursor) -> [UInt8] {
        var word = cursor.take(while: \.isWordCharacter)
        while cursor.peek == UInt8(ascii: "-"), let next = cursor.peekNext, next.isWordCharacter {
            cursor.advance()
            word.append(UInt8(ascii: "-"))
            word += cursor.take(while: \.isWordCharacter)
        }
        return word
    }
}
