/// What a pattern asks of one value.
enum PatternTest: Sendable {
    case compare(PatternComparison, PatternOperand)
    /// `IS NULL`, `IS TRUE`, `IS FALSE`
    case isLiteral(JSONKind)
    case notExists
}

/// Tests joined by `&&` and `||`. `Subject` says which value of a message a test looks at.
indirect enum PatternCondition<Subject: Sendable>: Sendable {
    case test(Subject, PatternTest)
    case all([PatternCondition])
    case any([PatternCondition])

    func holds(_ passes: (Subject, PatternTest) -> Bool) -> Bool {
        switch self {
        case .test(let subject, let test): passes(subject, test)
        case .all(let conditions): conditions.allSatisfy { $0.holds(passes) }
        case .any(let conditions): conditions.contains { $0.holds(passes) }
        }
    }
}
