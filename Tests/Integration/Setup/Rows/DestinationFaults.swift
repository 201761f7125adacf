import Testing

@testable import AWS

extension SetupFault {
    private static let destination = "destination testDestination"
    private static let access = "access to destination testDestination"
    private static let accessRemedy = "tailrace policies destination-access"

    static let ofDestinations: [SetupFault] = [
        SetupFault(
            name: "the destination is deleted",
            cause: { _ = try await $0.recipient.logs.deleteDestination(AccountPair.destination) },
            check: .recipient,
            signs: [.fault(destination, "is not there (us-east-1)", "tailrace setup recipient creates it")],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the destination sends to another stream",
            cause: {
                try await $0.recipient.kinesis.createStream(name: "Other", capacity: .provisioned(shards: 1))
                try await $0.recipient.iam.putRolePolicy(
                    SetupDocuments.allow("kinesis:PutRecord", on: $0.stream("Other")), named: "Other",
                    on: AccountPair.role)
                try await $0.putDestination(target: $0.stream("Other"), role: $0.roleARN)
            },
            check: .recipient,
            signs: [.fault(destination, "stream/Other, not arn:aws:kinesis:", "tailrace setup recipient")],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the destination uses another role",
            cause: {
                try await $0.recipient.makeRole(
                    "Other", trust: SetupDocuments.trust(sources: $0.sources($0.sender.id, $0.recipient.id)),
                    policy: SetupDocuments.allow("kinesis:PutRecord", on: $0.streamARN))
                try await $0.putDestination(
                    target: $0.streamARN, role: "arn:aws:iam::\($0.recipient.id):role/Other")
            },
            check: .recipient,
            signs: [.fault(destination, "role/Other, not arn:aws:iam:", "tailrace setup recipient")],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the destination was made anew and has no policy",
            cause: {
                _ = try await $0.recipient.logs.deleteDestination(AccountPair.destination)
                try await $0.putDestination(target: $0.streamARN, role: $0.roleARN)
            },
            check: .recipient,
            signs: [.fault(access, "there is no policy, so nobody may subscribe", accessRemedy)],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the policy is for another account",
            cause: { try await $0.setAccess(SetupDocuments.access("222222222222", to: $0.destinationARN)) },
            check: .recipient,
            signs: [.fault(access, "may not logs:PutSubscriptionFilter", accessRemedy)],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the policy of a destination that was made by hand is for another account",
            arrange: {
                try await $0.recipient.kinesis.createStream(name: AccountPair.stream, capacity: .provisioned(shards: 1))
                try await $0.makeRoleByHand()
                try await $0.putDestination(target: $0.streamARN, role: $0.roleARN)
                try await $0.setAccess(SetupDocuments.access($0.sender.id, to: $0.destinationARN))
            },
            cause: { try await $0.setAccess(SetupDocuments.access("222222222222", to: $0.destinationARN)) },
            check: .recipient,
            signs: [.fault(access, "may not logs:PutSubscriptionFilter", accessRemedy)],
            mend: .setup(.recipient, "--adopt")),
        SetupFault(
            name: "accounts are admitted, and an organization is to be",
            cause: { $0.access = ["--organization", SetupBench.organization] },
            check: .recipient,
            signs: [
                .fault(
                    "trust of role CWLtoKinesisRole", "deliver for accounts of o-1234567890",
                    "tailrace setup recipient --organization o-1234567890"),
                .fault(access, "o-1234567890 may not logs:PutSubscriptionFilter", "has a role (tailrace setup sender"),
            ],
            mend: .setup(.recipient, "--force")),
        SetupFault(
            name: "the policy has a wrong action",
            cause: {
                try await $0.setAccess(
                    SetupDocuments.access($0.sender.id, to: $0.destinationARN, action: "logs:PutLogEvents"))
            },
            check: .recipient,
            signs: [.fault(access, "may not logs:PutSubscriptionFilter", accessRemedy)],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the policy is about another destination",
            cause: { try await $0.setAccess(SetupDocuments.access($0.sender.id, to: $0.destination("other"))) },
            check: .recipient,
            signs: [.fault(access, "may not logs:PutSubscriptionFilter", accessRemedy)],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the policy forbids the sender",
            cause: { try await $0.setAccess(SetupDocuments.accessDenied($0.sender.id, to: $0.destinationARN)) },
            check: .recipient,
            signs: [.fault(access, "may not logs:PutSubscriptionFilter: a Deny forbids it", "remove the Deny")],
            mend: .byHand { try await $0.setAccess(SetupDocuments.access($0.sender.id, to: $0.destinationARN)) }),
        SetupFault(
            name: "the policy is odd, and nobody says who is to be let in",
            cause: {
                $0.access = []
                try await $0.setAccess(SetupDocuments.accessDenied("222222222222", to: $0.destinationARN))
            },
            check: .recipient,
            signs: [.warning(access, "the policy is none that tailrace would write", "name the senders: --sender")],
            mend: .byHand {
                $0.access = ["--sender", $0.sender.id]
                try await $0.setAccess(SetupDocuments.access($0.sender.id, to: $0.destinationARN))
            }),
        SetupFault(
            name: "the policy admits log groups, and whole accounts are to be admitted",
            cause: { $0.recipientOptions.append("--whole-accounts") },
            check: .recipient,
            signs: [.fault(access, "may not logs:PutAccountPolicy", accessRemedy)],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the policy is for another organization",
            arrange: { $0.access = ["--organization", SetupBench.organization] },
            cause: {
                try await $0.setAccess(SetupDocuments.access(organization: "o-0987654321", to: $0.destinationARN))
            },
            check: .recipient,
            signs: [.fault(access, "o-1234567890 may not logs:PutSubscriptionFilter", accessRemedy)],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the trust leaves the organization out",
            arrange: { $0.access = ["--organization", SetupBench.organization] },
            cause: {
                try await $0.recipient.iam.setTrust(
                    of: AccountPair.role, to: SetupDocuments.trust(sources: $0.sources($0.recipient.id)))
            },
            check: .recipient,
            signs: [
                .fault(
                    "trust of role CWLtoKinesisRole", "deliver for accounts of o-1234567890",
                    "tailrace policies recipient-trust")
            ],
            mend: .setup(.recipient)),
    ]
}

extension AccountPair {
    fileprivate func putDestination(target: String, role: String) async throws {
        _ = try await recipient.logs.putDestination(Self.destination, target: target, role: role)
    }

    fileprivate func setAccess(_ document: String) async throws {
        try await recipient.logs.putDestinationPolicy(document, on: Self.destination)
    }
}
