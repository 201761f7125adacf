/// Understands tests joined by `&&`, `||` and parentheses; `&&` binds tighter.
///
/// The caller says which token names a value, and so what the tests are about, and whether values can be absent or
/// have types, so that `IS` and `NOT EXISTS` make sense.
struct ConditionParser<Subject: Sendable> {
    private let tokens: ArraySlice<PatternToken>
    private let subject: (PatternToken) -> Subject?
    private let areTyped: Bool
    private var at: Int

    /// Understands all of `tokens`.
    static func parse(
        _ tokens: ArraySlice<PatternToken>, areTyped: Bool, subject: @escaping (PatternToken) -> Subject?
    ) throws(FilterPatternFault) -> PatternCondition<Subject> {
        var parser = ConditionParser(tokens: tokens, subject: subject, areTyped: areTyped, at: tokens.startIndex)
        let condition = try parser.any()
        guard parser.at == tokens.endIndex else { throw .malformed }
        return condition
    }

    private mutating func any() throws(FilterPatternFault) -> PatternCondition<Subject> {
        var conditions = [try all()]
        while case .or? = peek {
            at += 1
            conditions.append(try all())
        }
        return conditions.count == 1 ? conditions[0] : .any(conditions)
    }

    private mutating func all() throws(FilterPatternFault) -> PatternCondition<Subject> {
        var conditions = [try one()]
        while case .and? = peek {
            at += 1
            conditions.append(try one())
        }
        return conditions.count == 1 ? conditions[0] : .all(conditions)
    }

    private mutating func one() throws(FilterPatternFault) -> PatternCondition<Subject> {
        let token = try take()
        if case .opening = token {
            let inner = try any()
            guard case .closing = try take() else { throw .malformed }
            return inner
        }
        guard let subject = subject(token) else { throw .malformed }
        return .test(subject, try test())
    }

    private mutating func test() throws(FilterPatternFault) -> PatternTest {
        switch try take() {
        case .comparison(let comparison): return .compare(comparison, try operand())
        case .word(PatternKeyword.is) where areTyped:
            guard case .word(let word) = try take(), let kind = PatternKeyword.literals[word] else { throw .malformed }
            return .isLiteral(kind)
        case .word(PatternKeyword.not) where areTyped:
            guard case .word(PatternKeyword.exists) = try take() else { throw .malformed }
            return .notExists
        case .opening, .closing, .and, .or, .comma, .selector, .word, .quoted, .regex: throw .malformed
        }
    }

    private mutating func operand() throws(FilterPatternFault) -> PatternOperand {
        switch try take() {
        case .regex(let regex): return .regex(regex)
        case .quoted(let text): return .text(PatternWildcard(text))
        case .word(let word):
            if PatternKeyword.notValues.contains(word) { throw .malformed }
            return PatternNumber.value(word).map { .number($0, text: word) } ?? .text(PatternWildcard(word))
        case .opening, .closing, .and, .or, .comma, .comparison, .selector: throw .malformed
        }
    }

    private var peek: PatternToken? { at < tokens.endIndex ? tokens[at] : nil }

    private mutating func take() throws(FilterPatternFault) -> PatternToken {
        guard let token = peek else { throw .malformed }
        at += 1
        return token
    }
}
