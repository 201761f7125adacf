extension PolicyDocument {
    /// This document with everything that `needed` grants: a statement that differs from one of ours in a single list
    /// lengthens that list, any other is added.
    ///
    /// Nothing is taken away, because what is here may serve another Region, stream or sender. The same document when it
    /// holds all that is needed, word by word.
    package func adding(_ needed: PolicyDocument) -> PolicyDocument {
        var merged = self
        for statement in needed.statements where !merged.statements.contains(where: { $0.holds(statement) }) {
            let index = merged.statements.firstIndex { $0.adding(statement) != nil }
            if let index, let longer = merged.statements[index].adding(statement) {
                merged.statements[index] = longer
            } else {
                merged.statements.append(statement)
            }
        }
        return merged
    }
}

extension PolicyDocument.Statement {
    /// Whether everything that `other` grants stands here, word by word.
    fileprivate func holds(_ other: Self) -> Bool {
        allows == other.allows && principal == other.principal && Self.holds(actions, other.actions)
            && Self.holds(resources, other.resources)
            && conditions.elementsEqual(other.conditions) { ours, less in
                ours.operator == less.operator && ours.key == less.key && Set(ours.values).isSuperset(of: less.values)
            }
    }

    private static func holds(_ ours: PolicyDocument.Matched?, _ less: PolicyDocument.Matched?) -> Bool {
        guard case .these(let ours) = ours, case .these(let less) = less else { return ours == less }
        return Set(ours).isSuperset(of: less)
    }

    /// `nil` when the two differ in more than one list, so that one statement cannot say both.
    fileprivate func adding(_ other: Self) -> Self? {
        var merged = self
        guard allows == other.allows, actions == other.actions else { return nil }
        if principal == other.principal, resources == other.resources {
            guard let conditions = Self.union(conditions, other.conditions) else { return nil }
            merged.conditions = conditions
            return merged
        }
        guard conditions == other.conditions else { return nil }
        if principal == other.principal, case .these(let ours) = resources, case .these(let more) = other.resources {
            merged.resources = .these((ours + more).sortedOnce)
            return merged
        }
        return nil
    }

    /// The same operators and keys with one list of values lengthened.
    private static func union(
        _ ours: [PolicyDocument.Condition], _ more: [PolicyDocument.Condition]
    ) -> [PolicyDocument.Condition]? {
        guard ours.count == more.count else { return nil }
        var union = ours
        var lengthened = 0
        for (index, condition) in more.enumerated() {
            guard ours[index].operator == condition.operator, ours[index].key == condition.key else { return nil }
            union[index].values = (ours[index].values + condition.values).sortedOnce
            if ours[index].values != condition.values { lengthened += 1 }
        }
        return lengthened <= 1 ? union : nil
    }
}
