import Emulator

/// The calls by which set-up and teardown change an account.
enum Changes {
    struct Call: Hashable, Sendable {
        let operation: String
        /// From 1 among those of its kind.
        let number: Int

        /// Strikes this call alone, counted from now on.
        func fault(_ effect: FaultRule.Effect) -> FaultRule {
            FaultRule(operation: operation, calls: number...number, effect: effect)
        }
    }

    static let operations = [
        "CreateStream", "IncreaseStreamRetentionPeriod", "StartStreamEncryption", "AddTagsToStream", "DeleteStream",
        "CreateRole", "UpdateAssumeRolePolicy", "PutRolePolicy", "TagRole", "DeleteRolePolicy", "DeleteRole",
        "PutDestination", "TagResource", "PutDestinationPolicy", "DeleteDestination", "PutSubscriptionFilter",
        "DeleteSubscriptionFilter", "PutAccountPolicy", "DeleteAccountPolicy",
    ]

    /// Rules that strike nothing and count all.
    static let counting = operations.map { FaultRule(operation: $0, calls: .max ... .max, effect: .stall) }

    static func counted(by tallies: [FaultTally]) -> [Call] {
        tallies.flatMap { tally in
            (0..<tally.calls).map { Call(operation: tally.rule.operation, number: $0 + 1) }
        }
    }
}
