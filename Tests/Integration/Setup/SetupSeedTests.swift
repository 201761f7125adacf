import Foundation
import Testing

@testable import AWS

extension ProgramTests {
    /// The example of AWS's guide with its own names: the root user's activity goes from one account to the other.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CrossAccountSubscriptions-Kinesis.html
    @Suite struct SetupSeed {
        /// Whom the recipient admits.
        enum Admission: CaseIterable { case account, organization }

        @Test(arguments: Admission.allCases)
        func exactlyTheRootEventsArrive(_ admission: Admission) async throws {
            try await TwoAccounts.with { accounts in
                try await setUp(accounts, admitting: admission)
                let messages = try await send(to: accounts)
                let roots = messages.filter { $0.contains(#""type":"Root""#) }
                try #require(roots.count == 4)
                try await expectReplay(of: roots, accounts)
                try await expectDaemonDelivers(roots, accounts)
            }
        }

        /// Answers what was written for the senders.
        @discardableResult
        func setUp(_ accounts: TwoAccounts, admitting admission: Admission) async throws -> String {
            let admitted = admission == .account ? ["--sender", "111111111111"] : ["--organization", "o-1234567890"]
            let recipient = try await accounts.run(
                ["setup", "recipient", "--stream", "RecipientStream", "--destination", "testDestination", "--yes"]
                    + admitted, as: .recipient)
            try #require(recipient.isDone, "\(recipient.errors)")
            try await accounts.makeLogGroups("CloudTrail")
            let sender = try await accounts.run(
                [
                    "setup", "sender", "--destination", TwoAccounts.destination, "--log-group", "CloudTrail",
                    "--filter", "RecipientStream", "--pattern", "{$.userIdentity.type = Root}", "--yes",
                ] + (admission == .account ? [] : ["--with-role"]), as: .sender)
            try #require(sender.isDone, "\(sender.errors)")
            return recipient.output
        }
    }
}

// MARK: What arrives

extension ProgramTests.SetupSeed {
    private static let logStream = "111111111111_CloudTrail_us-east-1"

    /// Activity of users, roles, services and the root user, as CloudTrail writes it; two calls, so two payloads.
    private func send(to accounts: TwoAccounts) async throws -> [String] {
        let place = #""logGroupName":"CloudTrail","logStreamName":"\#(Self.logStream)""#
        try await accounts.call(.logs, "CreateLogStream", "{\(place)}", as: .sender)
        let kinds = ["Root", "IAMUser", "AssumedRole", "Root", "AWSService", "Root", "RootLike", "root", "Root"]
        let messages = kinds.enumerated().map { number, kind in
            """
            {"eventVersion":"1.08","userIdentity":{"type":"\(kind)","accountId":"111111111111"},\
            "eventName":"ConsoleLogin \\"\(number)\\"","requestParameters":{"type":"Root?"}}
            """
        }
        for half in [messages.prefix(5), messages.dropFirst(5)] {
            let events = try half.map { ["timestamp": Clock.now, "message": $0] as [String: any Sendable] }
                .map { String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) }
            let request = #"{\#(place),"logEvents":[\#(events.joined(separator: ","))]}"#
            try await accounts.call(.logs, "PutLogEvents", request, as: .sender)
        }
        return messages
    }

    private struct Line: Decodable, Equatable {
        let owner: String
        let logGroup: String
        let logStream: String
        let message: String
    }

    private func lines(_ text: String) throws -> [Line] {
        try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    }

    private func wanted(_ messages: [String]) -> [Line] {
        messages.map {
            Line(owner: "111111111111", logGroup: "CloudTrail", logStream: Self.logStream, message: $0)
        }
    }

    private func expectReplay(of messages: [String], _ accounts: TwoAccounts) async throws {
        let deadLetters = accounts.workplace.directory.appendingPathComponent("dead-letters").path
        let ran = try await accounts.run(
            [
                "replay", "--stream", "RecipientStream", "--from", "trim-horizon", "--to-stdout", "--dead-letters",
                deadLetters,
            ], as: .recipient)
        #expect(ran.isDone, "\(ran.errors)")
        #expect(try lines(ran.output) == wanted(messages))
        // The control message is what AWS tried the destination with.
        #expect(
            ran.errors.contains(
                "records read 3, delivered 2, control 1, filtered 0, dead-lettered 0, pending 0\n"), "\(ran.errors)")
    }

    private func expectDaemonDelivers(_ messages: [String], _ accounts: TwoAccounts) async throws {
        let workplace = accounts.workplace
        try workplace.write(sinks: [.archive])
        let daemon = try accounts.start(["run", "--config", workplace.settings.path], as: .recipient)
        // A log group without a slash at its front is told apart from one with it.
        let file = "111111111111/=CloudTrail/\(Self.logStream).ndjson"
        try await eventually("all are in the file", by: daemon.program) {
            let bytes = try workplace.delivered()[file] ?? []
            return bytes.count { $0 == UInt8(ascii: "\n") } >= messages.count
        }
        await daemon.program.signal(SIGTERM)
        let ran = try await daemon.ended()
        #expect(ran.isDone, "\(ran.errors)")
        #expect(try workplace.delivered().keys.sorted() == [file])
        #expect(try lines(String(decoding: workplace.delivered()[file] ?? [], as: UTF8.self)) == wanted(messages))
        let stopped = try ran.errors.split(separator: "\n").filter { $0.contains(#""stopped""#) }.map {
            try JSONDecoder().decode(Workplace.LogLine.self, from: Data($0.utf8))
        }
        let word = try #require(stopped.last?.metadata)
        #expect(word["records-control"] == "1", "\(word)")
        #expect(word["records-pending"] == "0", "\(word)")
    }
}
