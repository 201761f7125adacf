@testable import AWS

/// What a sender subscribes, without the program.
extension AccountPair {
    /// Puts the filter as set-up does, but for what is named.
    func putFilter(
        named name: String = Self.filter, pattern: String = Self.pattern, destination: String? = nil,
        role: String? = nil, distribution: SubscriptionFilter.Distribution? = nil
    ) async throws {
        try await sender.logs.putSubscriptionFilter(
            SubscriptionFilter(
                name: name, group: Self.group, pattern: pattern, destination: destination ?? destinationARN, role: role,
                distribution: distribution))
    }

    func putPolicy(
        named name: String = "everything", criteria: String? = #"LogGroupName NOT IN ["noise"]"#, pattern: String = "",
        destination: String? = nil
    ) async throws {
        try await sender.logs.putAccountPolicy(
            AccountPolicy(
                name: name,
                document: SetupDocuments.accountPolicy(to: destination ?? destinationARN, pattern: pattern),
                selectionCriteria: criteria))
    }

    mutating func subscribeAccount() {
        recipientOptions = ["--whole-accounts"]
        subscription = ["--account-policy", "everything", "--except-log-group", "noise"]
    }

    mutating func joinOrganization() {
        access = ["--organization", SetupBench.organization]
        subscription.append("--with-role")
    }
}
