import Testing

@testable import AWS

extension SetupFault {
    private static let filter = "subscription filter RecipientStream of CloudTrail"
    private static let role = "CWLtoSubscriptionFilterRole"

    /// Of a sender whose destination admits an organization.
    static let ofOrganizations: [SetupFault] = [
        SetupFault(
            name: "the destination admits an organization by now, and the sender has no role",
            cause: {
                $0.access = ["--organization", SetupBench.organization]
                _ = try await $0.setup(.recipient, ["--yes", "--force"])
            },
            check: .all,
            signs: [
                .fault("role \(role)", "is not there", "tailrace setup sender --with-role creates it"),
                .fault(filter, "uses role none, not arn:aws:iam:", "tailrace setup sender --log-group"),
            ],
            mend: .setup(.sender, "--with-role")),
        SetupFault(
            name: "the sender's role is deleted",
            arrange: { $0.joinOrganization() },
            cause: { try await $0.sender.deleteRole(role) },
            check: .sender,
            signs: [.fault("role \(role)", "is not there", "tailrace setup sender --with-role creates it")],
            mend: .setup(.sender, "--with-role")),
        SetupFault(
            name: "the sender's role trusts another service",
            arrange: { $0.joinOrganization() },
            cause: {
                try await $0.sender.iam.setTrust(
                    of: role, to: SetupDocuments.trust("ec2.amazonaws.com", sources: $0.sources($0.sender.id)))
            },
            check: .sender,
            signs: [
                .fault(
                    "trust of role \(role)", "does not let logs.amazonaws.com use it", "tailrace policies sender-trust")
            ],
            mend: .setup(.sender, "--with-role")),
        SetupFault(
            name: "a sender's role that was made by hand trusts another service",
            arrange: {
                $0.joinOrganization()
                try await $0.sender.makeRole(
                    role, trust: SetupDocuments.trust(sources: $0.sources($0.sender.id)),
                    policy: SetupDocuments.allow("logs:PutLogEvents", on: "*"))
            },
            cause: {
                try await $0.sender.iam.setTrust(
                    of: role, to: SetupDocuments.trust("ec2.amazonaws.com", sources: $0.sources($0.sender.id)))
            },
            check: .sender,
            signs: [
                .fault(
                    "trust of role \(role)", "does not let logs.amazonaws.com use it", "tailrace policies sender-trust")
            ],
            mend: .setup(.sender, "--with-role --adopt")),
        SetupFault(
            name: "a sender's role that was made by hand has a path in its ARN",
            arrange: {
                $0.joinOrganization()
                try await $0.sender.makeRole(
                    role, path: "/team/", trust: SetupDocuments.trust(sources: $0.sources($0.sender.id)),
                    policy: SetupDocuments.allow("logs:PutLogEvents", on: "*"))
            },
            cause: { _ in },
            check: .sender, signs: [], mend: .nothing),
        SetupFault(
            name: "the sender's role may not put log events",
            arrange: { $0.joinOrganization() },
            cause: {
                try await $0.sender.iam.putRolePolicy(
                    SetupDocuments.allow("logs:CreateLogStream", on: "*"), named: AccountPair.senderRolePolicy, on: role
                )
            },
            check: .sender,
            signs: [
                .fault(
                    "permissions of role \(role)", "no logs:PutLogEvents on arn:aws:logs:",
                    "tailrace policies sender-permissions")
            ],
            mend: .setup(.sender, "--with-role")),
        SetupFault(
            name: "the filter uses another role",
            arrange: { $0.joinOrganization() },
            cause: {
                try await $0.sender.makeRole(
                    "Other", trust: SetupDocuments.trust(sources: $0.sources($0.sender.id)),
                    policy: SetupDocuments.allow("logs:PutLogEvents", on: "*"))
                try await $0.putFilter(role: "arn:aws:iam::\($0.sender.id):role/Other")
            },
            check: .sender,
            signs: [.fault(filter, "role/Other, not arn:aws:iam:", "tailrace setup sender --log-group CloudTrail")],
            mend: .setup(.sender, "--log-group CloudTrail")),
    ]
}
