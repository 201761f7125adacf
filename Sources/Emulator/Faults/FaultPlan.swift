/// The rules in force: counts calls and says which of them fail.
actor FaultPlan {
    /// A rule's effect on one call.
    struct Strike: Sendable {
        let effect: FaultRule.Effect
        /// Names the rule, for `wait(untilLifted:)`.
        let rule: Int
    }

    private struct Entry {
        let id: Int
        let rule: FaultRule
        var calls = 0
        var strikes = 0
    }

    /// How often a stalled call looks whether its rule was lifted.
    private static let stallStep = Duration.milliseconds(50)
    /// A stalled call is given up then, whoever may still wait. No client of AWS waits that long.
    private static let stallMax = Duration.seconds(600)

    private var entries: [Entry]
    private var nextID: Int
    private var chance: SeededChance

    init(_ rules: [FaultRule] = [], seed: UInt64 = 0) {
        entries = rules.enumerated().map { Entry(id: $0, rule: $1) }
        nextID = rules.count
        chance = SeededChance(seed: seed)
    }

    /// What is to happen to the next call of `operation`. Every rule that it concerns counts it, the first that strikes
    /// decides.
    func strike(onNext operation: String, in encoding: BodyEncoding) -> Strike? {
        next(operation) { effect in
            switch effect {
            case .refuse, .html, .empty, .truncated, .cutOff, .reset, .drip, .stall: true
            case .cbor: encoding == .cbor
            case .lastPage: false
            }
        }
    }

    /// What is to be wrong with the next page that ends a shard.
    func flaw(ofNextLastPage operation: KinesisOperation) -> FaultRule.LastPageFlaw? {
        let strike = next(operation.rawValue) { effect in
            if case .lastPage = effect { true } else { false }
        }
        guard case .lastPage(let flaw) = strike?.effect else { return nil }
        return flaw
    }

    /// Returns once the rule is no longer in force, at the latest after ten minutes or when the task is cancelled.
    func wait(untilLifted rule: Int) async {
        let end = ContinuousClock.now + Self.stallMax
        while entries.contains(where: { $0.id == rule }), ContinuousClock.now < end {
            do {
                try await Task.sleep(for: Self.stallStep)
            } catch {
                return  // cancelled: the server stops
            }
        }
    }

    private func next(_ operation: String, _ isConcerned: (FaultRule.Effect) -> Bool) -> Strike? {
        var strike: Strike?
        for index in entries.indices {
            let rule = entries[index].rule
            guard rule.operation == operation || rule.operation == FaultRule.everyOperation,
                isConcerned(rule.effect)
            else { continue }
            entries[index].calls += 1
            guard strike == nil, strikes(rule.occasion, call: entries[index].calls) else { continue }
            entries[index].strikes += 1
            strike = Strike(effect: rule.effect, rule: entries[index].id)
        }
        return strike
    }

    private func strikes(_ occasion: FaultRule.Occasion, call: Int) -> Bool {
        switch occasion {
        case .calls(let calls): calls.contains(call)
        case .percent(let percent): chance.fraction() * 100 < percent
        }
    }
}

extension FaultPlan {
    /// Adds rules behind those there are. They count from now on.
    func add(_ rules: [FaultRule]) {
        for rule in rules {
            entries.append(Entry(id: nextID, rule: rule))
            nextID += 1
        }
    }

    /// Lifts all rules, or those of one operation. Returns how many.
    @discardableResult
    func lift(_ operation: String? = nil) -> Int {
        let before = entries.count
        entries.removeAll { operation == nil || $0.rule.operation == operation }
        return before - entries.count
    }

    /// Lifts all rules and puts others in their place, with no call between.
    func replace(with rules: [FaultRule]) {
        lift()
        add(rules)
    }

    var tallies: [FaultTally] {
        entries.map { FaultTally(rule: $0.rule, calls: $0.calls, strikes: $0.strikes) }
    }
}

/// What a rule did since it was made.
package struct FaultTally: Hashable, Sendable {
    package let rule: FaultRule
    /// Calls that it concerned.
    package let calls: Int
    /// Calls that it spoiled.
    package let strikes: Int
}
