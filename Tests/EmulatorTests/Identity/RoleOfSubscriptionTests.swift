import Testing

@testable import Emulator

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
