import Signing
import Testing

@testable import Emulator

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
