import Emulator
import Foundation
import Testing

@testable import AWS

extension ProgramTests {
    /// The printed policy is the tested policy: whoever runs Tailrace by it needs no other right, and every one of these.
    @Suite struct PrintedPolicy {
        private static let group = "/central/111111111111/app"

        @Test func isEnoughAndEveryActionOfItIsNeeded() async throws {
            try await TwoAccounts.with { accounts in
                let key = try await setUp(accounts)
                let settings = try Self.settings(in: accounts.workplace, number: 0)
                let printed = try await accounts.run(
                    [
                        "policies", "consumer", "--config", settings, "--account", "999999999999", "--kms-key", key,
                    ], as: .recipient)
                try #require(printed.isDone, "\(printed.errors)")
                try await makeReader(printed.output, accounts)

                let done = try await accounts.run(Self.replay(settings), as: .recipient, adding: reader(accounts))
                #expect(done.isDone, "\(done.errors)")
                #expect(await accounts.delivered(to: Self.group) == 3)

                let actions = try Self.actions(of: printed.output)
                #expect(actions.count == 9)
                for (number, action) in actions.enumerated() {
                    try await setPolicy(try Self.without(action, printed.output), accounts)
                    try await accounts.deleteCentralGroup(Self.group)
                    let settings = try Self.settings(in: accounts.workplace, number: number + 1)
                    let run = try accounts.start(
                        Self.replay(settings), as: .recipient, adding: reader(accounts))
                    try await eventually("\(action) is missed") {
                        (try? String(contentsOf: run.errors, encoding: .utf8))?.contains("perform: \(action) on")
                            == true
                    }
                    try await run.program.kill()
                }
            }
        }
    }
}

extension ProgramTests.PrintedPolicy {
    /// Both accounts with three events in an encrypted stream. Answers the key's ARN.
    private func setUp(_ accounts: TwoAccounts) async throws -> String {
        let key = try await accounts.makeKey()
        let recipient = try await accounts.run(
            [
                "setup", "recipient", "--stream", "RecipientStream", "--destination", "testDestination", "--sender",
                "111111111111", "--kms-key", key, "--yes",
            ], as: .recipient)
        try #require(recipient.isDone, "\(recipient.errors)")
        try await accounts.makeLogGroups("app")
        let sender = try await accounts.run(
            ["setup", "sender", "--destination", TwoAccounts.destination, "--log-group", "app", "--yes"], as: .sender)
        try #require(sender.isDone, "\(sender.errors)")
        let place = #""logGroupName":"app","logStreamName":"s""#
        try await accounts.call(.logs, "CreateLogStream", "{\(place)}", as: .sender)
        let events = (0..<3).map { #"{"timestamp":\#(Clock.now + Int64($0)),"message":"event \#($0)"}"# }
        try await accounts.call(
            .logs, "PutLogEvents", "{\(place),\"logEvents\":[\(events.joined(separator: ","))]}", as: .sender)
        return key
    }

    /// A store of its own for each number, so that each replay begins anew.
    private static func settings(in workplace: Workplace, number: Int) throws -> String {
        let file = workplace.directory.appendingPathComponent("policy-\(number).yaml")
        let text = """
            stream: {name: RecipientStream, region: us-east-1}
            checkpoints: {sqlite: "\(workplace.directory.path)/policy-\(number).db"}
            sinks:
              central: {log-group: {region: eu-west-1, group: "/central/{owner}/{log-group}", retention-days: 30}}
            dead-letters: {directory: "\(workplace.directory.path)/dead-\(number)"}
            admin: {listen: "off"}
            """
        try Data(text.utf8).write(to: file)
        return file.path
    }

    private static func replay(_ settings: String) -> [String] {
        ["replay", "--config", settings, "--from", "trim-horizon", "--until", "now"]
    }

    // MARK: who runs it

    private static let role = "Tailrace"

    private func makeReader(_ policy: String, _ accounts: TwoAccounts) async throws {
        let trust =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"999999999999"},"#
            + #""Action":"sts:AssumeRole"}]}"#
        _ = try await IAMClient(accounts.client(of: .iam, as: .recipient))
            .createRole(Self.role, trust: trust, description: "runs tailrace", tags: [:])
        try await setPolicy(policy, accounts)
    }

    private func setPolicy(_ policy: String, _ accounts: TwoAccounts) async throws {
        try await IAMClient(accounts.client(of: .iam, as: .recipient))
            .putRolePolicy(policy, named: "consumer", on: Self.role)
    }

    /// By a profile of the shared file, as on a host.
    private func reader(_ accounts: TwoAccounts) throws -> [String: String] {
        let file = accounts.workplace.directory.appendingPathComponent("reader-profile")
        let text = """
            [profile base]
            aws_access_key_id = AKIAEMUL999999999999
            aws_secret_access_key = secret-999999999999
            [profile reader]
            role_arn = arn:aws:iam::999999999999:role/\(Self.role)
            source_profile = base
            """
        try Data(text.utf8).write(to: file)
        return [
            "AWS_CONFIG_FILE": file.path, "AWS_PROFILE": "reader", "AWS_ACCESS_KEY_ID": "",
            "AWS_SECRET_ACCESS_KEY": "",
        ]
    }

    // MARK: the policy

    private typealias Statement = [String: Any]

    private static func statements(of policy: String) throws -> [Statement] {
        let document = try JSONSerialization.jsonObject(with: Data(policy.utf8)) as? [String: Any]
        return try #require(document?["Statement"] as? [Statement])
    }

    private static func actions(in statement: Statement) -> [String] {
        statement["Action"] as? [String] ?? [statement["Action"] as? String].compactMap { $0 }
    }

    private static func actions(of policy: String) throws -> [String] {
        try statements(of: policy).flatMap(actions).sorted()
    }

    private static func without(_ action: String, _ policy: String) throws -> String {
        let kept = try statements(of: policy).compactMap { statement -> Statement? in
            let actions = actions(in: statement).filter { $0 != action }
            return actions.isEmpty ? nil : statement.merging(["Action": actions]) { $1 }
        }
        let document: [String: Any] = ["Version": "2012-10-17", "Statement": kept]
        return String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
    }
}

extension TwoAccounts {
    fileprivate func delivered(to group: String) async -> Int? {
        await emulator.logEvents(inGroup: group, account: Side.recipient.account, region: Self.otherRegion)?.count
    }

    fileprivate func deleteCentralGroup(_ group: String) async throws {
        do {
            try await call(
                .logs, "DeleteLogGroup", #"{"logGroupName":"\#(group)"}"#, as: .recipient, region: Self.otherRegion)
        } catch let error as AWSError where error.isNotFound {
            // The replay before got no further than reading.
        }
    }
}
