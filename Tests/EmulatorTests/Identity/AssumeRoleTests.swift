import Foundation
import Signing
import Testing

@testable import Emulator

@Suite struct AssumedRoles {
    private static let sender = "111111111111"
    private static let role = "arn:aws:iam::999999999999:role/Reader"

    private func identity(_ client: SignedClient) async throws -> SignedClient.Reply {
        var sts = FormClient(port: client.port, service: "sts")
        sts.client = client
        sts.client.service = "sts"
        return try await sts.call("GetCallerIdentity")
    }

    @Test func areSomebodyElseInAnotherAccount() async throws {
        try await withEmulator { _, port in
            let owner = FormClient(port: port)
            try await owner.makeRole("Reader", trust: Documents.accountTrust(Self.sender))
            let sender = FormClient(port: port, account: Self.sender)
            let reply = try await {
                var sts = sender
                sts.client.service = "sts"
                return try await sts.call("AssumeRole", ["RoleArn": Self.role, "RoleSessionName": "me@host"])
            }()
            #expect(reply.status == 200)
            let session = "arn:aws:sts::999999999999:assumed-role/Reader/me@host"
            #expect(reply.xml("Arn") == session)
            let id = try #require(reply.xml("AssumedRoleId"))
            #expect(id.hasPrefix("AROA") && id.hasSuffix(":me@host"))
            var client = sender.client
            client.credentials = try await sender.assume(Self.role, session: "me@host")
            #expect(client.credentials.accessKeyID.hasPrefix("ASIA") && client.credentials.accessKeyID.count == 20)
            let who = try await identity(client)
            #expect(who.xml("Arn") == session && who.xml("Account") == "999999999999")
            #expect(who.xml("UserId") == id)
            // The key is good for nothing without its token.
            client.credentials = .init(
                accessKeyID: client.credentials.accessKeyID, secretAccessKey: client.credentials.secretAccessKey)
            #expect(try await identity(client).code == "InvalidClientTokenId")
        }
    }

