import Testing

@testable import AWS

extension SetupFault {
    private static let remedy = "mend the faults of tailrace verify all first"

    /// What does not arrive.
    static let ofPaths: [SetupFault] = [
        SetupFault(
            name: "the trust leaves the sender out, and nothing arrives",
            cause: {
                $0.waitShortly()
                try await $0.recipient.iam.setTrust(
                    of: AccountPair.role, to: SetupDocuments.trust(sources: $0.sources($0.recipient.id)))
            },
            check: .pathOfEvent,
            signs: [.fault("path", "the test event of CloudTrail did not arrive within 2 s", remedy)],
            mend: .byHand { try await $0.mendPath(.recipient) }),
        SetupFault(
            name: "the filter is removed, and nothing arrives",
            cause: {
                $0.waitShortly()
                _ = try await $0.sender.logs.deleteSubscriptionFilter(AccountPair.filter, of: AccountPair.group)
            },
            check: .pathOfEvent,
            signs: [.fault("path", "the test event of CloudTrail did not arrive within 2 s", remedy)],
            mend: .byHand { try await $0.mendPath(.sender) }),
        SetupFault(
            name: "the destination is deleted, and nothing arrives",
            cause: {
                $0.waitShortly()
                _ = try await $0.recipient.logs.deleteDestination(AccountPair.destination)
            },
            check: .pathOfEvent,
            signs: [.fault("path", "the test event of CloudTrail did not arrive within 2 s", remedy)],
            mend: .byHand { try await $0.mendPath(.recipient) }),
        SetupFault(
            name: "the role may not write, and nothing arrives",
            cause: {
                $0.waitShortly()
                _ = try await $0.recipient.iam.deleteRolePolicy(named: AccountPair.rolePolicy, of: AccountPair.role)
            },
            check: .pathOfEvent,
            signs: [.fault("path", "the test event of CloudTrail did not arrive within 2 s", remedy)],
            mend: .byHand { try await $0.mendPath(.recipient) }),
        SetupFault(
            name: "the key is disabled, and nothing can be read",
            arrange: { $0.recipientOptions = ["--kms-key", try await $0.recipient.createKey()] },
            cause: { try await $0.recipient.kms("DisableKey", key: $0.recipientOptions[1]) },
            check: .pathOfEvent,
            signs: [.fault("path", "KMSDisabledException", "tailrace verify recipient says why")],
            mend: .byHand { try await $0.recipient.kms("EnableKey", key: $0.recipientOptions[1]) }),
        SetupFault(
            name: "the role may not write, so AWS refuses the destination",
            cause: {
                _ = try await $0.recipient.iam.deleteRolePolicy(named: AccountPair.rolePolicy, of: AccountPair.role)
            },
            check: .path,
            signs: [
                .fault("path", "Could not deliver test message", "the faults of tailrace verify recipient say why")
            ],
            mend: .byHand { _ = try await $0.setup(.recipient, ["--yes"]) }),
        SetupFault(
            name: "there is no destination to try",
            cause: { _ = try await $0.recipient.logs.deleteDestination(AccountPair.destination) },
            check: .path,
            signs: [.fault("path", "there is no destination to try", "tailrace setup recipient")],
            mend: .setup(.recipient)),
        SetupFault(
            name: "there is no stream to look at",
            cause: { try await $0.recipient.deleteStream(AccountPair.stream) },
            check: .pathOfEvent,
            signs: [.fault("path", "ResourceNotFoundException", "tailrace verify recipient")],
            mend: .byHand { _ = try await $0.setup(.recipient, ["--yes"]) }),
        SetupFault(
            name: "there is no log group for the event",
            cause: { try await $0.sender.logs("DeleteLogGroup", ["logGroupName": AccountPair.group]) },
            check: .pathOfEvent,
            signs: [.fault("path", "ResourceNotFoundException", "tailrace verify sender")],
            mend: .byHand {
                try await $0.sender.logs.createLogGroup(AccountPair.group)
                _ = try await $0.setup(.sender, ["--yes"])
            }),
    ]
}

extension AccountPair {
    /// What is silent is silent for ever.
    fileprivate mutating func waitShortly() { verifyOptions = ["--wait", "2"] }

    /// What arrives may take its time.
    fileprivate mutating func mendPath(_ side: Side) async throws {
        _ = try await setup(side, ["--yes"])
        verifyOptions = []
    }
}
