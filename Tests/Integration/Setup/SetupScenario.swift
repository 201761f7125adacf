import AWS
import Foundation
import Testing

/// One run of set-up or teardown, and the world that it finds.
struct SetupScenario: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let side: TwoAccounts.Side
    /// What is told to `tailrace`, without `--yes`.
    let arguments: [String]
    /// Makes what is there before, and answers what the command is told on top.
    var preparation: @Sendable (TwoAccounts) async throws -> [String] = { _ in [] }

    init(
        _ description: String, as side: TwoAccounts.Side, _ arguments: [String],
        after preparation: @escaping @Sendable (TwoAccounts) async throws -> [String] = { _ in [] }
    ) {
        testDescription = description
        self.side = side
        self.arguments = arguments
        self.preparation = preparation
    }

    var removes: Bool { arguments.first == "teardown" }

    /// Makes what is there before, and answers the whole command.
    func prepare(_ accounts: TwoAccounts) async throws -> [String] {
        let more = try await preparation(accounts)
        return arguments + more + ["--yes"]
    }

    /// All of it, for another that begins where this ends.
    func happens(in accounts: TwoAccounts) async throws {
        let ran = try await accounts.run(prepare(accounts), as: side)
        try #require(ran.isDone, "\(ran.errors)")
    }
}

extension SetupScenario {
    private static let names = ["--stream", "RecipientStream", "--destination", "testDestination"]
    private static let toSender = ["--sender", TwoAccounts.Side.sender.account]
    private static let destination = ["--destination", TwoAccounts.destination]
    private static let groups = ["--log-group", "CloudTrail", "/app/web"]

    static let recipientWithEverything = SetupScenario(
        "recipient with retention and a key", as: .recipient,
        ["setup", "recipient"] + names + toSender + ["--shards", "2", "--retention-hours", "48"]
    ) { accounts in ["--kms-key", try await accounts.makeKey()] }

    static let recipientByOrganization = SetupScenario(
        "recipient by organization", as: .recipient,
        ["setup", "recipient"] + names + [
            "--organization", TwoAccounts.organization, "--on-demand", "--whole-accounts", "--stream-region",
            TwoAccounts.otherRegion,
        ])

    /// The simplest of all, which others build on.
    static let recipient = SetupScenario("recipient", as: .recipient, ["setup", "recipient"] + names + toSender)

    static let organizationInstead = SetupScenario(
        "organization in place of accounts", as: .recipient,
        ["setup", "recipient"] + names + ["--organization", TwoAccounts.organization, "--force"]
    ) { accounts in
        try await recipient.happens(in: accounts)
        return []
    }

    static let adopted = SetupScenario(
        "recipient out of what others made", as: .recipient,
        ["setup", "recipient"] + names + toSender + ["--retention-hours", "48", "--adopt"]
    ) { accounts in
        try await accounts.makeOthersRecipient()
        return []
    }

    static let othersRole = SetupScenario(
        "recipient by a role that was there", as: .recipient, ["setup", "recipient"] + names + toSender
    ) { accounts in
        try await accounts.makeOthersRole()
        return []
    }

    static let senderByRole = SetupScenario(
        "sender by a role", as: .sender,
        ["setup", "sender"] + destination + groups + [
            "--with-role", "--pattern", "{$.userIdentity.type = Root}", "--emit-field", "@aws.account", "@aws.region",
        ]
    ) { accounts in
        try await recipientByOrganization.happens(in: accounts)
        try await accounts.makeLogGroups("CloudTrail", "/app/web")
        return []
    }

    static let senderWhole = SetupScenario(
        "sender as a whole", as: .sender,
        ["setup", "sender"] + destination + [
            "--account-policy", "everything", "--except-log-group", "/a", "/b", "--with-role", "--distribution",
            "random",
        ]
    ) { accounts in
        try await recipientByOrganization.happens(in: accounts)
        return []
    }

    static let withoutRecipient = SetupScenario(
        "recipient torn down", as: .recipient, ["teardown", "recipient"] + names + ["--delete-stream"]
    ) { accounts in
        try await recipientWithEverything.happens(in: accounts)
        return []
    }

    static let withoutSender = SetupScenario(
        "sender torn down", as: .sender, ["teardown", "sender"] + destination + groups + ["--with-role"]
    ) { accounts in
        try await senderByRole.happens(in: accounts)
        return []
    }

    static let withoutSenderWhole = SetupScenario(
        "sender as a whole torn down", as: .sender,
        ["teardown", "sender"] + destination + ["--account-policy", "everything", "--with-role"]
    ) { accounts in
        try await senderWhole.happens(in: accounts)
        return []
    }
}

extension TwoAccounts {
    private static let role = "CWLtoKinesisRole"

    /// A role that does all that is needed, in other words than set-up's.
    func makeOthersRole() async throws {
        try await makeRole(
            trust: #"{"Statement":{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"Action":"sts:*"}}"#,
            permissions: #"{"Statement":{"Effect":"Allow","Action":"kinesis:Put*","Resource":"*"}}"#)
    }

    /// A stream, a role and a destination of the names that set-up uses: the role writes to another stream, and there the
    /// destination sends.
    func makeOthersRecipient() async throws {
        let kinesis = KinesisClient(try client(of: .kinesis, as: .recipient), speaking: .json)
        for name in ["RecipientStream", "theirs"] {
            try await kinesis.createStream(name: name, capacity: .provisioned(shards: 1), tags: [:])
            try await eventually("\(name) is ACTIVE") {
                try await kinesis.summary(of: .name(name)).status == .active
            }
        }
        let theirs = "arn:aws:kinesis:us-east-1:999999999999:stream/theirs"
        try await makeRole(
            trust: """
                {"Statement":{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"Action":"sts:AssumeRole"}}
                """,
            permissions: #"{"Statement":{"Effect":"Allow","Action":"kinesis:PutRecord","Resource":"\#(theirs)"}}"#)
        try await call(
            .logs, "PutDestination",
            """
            {"destinationName":"testDestination","targetArn":"\(theirs)",\
            "roleArn":"arn:aws:iam::999999999999:role/\(Self.role)"}
            """, as: .recipient)
    }

    private func makeRole(trust: String, permissions: String) async throws {
        let iam = IAMClient(try client(of: .iam, as: .recipient))
        _ = try await iam.createRole(Self.role, trust: trust, description: "theirs", tags: [:])
        try await iam.putRolePolicy(permissions, named: "theirs", on: Self.role)
    }
}
