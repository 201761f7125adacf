import Foundation
import Signing
import Testing

@testable import Emulator

/// The guide's two accounts over HTTP, with roles that matter.
struct TwoAccounts {
    static let recipient = "999999999999"
    static let sender = "111111111111"
    static let stream = LogsBench.stream
    static let role = LogsBench.role
    static let senderRole = "arn:aws:iam::111111111111:role/CWLtoSubscriptionFilterRole"
    static let permissions = Documents.allowing("kinesis:PutRecord", on: stream)
    static let trust = trust(from: recipient, sender)

    static func trust(from accounts: String...) -> String {
        let sources = accounts.map { #""arn:aws:logs:us-east-1:\#($0):*""# }.joined(separator: ",")
        return Documents.trust(
            #"{"Service":"logs.amazonaws.com"}"#, condition: #"{"StringLike":{"aws:SourceArn":[\#(sources)]}}"#)
    }

    static let groupPermissions = Documents.allowing(
        "logs:PutLogEvents", on: "arn:aws:logs:us-east-1:111111111111:log-group:CloudTrail:*")

    let emulator: Emulator
    let port: Int

    static var settings: EmulatorSettings {
        var settings = EmulatorSettings()
        settings.checksRoles = true
        settings.logs.organizations[sender] = "o-1234567890"
        return settings
    }

    func iam(_ account: String) -> FormClient { FormClient(port: port, account: account) }

    /// `nil`, or `code: message`.
    @discardableResult
    func logs(
        _ account: String, _ operation: String, _ body: String, as credentials: Credentials? = nil
    ) async throws -> String? {
        var client = iam(account).client
        client.service = "logs"
        if let credentials { client.credentials = credentials }
        let reply = try await client.post(
            body,
            headers: [
                ("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "Logs_20140328.\(operation)"),
            ])
        return reply.code.map { "\($0): \(reply.message ?? "")" }
    }

    func makeStream() async throws {
        try await emulator.createStream(
            EmulatedStreamName(account: Self.recipient, region: "us-east-1", name: "RecipientStream"), shards: 1)
    }

    func putDestination(role: String = role, as credentials: Credentials? = nil) async throws -> String? {
        try await logs(
            Self.recipient, "PutDestination",
            #"{"destinationName":"testDestination","targetArn":"\#(Self.stream)","roleArn":"\#(role)"}"#,
            as: credentials)
    }

    func putPolicy(_ policy: String) async throws -> String? {
        try await logs(Self.recipient, "PutDestinationPolicy", LogsBench.policyCall(policy))
    }

    func makeGroup() async throws {
        try await logs(Self.sender, "CreateLogGroup", #"{"logGroupName":"CloudTrail"}"#)
        try await logs(Self.sender, "CreateLogStream", #"{"logGroupName":"CloudTrail","logStreamName":"s"}"#)
    }

    func subscribe(
        to target: String = LogsBench.destination, role: String? = nil, as credentials: Credentials? = nil
    ) async throws -> String? {
        let extra = role.map { #","roleArn":"\#($0)""# } ?? ""
        return try await logs(
            Self.sender, "PutSubscriptionFilter", LogsBench.subscription("f", "", "CloudTrail", target, extra),
            as: credentials)
    }

    /// Puts one event, and says how many have been delivered and lost since the group was made.
    func put() async throws -> [Int] {
        let now = WallClock.system.now()
        try await logs(Self.sender, "PutLogEvents", LogsBench.put([(now, "x")], group: "CloudTrail"))
        let counts = await emulator.deliveryCounts(group: "CloudTrail", account: Self.sender, region: "us-east-1")
        return [counts?.events ?? -1, counts?.failedEvents ?? -1]
    }

    /// The role of the recipient, the destination with its policy, and the group.
    func open(policy: String = LogsBench.policy(principal: #"{"AWS":"111111111111"}"#)) async throws {
        try await makeStream()
        try await iam(Self.recipient).makeRole("CWLtoKinesisRole", trust: Self.trust, policy: Self.permissions)
        #expect(try await putDestination() == nil)
        #expect(try await putPolicy(policy) == nil)
        try await makeGroup()
    }
}

func withTwoAccounts(
    _ settings: EmulatorSettings = TwoAccounts.settings, _ body: (TwoAccounts) async throws -> Void
) async throws {
    try await withEmulator(settings) { emulator, port in try await body(TwoAccounts(emulator: emulator, port: port)) }
}

let unreachable =
    "InvalidParameterException: Could not deliver test message to specified destination. Check if the destination is valid."
let notAssumable =
    "ValidationException: Make sure you have given CloudWatch Logs permission to assume the provided role."
let organizationPolicy = LogsBench.policy(
    principal: #""*""#, condition: #"{"StringEquals":{"aws:PrincipalOrgID":["o-1234567890"]}}"#)
