import Foundation
import Signing
import Testing

@testable import Emulator

/// The guide's two accounts over HTTP, with roles that matter.
private struct TwoAccounts {
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

private func withTwoAccounts(
    _ settings: EmulatorSettings = TwoAccounts.settings, _ body: (TwoAccounts) async throws -> Void
) async throws {
    try await withEmulator(settings) { emulator, port in try await body(TwoAccounts(emulator: emulator, port: port)) }
}

private let unreachable =
    "InvalidParameterException: Could not deliver test message to specified destination. Check if the destination is valid."
private let notAssumable =
    "ValidationException: Make sure you have given CloudWatch Logs permission to assume the provided role."
private let organizationPolicy = LogsBench.policy(
    principal: #""*""#, condition: #"{"StringEquals":{"aws:PrincipalOrgID":["o-1234567890"]}}"#)

@Suite struct RolesOfDestinations {
    @Test func theGuidesExampleDelivers() async throws {
        try await withTwoAccounts { world in
            try await world.open()
            #expect(try await world.subscribe() == nil)
            #expect(try await world.put() == [1, 0])
        }
    }

    @Test(
        arguments: [
            (TwoAccounts.trust, TwoAccounts.permissions, true),
            // The older name of the service, and the other ways to say who may ask.
            (Documents.trust(#"{"Service":"logs.us-east-1.amazonaws.com"}"#), TwoAccounts.permissions, true),
            (Documents.logsTrust, Documents.allowing("kinesis:Put*", on: "*"), true),
            (
                Documents.trust(
                    #"{"Service":"logs.amazonaws.com"}"#,
                    condition: #"{"StringEquals":{"aws:SourceAccount":"999999999999"}}"#), TwoAccounts.permissions, true
            ),
            (Documents.trust(#"{"Service":"logs.eu-west-1.amazonaws.com"}"#), TwoAccounts.permissions, false),
            (Documents.trust(#"{"Service":"firehose.amazonaws.com"}"#), TwoAccounts.permissions, false),
            (Documents.accountTrust("999999999999"), TwoAccounts.permissions, false),
            (TwoAccounts.trust(from: TwoAccounts.sender), TwoAccounts.permissions, false),
            (
                Documents.trust(
                    #"{"Service":"logs.amazonaws.com"}"#,
                    condition: #"{"StringLike":{"aws:SourceArn":"arn:aws:logs:eu-west-1:999999999999:*"}}"#),
                TwoAccounts.permissions, false
            ),
            (TwoAccounts.trust, nil, false),
            (TwoAccounts.trust, Documents.allowing("kinesis:PutRecords", on: "*"), false),
            (TwoAccounts.trust, Documents.allowing("kinesis:PutRecord", on: TwoAccounts.stream + "2"), false),
            (
                TwoAccounts.trust,
                Documents.document(
                    Documents.statement("Allow", "*", "*"), Documents.statement("Deny", "kinesis:*", TwoAccounts.stream)
                ),
                false
            ),
        ] as [(String, String?, Bool)])
    func openTheStreamOrItIsOneText(trust: String, policy: String?, isOpen: Bool) async throws {
        try await withTwoAccounts { world in
            try await world.makeStream()
            try await world.iam(TwoAccounts.recipient).makeRole("CWLtoKinesisRole", trust: trust, policy: policy)
            #expect(try await world.putDestination() == (isOpen ? nil : unreachable))
        }
    }

    @Test func mustBeThereAndOfTheAccount() async throws {
        try await withTwoAccounts { world in
            try await world.makeStream()
            #expect(try await world.putDestination() == unreachable)
            try await world.iam(TwoAccounts.sender).makeRole(
                "CWLtoKinesisRole", trust: TwoAccounts.trust, policy: TwoAccounts.permissions)
            let foreign = TwoAccounts.role.replacing("999999999999", with: "111111111111")
            #expect(try await world.putDestination(role: foreign) == unreachable)
        }
    }

    @Test func doNotMatterUnlessTheSettingsSaySo() async throws {
        try await withTwoAccounts(EmulatorSettings()) { world in
            try await world.makeStream()
            #expect(try await world.putDestination() == nil)
        }
    }

    /// All green, and nothing arrives: the sign of a trust that lacks the sender.
    @Test func areAskedForTheSenderWithEachDelivery() async throws {
        try await withTwoAccounts { world in
            try await world.open()
            #expect(try await world.subscribe() == nil)
            let iam = world.iam(TwoAccounts.recipient)
            try await iam.call(
                "UpdateAssumeRolePolicy",
                [
                    "RoleName": "CWLtoKinesisRole",
                    "PolicyDocument": TwoAccounts.trust(from: TwoAccounts.recipient, "222222222222"),
                ])
            #expect(try await world.putDestination() == nil)
            #expect(try await world.subscribe() == nil)
            #expect(try await world.put() == [0, 1])
            try await iam.call(
                "UpdateAssumeRolePolicy", ["RoleName": "CWLtoKinesisRole", "PolicyDocument": TwoAccounts.trust])
            #expect(try await world.put() == [1, 1])
            try await iam.call("DeleteRolePolicy", ["RoleName": "CWLtoKinesisRole", "PolicyName": "P"])
            #expect(try await world.put() == [1, 2])
        }
    }

    @Test func areActedUponAWhileAfterTheyAreWritten() async throws {
        var settings = TwoAccounts.settings
        settings.identityDelay = .seconds(10)
        try await withTwoAccounts(settings) { world in
            try await world.makeStream()
            let iam = world.iam(TwoAccounts.recipient)
            try await iam.makeRole("CWLtoKinesisRole", trust: TwoAccounts.trust, policy: TwoAccounts.permissions)
            #expect(try await iam.outcome("GetRole", ["RoleName": "CWLtoKinesisRole"]) == "200")
            #expect(try await world.putDestination() == unreachable)
            world.emulator.advanceClock(by: .seconds(11))
            #expect(try await world.putDestination() == nil)
            // What is taken away lasts as long.
            try await iam.call("DeleteRolePolicy", ["RoleName": "CWLtoKinesisRole", "PolicyName": "P"])
            #expect(try await world.putDestination() == nil)
            world.emulator.advanceClock(by: .seconds(11))
            #expect(try await world.putDestination() == unreachable)
        }
    }

    private func caller(_ world: TwoAccounts, _ account: String, _ policy: String) async throws -> Credentials {
        let iam = world.iam(account)
        try await iam.makeRole("Caller", trust: Documents.accountTrust(account), policy: policy)
        return try await iam.assume("arn:aws:iam::\(account):role/Caller")
    }

    @Test(arguments: [
        (#"{"StringEquals":{"iam:PassedToService":"logs.amazonaws.com"}}"#, true),
        (#"{"StringEquals":{"iam:PassedToService":"ec2.amazonaws.com"}}"#, false),
    ])
    func arePassedByWhoMay(condition: String, mayPass: Bool) async throws {
        try await withTwoAccounts { world in
            try await world.makeStream()
            try await world.iam(TwoAccounts.recipient).makeRole(
                "CWLtoKinesisRole", trust: TwoAccounts.trust, policy: TwoAccounts.permissions)
            let caller = try await caller(
                world, TwoAccounts.recipient,
                Documents.document(
                    Documents.statement("Allow", "logs:PutDestination", LogsBench.destination),
                    Documents.statement("Allow", "iam:PassRole", TwoAccounts.role, condition)))
            let refusal =
                "AccessDeniedException: User: arn:aws:sts::999999999999:assumed-role/Caller/me is not authorized to perform: "
                + "iam:PassRole on resource: \(TwoAccounts.role) because no identity-based policy allows the iam:PassRole "
                + "action"
            #expect(try await world.putDestination(as: caller) == (mayPass ? nil : refusal))
        }
    }

    @Test(arguments: [
        (["arn:aws:logs:us-east-1:111111111111:log-group:CloudTrail", LogsBench.destination], nil),
        (["arn:aws:logs:us-east-1:111111111111:log-group:CloudTrail:*", LogsBench.destination], nil),
        (
            ["arn:aws:logs:us-east-1:111111111111:log-group:CloudTrail:*"], LogsBench.destination
        ),
        ([LogsBench.destination], "arn:aws:logs:us-east-1:111111111111:log-group:CloudTrail"),
    ])
    func aSubscriberNeedsTheGroupAndTheDestination(granted: [String], missing: String?) async throws {
        try await withTwoAccounts { world in
            try await world.open()
            let resources = granted.joined(separator: #"",""#)
            let policy =
                #"{"Statement":{"Effect":"Allow","Action":"logs:PutSubscriptionFilter","Resource":["\#(resources)"]}}"#
            let caller = try await caller(world, TwoAccounts.sender, policy)
            let refusal = missing.map {
                "AccessDeniedException: User: arn:aws:sts::111111111111:assumed-role/Caller/me is not authorized to perform: "
                    + "logs:PutSubscriptionFilter on resource: \($0) because no identity-based policy allows the "
                    + "logs:PutSubscriptionFilter action"
            }
            #expect(try await world.subscribe(as: caller) == refusal)
        }
    }
}

@Suite struct RolesOfSubscriptions {
    @Test(
        arguments: [
            (Documents.logsTrust, TwoAccounts.groupPermissions, nil),
            (
                Documents.logsTrust,
                Documents.allowing("logs:PutLogEvents", on: "arn:aws:logs:us-east-1:111111111111:log-group:*"), nil
            ),
            (TwoAccounts.trust(from: TwoAccounts.sender), TwoAccounts.groupPermissions, nil),
            (TwoAccounts.trust(from: TwoAccounts.recipient), TwoAccounts.groupPermissions, notAssumable),
            (Documents.accountTrust(TwoAccounts.sender), TwoAccounts.groupPermissions, notAssumable),
            (Documents.logsTrust, nil, notAssumable),
            (
                Documents.logsTrust,
                Documents.allowing("logs:PutLogEvents", on: "arn:aws:logs:us-east-1:111111111111:log-group:Other:*"),
                notAssumable
            ),
        ] as [(String, String?, String?)])
    func letAnOrganizationsMemberIn(trust: String, policy: String?, refusal: String?) async throws {
        try await withTwoAccounts { world in
            try await world.open(policy: organizationPolicy)
            #expect(
                try await world.subscribe()
                    == "InvalidParameterException: Role ARN is required when creating subscription filter against "
                    + "destination with Organization access policy")
            #expect(try await world.subscribe(role: TwoAccounts.senderRole) == notAssumable)
            try await world.iam(TwoAccounts.sender).makeRole(
                "CWLtoSubscriptionFilterRole", trust: trust, policy: policy)
            #expect(try await world.subscribe(role: TwoAccounts.senderRole) == refusal)
            if refusal == nil { #expect(try await world.put() == [1, 0]) }
        }
    }

    @Test func areTooNewAndThenOldEnough() async throws {
        var settings = TwoAccounts.settings
        settings.identityDelay = .seconds(5)
        try await withTwoAccounts(settings) { world in
            try await world.makeStream()
            try await world.iam(TwoAccounts.recipient).makeRole(
                "CWLtoKinesisRole", trust: TwoAccounts.trust, policy: TwoAccounts.permissions)
            world.emulator.advanceClock(by: .seconds(6))
            #expect(try await world.putDestination() == nil)
            #expect(try await world.putPolicy(organizationPolicy) == nil)
            try await world.makeGroup()
            try await world.iam(TwoAccounts.sender).makeRole(
                "CWLtoSubscriptionFilterRole", trust: Documents.logsTrust, policy: TwoAccounts.groupPermissions)
            #expect(try await world.subscribe(role: TwoAccounts.senderRole) == notAssumable)
            world.emulator.advanceClock(by: .seconds(6))
            #expect(try await world.subscribe(role: TwoAccounts.senderRole) == nil)
        }
    }

    @Test func openAStreamOfTheirOwnAccount() async throws {
        try await withTwoAccounts { world in
            let own = "arn:aws:kinesis:us-east-1:111111111111:stream/Own"
            let role = "arn:aws:iam::111111111111:role/Direct"
            try await world.emulator.createStream(
                EmulatedStreamName(account: TwoAccounts.sender, region: "us-east-1", name: "Own"), shards: 1)
            try await world.makeGroup()
            #expect(try await world.subscribe(to: own, role: role) == notAssumable)
            let iam = world.iam(TwoAccounts.sender)
            try await iam.makeRole("Direct", trust: Documents.logsTrust)
            #expect(
                try await world.subscribe(to: own, role: role)
                    == "InvalidParameterException: Could not deliver test message to specified Kinesis stream. Check if the "
                    + "given Kinesis stream is in ACTIVE state.")
            try await iam.call(
                "PutRolePolicy",
                [
                    "RoleName": "Direct", "PolicyName": "P",
                    "PolicyDocument": Documents.allowing("kinesis:PutRecord", on: own),
                ])
            #expect(try await world.subscribe(to: own, role: role) == nil)
            #expect(try await world.put() == [1, 0])
            try await iam.call("DeleteRolePolicy", ["RoleName": "Direct", "PolicyName": "P"])
            #expect(try await world.put() == [1, 1])
        }
    }
}