    @Test(
        arguments: [
            (Documents.accountTrust(sender), [:], "200"),
            (Documents.trust(#"{"AWS":"arn:aws:iam::111111111111:root"}"#), [:], "200"),
            (Documents.trust(#"{"AWS":"arn:aws:iam::111111111111:user/emulator"}"#), [:], "200"),
            (Documents.trust(#""*""#), [:], "200"),
            (Documents.accountTrust("222222222222"), [:], "403 AccessDenied"),
            (Documents.logsTrust, [:], "403 AccessDenied"),
            (Documents.trust(#""*""#, effect: "Deny"), [:], "403 AccessDenied"),
            (
                Documents.trust(#""*""#, condition: #"{"StringEquals":{"sts:ExternalId":"e:1"}}"#),
                ["ExternalId": "e:1"], "200"
            ),
            (
                Documents.trust(#""*""#, condition: #"{"StringEquals":{"sts:ExternalId":"e:1"}}"#),
                ["ExternalId": "e:2"], "403 AccessDenied"
            ),
            (
                Documents.trust(#""*""#, condition: #"{"StringEquals":{"sts:ExternalId":"e:1"}}"#), [:],
                "403 AccessDenied"
            ),
            (
                Documents.trust(#""*""#, condition: #"{"StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}}"#), [:],
                "200"
            ),
            (
                Documents.trust(#""*""#, condition: #"{"StringEquals":{"aws:PrincipalOrgID":"o-0987654321"}}"#), [:],
                "403 AccessDenied"
            ),
            (Documents.trust(#""*""#), ["RoleArn": role + "2"], "403 AccessDenied"),
            (Documents.trust(#""*""#), ["RoleArn": "arn:aws:iam::999999999999:user/Reader"], "400 ValidationError"),
            (Documents.trust(#""*""#), ["RoleSessionName": "a b"], "400 ValidationError"),
            (Documents.trust(#""*""#), ["DurationSeconds": "899"], "400 ValidationError"),
            (Documents.trust(#""*""#), ["DurationSeconds": "3601"], "400 ValidationError"),
            (Documents.trust(#""*""#), ["Policy": "{}"], "400 ValidationError"),
        ] as [(String, [String: String], String)])
    func areGivenToWhomTheRoleTrusts(trust: String, members: [String: String], outcome: String) async throws {
        var settings = EmulatorSettings()
        settings.logs.organizations[Self.sender] = "o-1234567890"
        try await withEmulator(settings) { _, port in
            try await FormClient(port: port).makeRole("Reader", trust: trust)
            let sts = FormClient(port: port, account: Self.sender, service: "sts")
            let all = ["RoleArn": Self.role, "RoleSessionName": "s1"].merging(members) { $1 }
            #expect(try await sts.outcome("AssumeRole", all) == outcome)
        }
    }

    @Test func endWithTheirTime() async throws {
        let clock = ManualClock()
        try await withEmulator(clock: clock.clock) { _, port in
            var owner = FormClient(port: port)
            owner.client.time = clock.now
            try await owner.makeRole(
                "Reader", trust: Documents.accountTrust("999999999999"), policy: Documents.allowing("*", on: "*"))
            var client = owner.client
            client.service = "kinesis"
            client.credentials = try await owner.assume(Self.role, ["DurationSeconds": "900"])
            clock.advance(milliseconds: 899_000)
            client.time = clock.now
            #expect(try await client.call("ListStreams").status == 200)
            clock.advance(milliseconds: 1000)
            client.time = clock.now
            let late = try await client.call("ListStreams")
            #expect(late.status == 400 && late.code == "ExpiredTokenException")
            let who = try await identity(client)
            #expect(who.status == 403 && who.code == "ExpiredToken")
        }
    }

    @Test func lastAnHourWhenASessionAsks() async throws {
        try await withEmulator { _, port in
            let owner = FormClient(port: port)
            try await owner.call(
                "CreateRole",
                [
                    "RoleName": "Long", "AssumeRolePolicyDocument": Documents.trust(#""*""#),
                    "MaxSessionDuration": "7200",
                ])
            let long = "arn:aws:iam::999999999999:role/Long"
            try await owner.makeRole(
                "Reader", trust: Documents.trust(#""*""#), policy: Documents.allowing("sts:AssumeRole", on: long))
            _ = try await owner.assume(long, ["DurationSeconds": "7200"])
            var chained = owner
            chained.client.credentials = try await owner.assume(Self.role)
            chained.client.service = "sts"
            let ask = ["RoleArn": long, "RoleSessionName": "s2", "DurationSeconds": "3601"]
            #expect(try await chained.outcome("AssumeRole", ask) == "400 ValidationError")
            #expect(try await chained.outcome("AssumeRole", ["RoleArn": long, "RoleSessionName": "s2"]) == "200")
        }
    }

    /// A role that was made anew under an old name is another role.
    @Test func areWorthNothingOnceTheirRoleIsGone() async throws {
        try await withEmulator { _, port in
            let owner = FormClient(port: port)
            let trust = Documents.accountTrust("999999999999")
            try await owner.makeRole("Reader", trust: trust, policy: Documents.allowing("*", on: "*"))
            var client = owner.client
            client.service = "kinesis"
            client.credentials = try await owner.assume(Self.role)
            #expect(try await client.call("ListStreams").status == 200)
            try await owner.call("DeleteRolePolicy", ["RoleName": "Reader", "PolicyName": "P"])
            try await owner.call("DeleteRole", ["RoleName": "Reader"])
            #expect(try await client.call("ListStreams").code == "AccessDeniedException")
            try await owner.makeRole("Reader", trust: trust, policy: Documents.allowing("*", on: "*"))
            #expect(try await client.call("ListStreams").code == "AccessDeniedException")
        }
    }
}
