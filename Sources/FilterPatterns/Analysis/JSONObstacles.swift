/// What keeps a `{…}` pattern from matching messages: what its selectors find in them, or do not.
struct JSONObstacles {
    private let condition: PatternCondition<JSONSelector>
    private let objects: [JSONObject]

    init(_ condition: PatternCondition<JSONSelector>, in messages: [String]) {
        self.condition = condition
        objects = messages.compactMap { JSONObject($0) }
    }

    var all: [Obstacle] {
        guard !objects.isEmpty else { return [.noObjects] }
        var seen: Set<Obstacle> = []
        return (obstacles(of: condition) ?? []).filter { seen.insert($0).inserted }
    }

    /// `nil` when the condition could hold for messages like these. A sum fails with each of its parts, alternatives
    /// only all together.
    private func obstacles(of condition: PatternCondition<JSONSelector>) -> [Obstacle]? {
        switch condition {
        case .test(let selector, let test): return obstacle(selector, test).map { [$0] }
        case .all(let conditions):
            let found = conditions.compactMap(obstacles(of:))
            return found.isEmpty ? nil : found.flatMap(\.self)
        case .any(let conditions):
            let found = conditions.map(obstacles(of:))
            return found.contains { $0 == nil } ? nil : found.flatMap { $0 ?? [] }
        }
    }

    private func obstacle(_ selector: JSONSelector, _ test: PatternTest) -> Obstacle? {
        let found = found(by: selector)
        switch test {
        case .notExists: return nil
        case .isLiteral: return found.isEmpty ? absent(selector, test) : nil
        case .compare(.unequal, _) where found.isEmpty:
            let text = test.text(of: selector)
            return .unequalToAbsentMember(selector: selector.text, test: text, instead: instead(selector, test))
        case .compare where found.isEmpty: return absent(selector, test)
        case .compare(let comparison, let operand):
            guard found.isDisjoint(with: comparison.isOrdering ? [.number] : [.number, .string]) else { return nil }
            return .incomparable(
                selector: selector.text, test: test.text(of: selector), found: found,
                instead: instead(selector, comparison, operand, found))
        }
    }

    private func absent(_ selector: JSONSelector, _ test: PatternTest) -> Obstacle {
        .absentMember(selector: selector.text, test: test.text(of: selector))
    }

    private func found(by selector: JSONSelector) -> Set<Obstacle.Found> {
        objects.reduce(into: []) { $0.formUnion($1.found(by: selector)) }
    }
}

// MARK: - What to write instead

extension JSONObstacles {
    /// The whole pattern, true also where a member is absent that now is compared with `!=`; or only the part about
    /// `selector` when AWS would not take the whole.
    private func instead(_ selector: JSONSelector, _ test: PatternTest) -> String {
        let whole = allowingAbsence(condition).patternText
        do throws(FilterPatternFault) {
            return try FilterPattern(whole).source
        } catch {
            // Too long or too many wildcards by now: each `NOT EXISTS` repeats its selector.
            return "(\(PatternTest.notExists.text(of: selector))) || (\(test.text(of: selector)))"
        }
    }

    private func allowingAbsence(_ condition: PatternCondition<JSONSelector>) -> PatternCondition<JSONSelector> {
        switch condition {
        case .test(let selector, .compare(.unequal, _)) where found(by: selector).isEmpty:
            .any([.test(selector, .notExists), condition])
        case .test: condition
        case .all(let conditions): .all(conditions.map(allowingAbsence))
        case .any(let conditions): .any(conditions.map(allowingAbsence))
        }
    }

    private func instead(
        _ selector: JSONSelector, _ comparison: PatternComparison, _ operand: PatternOperand,
        _ found: Set<Obstacle.Found>
    ) -> String? {
        switch found {
        case [.boolean] where !comparison.isOrdering: "\(selector.text) IS TRUE, or \(selector.text) IS FALSE"
        case [.null] where !comparison.isOrdering: "\(selector.text) IS NULL"
        case [.array] where !selector.hasWildcard: "\(selector.text)[*] \(comparison.text) \(operand.text)"
        default: nil
        }
    }
}

extension PatternComparison {
    fileprivate var isOrdering: Bool {
        switch self {
        case .less, .lessOrEqual, .greater, .greaterOrEqual: true
        case .equal, .unequal: false
        }
    }
}
