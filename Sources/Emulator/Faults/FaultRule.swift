/// A failure to inject: what happens to which calls of one operation.
package struct FaultRule: Hashable, Sendable {
    package enum Effect: Hashable, Sendable {
        /// Answers with this error instead of doing the call.
        case refuse(code: String, message: String, status: Int)
        /// Does the call, sends half of the reply's body and closes the connection.
        case cutOff
    }

    /// `GetRecords` and the like, of whichever service.
    package let operation: String
    /// Which calls of the operation, counted from 1 over all callers.
    package let calls: ClosedRange<Int>
    package let effect: Effect

    package init(operation: String, calls: ClosedRange<Int>, effect: Effect) {
        self.operation = operation
        self.calls = calls
        self.effect = effect
    }
}

/// Counts calls and says which of them fail.
actor FaultPlan {
    private let rules: [FaultRule]
    private var counts: [String: Int] = [:]

    init(_ rules: [FaultRule]) { self.rules = rules }

    /// What is to happen to the next call of `operation`; the first rule that names it decides.
    func effect(onNext operation: String) -> FaultRule.Effect? {
        guard !rules.isEmpty else { return nil }
        let count = counts[operation, default: 0] + 1
        counts[operation] = count
        return rules.first { $0.operation == operation && $0.calls.contains(count) }?.effect
    }
}
