extension PatternCondition {
    /// A test that must hold, and what it looks at.
    typealias Demand = (subject: Subject, test: PatternTest)

    /// The ways in which the condition can be true: in each, all demands must hold.
    ///
    /// Joined alternatives multiply, so there may be more ways than the `max` that are told.
    func ways(max: Int) -> [[Demand]] {
        switch self {
        case .test(let subject, let test): [[(subject, test)]]
        case .any(let conditions): Array(conditions.lazy.flatMap { $0.ways(max: max) }.prefix(max))
        case .all(let conditions):
            conditions.reduce([[]]) { ways, condition in
                let more = condition.ways(max: max)
                return Array(ways.lazy.flatMap { way in more.lazy.map { way + $0 } }.prefix(max))
            }
        }
    }
}
