/// A plan as people read it.
extension Plan {
    /// One line a resource, with what changes below it.
    package var lines: [String] { steps.flatMap(\.lines) }

    /// `2 to create, 1 to change, 3 as they should be`
    package var summary: String {
        let counts = [
            (steps.count { $0.verdict.isCreation }, "to create"), (steps.count { $0.verdict.isChange }, "to change"),
            (steps.count { $0.verdict == .remove }, "to remove"), (steps.count { $0.verdict == .keep }, "to keep"),
        ]
        let words = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return words.isEmpty ? "nothing is there" : words.joined(separator: ", ")
    }

    /// `cost` is what the stream costs a month, where there is one.
    package func json(in place: AccountPlace, cost: StreamCost?) -> JSONTree {
        .object([
            "account": .text(place.account), "region": .text(place.region), "steps": .list(steps.map(\.json)),
            "refusals": .texts(refusals), "warnings": .texts(warnings), "estimatedMonthlyCost": cost?.json,
        ])
    }
}

extension Plan.Verdict {
    var isCreation: Bool { if case .create = self { true } else { false } }
    var isChange: Bool { if case .change = self { true } else { false } }

    fileprivate var word: String {
        switch self {
        case .keep: "keep"
        case .create: "create"
        case .change: "change"
        case .remove: "remove"
        }
    }

    fileprivate var sign: Character {
        switch self {
        case .keep: "="
        case .create: "+"
        case .change: "~"
        case .remove: "-"
        }
    }
}

extension Plan.Step {
    /// What stands in one line with its name at most.
    private static let shortMax = 48

    fileprivate var lines: [String] {
        let head = "  \(verdict.sign) \(verdict.word) \(resource)"
        switch verdict {
        case .keep, .remove: return [head]
        case .create(let properties): return [([head] + properties).joined(separator: ", ")]
        case .change(let differences): return [head] + differences.flatMap(Self.lines)
        }
    }

    private static func lines(of difference: Plan.Difference) -> [String] {
        guard max(difference.from.count, difference.to.count) > shortMax else { return ["      \(difference)"] }
        return ["      \(difference.what)", "        from \(difference.from)", "        to   \(difference.to)"]
    }

    fileprivate var json: JSONTree {
        let differences: JSONTree? =
            if case .change(let differences) = verdict {
                .list(
                    differences.map {
                        .object(["what": .text($0.what), "from": .text($0.from), "to": .text($0.to)])
                    })
            } else {
                nil
            }
        return .object([
            "kind": .text(resource.kind.rawValue), "name": .text(resource.name), "verdict": .text(verdict.word),
            "differences": differences, "calls": .list(calls.map(\.json)),
        ])
    }
}
