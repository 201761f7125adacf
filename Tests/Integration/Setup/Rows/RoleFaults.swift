import Testing

@testable import AWS

extension SetupFault {
    private static let trust = "trust of role CWLtoKinesisRole"
    private static let permissions = "permissions of role CWLtoKinesisRole"
    private static let trustRemedy = "tailrace policies recipient-trust"
    private static let permissionsRemedy = "tailrace policies recipient-permissions"

    /// Of the role by which CloudWatch Logs writes to the stream.
    static let ofRoles: [SetupFault] = [
        SetupFault(
            name: "the role is deleted",
            cause: { try await $0.recipient.deleteRole(AccountPair.role) },
            check: .recipient,
            signs: [.fault("role CWLtoKinesisRole", "is not there", "tailrace setup recipient creates it")],
            mend: .setup(.recipient)),
        SetupFault(
            name: "a role that was made by hand has a path in its ARN",
            arrange: { try await $0.makeRoleByHand(path: "/service-role/") },
            cause: { _ in },
            check: .recipient, signs: [], mend: .nothing),
        SetupFault(
            name: "a role that was made by hand trusts another Region",
            arrange: { try await $0.makeRoleByHand() },
            cause: {
                try await $0.setTrust(
                    SetupDocuments.trust(
                        sources: $0.sources($0.sender.id) + $0.sources($0.recipient.id, region: "eu-west-1")))
            },
            check: .recipient,
            signs: [.fault(trust, "does not let logs.amazonaws.com act for account 9", trustRemedy)],
            mend: .setup(.recipient, "--adopt")),
        SetupFault(
            name: "a role that was made by hand may no longer write",
            arrange: { try await $0.makeRoleByHand() },
            cause: { _ = try await $0.recipient.iam.deleteRolePolicy(named: "own", of: AccountPair.role) },
            check: .recipient,
            signs: [.fault(permissions, "no kinesis:PutRecord on arn:aws:kinesis:", permissionsRemedy)],
            mend: .setup(.recipient, "--adopt")),
        SetupFault(
            name: "another service is trusted",
            cause: {
                try await $0.setTrust(
                    SetupDocuments.trust(
                        "ec2.amazonaws.com", sources: $0.sources($0.sender.id, $0.recipient.id)))
            },
            check: .recipient,
            signs: [
                .fault(trust, "does not let logs.amazonaws.com act for account 9", trustRemedy),
                .fault(trust, "does not let CloudWatch Logs deliver for 1", trustRemedy),
            ],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the trust leaves the recipient out",
            cause: { try await $0.setTrust(SetupDocuments.trust(sources: $0.sources($0.sender.id))) },
            check: .recipient,
            signs: [.fault(trust, "does not let logs.amazonaws.com act for account 9", trustRemedy)],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the trust leaves the sender out",
            cause: { try await $0.setTrust(SetupDocuments.trust(sources: $0.sources($0.recipient.id))) },
            check: .recipient,
            signs: [.fault(trust, "all looks well, and nothing arrives", "tailrace setup recipient --sender 1")],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the trust lets in one of the sender's log groups by name",
            cause: {
                let group = "arn:aws:logs:us-east-1:\($0.sender.id):log-group:CloudTrail:*"
                try await $0.setTrust(SetupDocuments.trust(sources: $0.sources($0.recipient.id) + [group]))
            },
            check: .recipient,
            signs: [
                .warning(trust, ":log-group:CloudTrail:* and nothing else of 1", "nothing if those are all that send")
            ],
            mend: .byHand { _ = try await $0.setup(.recipient, ["--yes"]) }),
        SetupFault(
            name: "the trust leaves out one whom the destination admits, though nobody names it",
            cause: {
                $0.access = []
                try await $0.setTrust(SetupDocuments.trust(sources: $0.sources($0.recipient.id)))
            },
            check: .recipient,
            signs: [.fault(trust, "all looks well, and nothing arrives", "tailrace setup recipient --sender 1")],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the trust is for another Region",
            cause: {
                try await $0.setTrust(
                    SetupDocuments.trust(sources: $0.sources($0.sender.id, $0.recipient.id, region: "eu-west-1")))
            },
            check: .recipient,
            signs: [
                .fault(trust, "in us-east-1: a destination cannot be made or changed", trustRemedy),
                .fault(trust, "in us-east-1: all looks well, and nothing arrives", trustRemedy),
            ],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the guide's older name of the service is as good",
            cause: {
                try await $0.setTrust(
                    SetupDocuments.trust(
                        "logs.us-east-1.amazonaws.com", sources: $0.sources($0.sender.id, $0.recipient.id)))
            },
            check: .recipient, signs: [], mend: .nothing),
        SetupFault(
            name: "the older name of the service in another Region is not",
            cause: {
                try await $0.setTrust(
                    SetupDocuments.trust(
                        "logs.eu-west-1.amazonaws.com", sources: $0.sources($0.sender.id, $0.recipient.id)))
            },
            check: .recipient,
            signs: [
                .fault(trust, "does not let logs.amazonaws.com act for account 9", trustRemedy),
                .fault(trust, "does not let CloudWatch Logs deliver for 1", trustRemedy),
            ],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the role's policy is deleted",
            cause: {
                _ = try await $0.recipient.iam.deleteRolePolicy(named: AccountPair.rolePolicy, of: AccountPair.role)
            },
            check: .recipient,
            signs: [.fault(permissions, "no kinesis:PutRecord on arn:aws:kinesis:", permissionsRemedy)],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the role may write to another stream",
            cause: { try await $0.setPermissions(SetupDocuments.allow("kinesis:PutRecord", on: $0.stream("Other"))) },
            check: .recipient,
            signs: [.fault(permissions, "no kinesis:PutRecord on arn:aws:kinesis:", permissionsRemedy)],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the role may do another thing with the stream",
            cause: { try await $0.setPermissions(SetupDocuments.allow("kinesis:PutRecords", on: $0.streamARN)) },
            check: .recipient,
            signs: [.fault(permissions, "no kinesis:PutRecord on arn:aws:kinesis:", permissionsRemedy)],
            mend: .setup(.recipient)),
        SetupFault(
            name: "a policy forbids the role to write",
            cause: {
                try await $0.recipient.iam.putRolePolicy(
                    SetupDocuments.deny("kinesis:Put*", on: "*"), named: "Guard", on: AccountPair.role)
            },
            check: .recipient,
            signs: [.fault(permissions, "a Deny in Guard forbids it", "remove the Deny, or narrow it")],
            mend: .byHand { _ = try await $0.recipient.iam.deleteRolePolicy(named: "Guard", of: AccountPair.role) }),
        SetupFault(
            name: "a policy that is attached forbids the role to write",
            cause: {
                _ = try await $0.recipient.attachPolicy(
                    SetupDocuments.deny("kinesis:PutRecord", on: $0.streamARN), named: "Guard", to: AccountPair.role)
            },
            check: .recipient,
            signs: [.fault(permissions, ":policy/Guard forbids it", "remove the Deny, or narrow it")],
            mend: .byHand { try await $0.recipient.detachPolicy(named: "Guard", from: AccountPair.role) }),
        SetupFault(
            name: "a policy that is attached is as good as one in the role",
            cause: {
                _ = try await $0.recipient.iam.deleteRolePolicy(named: AccountPair.rolePolicy, of: AccountPair.role)
                _ = try await $0.recipient.attachPolicy(
                    SetupDocuments.allow("kinesis:PutRecord", on: $0.streamARN), named: "Writing", to: AccountPair.role)
            },
            check: .recipient, signs: [], mend: .nothing),
    ]
}

extension AccountPair {
    /// As set-up makes it, without the tag.
    func makeRoleByHand(path: String = "/") async throws {
        try await recipient.makeRole(
            Self.role, path: path, trust: SetupDocuments.trust(sources: sources(sender.id, recipient.id)),
            policy: SetupDocuments.allow("kinesis:PutRecord", on: streamARN))
    }

    fileprivate func setTrust(_ document: String) async throws {
        try await recipient.iam.setTrust(of: Self.role, to: document)
    }

    fileprivate func setPermissions(_ document: String) async throws {
        try await recipient.iam.putRolePolicy(document, named: Self.rolePolicy, on: Self.role)
    }
}
