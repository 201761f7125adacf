import Foundation
import Testing

@testable import Emulator

@Suite struct Roles {
    private static let trust = Documents.logsTrust
    private static let arn = "arn:aws:iam::999999999999:role/CWLtoKinesisRole"

    @Test func areMadeShownAndTagged() async throws {
        let clock = ManualClock()
        try await withEmulator(clock: clock.clock) { _, port in
            var iam = FormClient(port: port)
            iam.client.time = clock.now
            let made = try await iam.call(
                "CreateRole",
                [
                    "RoleName": "CWLtoKinesisRole", "AssumeRolePolicyDocument": Self.trust,
                    "Description": "a & <b>\ré", "MaxSessionDuration": "7200", "Tags.member.1.Key": "made by",
                    "Tags.member.1.Value": "tail+race", "Tags.member.2.Key": "empty", "Tags.member.2.Value": "",
                ])
            #expect(made.status == 200 && made.headers["content-type"] == "text/xml")
            #expect(made.xml("RequestId") == made.headers["x-amzn-requestid"])
            let shown = try await iam.call("GetRole", ["RoleName": "CWLtoKinesisRole"])
            for reply in [made, shown] {
                #expect(reply.xml("Arn") == Self.arn && reply.xml("Path") == "/")
                #expect(reply.xml("RoleId")?.count == 21 && reply.xml("RoleId")?.hasPrefix("AROA") == true)
                #expect(reply.xml("CreateDate") == "2026-11-20T12:00:00Z")
                #expect(reply.xml("MaxSessionDuration") == "7200")
                #expect(reply.xml("Description") == "a &amp; &lt;b&gt;&#xD;é")
                let document = try #require(reply.xml("AssumeRolePolicyDocument"))
                #expect(document.hasPrefix("%7B%22Version%22%3A%222012-10-17%22%2C"))
                #expect(document.removingPercentEncoding == Self.trust)
                #expect(
                    reply.xml("Tags")
                        == "<member><Key>empty</Key><Value></Value></member>"
                        + "<member><Key>made by</Key><Value>tail+race</Value></member>")
            }
            let text = String(decoding: shown.body, as: UTF8.self)
            #expect(
                text.hasPrefix(
                    #"<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role>"#))
            let tagged = try await iam.call(
                "TagRole",
                ["RoleName": "CWLtoKinesisRole", "Tags.member.1.Key": "empty", "Tags.member.1.Value": "no more"])
            #expect(
                String(decoding: tagged.body, as: UTF8.self).hasPrefix(
                    #"<TagRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata>"#))
            let first = try await iam.call("ListRoleTags", ["RoleName": "CWLtoKinesisRole", "MaxItems": "1"])
            #expect(first.xml("Value") == "no more" && first.xml("IsTruncated") == "true")
            let second = try await iam.call(
                "ListRoleTags", ["RoleName": "CWLtoKinesisRole", "Marker": try #require(first.xml("Marker"))])
            #expect(second.xml("Key") == "made by" && second.xml("IsTruncated") == "false")
            #expect(second.xml("Marker") == nil)
        }
    }

    @Test func areOfTheirAccountAlone() async throws {
        try await withEmulator { _, port in
            let (mine, others) = (FormClient(port: port), FormClient(port: port, account: "111111111111"))
            try await mine.makeRole("R", trust: Self.trust, policy: Documents.allowing("kinesis:*", on: "*"))
            for (action, members) in [
                ("GetRole", ["RoleName": "R"]), ("GetRolePolicy", ["RoleName": "R", "PolicyName": "P"]),
                ("DeleteRole", ["RoleName": "R"]), ("ListRolePolicies", ["RoleName": "R"]),
            ] {
                #expect(try await others.outcome(action, members) == "404 NoSuchEntity", "\(action)")
            }
            #expect(
                try await others.outcome("CreateRole", ["RoleName": "R", "AssumeRolePolicyDocument": Self.trust])
                    == "200")
            #expect(try await mine.outcome("GetRolePolicy", ["RoleName": "R", "PolicyName": "P"]) == "200")
        }
    }

    /// 2,048 characters that count, and white space that does not.
    private static func trust(characters: Int) -> String {
        let condition = #"{"StringEquals":{"sts:ExternalId":""}}"#
        let empty = Documents.trust(#"{"AWS":"*"}"#, condition: condition).utf8.count
        let filler = String(repeating: "x", count: characters - empty)
        return Documents.trust(#"{"AWS":"*"}"#, condition: #"{"StringEquals":{"sts:ExternalId":"\#(filler)"}}"#)
            + String(repeating: " ", count: 50)
    }

    @Test(
        arguments: [
            (["AssumeRolePolicyDocument": trust(characters: 2048)], "200"),
            (["AssumeRolePolicyDocument": trust(characters: 2049)], "409 LimitExceeded"),
            (["AssumeRolePolicyDocument": "{}"], "400 MalformedPolicyDocument"),
            (["AssumeRolePolicyDocument": Documents.allowing("a:b", on: "*")], "400 MalformedPolicyDocument"),
            (["AssumeRolePolicyDocument": trust, "RoleName": "old"], "409 EntityAlreadyExists"),
            (["AssumeRolePolicyDocument": trust, "RoleName": "OLD"], "409 EntityAlreadyExists"),
            (["AssumeRolePolicyDocument": trust, "RoleName": "a/b"], "400 ValidationError"),
            (
                ["AssumeRolePolicyDocument": trust, "RoleName": String(repeating: "x", count: 65)],
                "400 ValidationError"
            ),
            (["AssumeRolePolicyDocument": trust, "Path": "/team/"], "200"),
            (["AssumeRolePolicyDocument": trust, "Path": "team"], "400 ValidationError"),
            (["AssumeRolePolicyDocument": trust, "MaxSessionDuration": "3599"], "400 ValidationError"),
            (["AssumeRolePolicyDocument": trust, "Version": "1999-01-01"], "400 InvalidAction"),
            (["AssumeRolePolicyDocument": trust, "Tags.member.1.Key": "lonely"], "400 ValidationError"),
            (
                ["AssumeRolePolicyDocument": trust, "Tags.member.1.Key": "k", "Tags.member.1.Value": "{a}"],
                "400 ValidationError"
            ),
            (["AssumeRolePolicyDocument": trust, "Description": "a\u{7}"], "400 ValidationError"),
            ([:], "400 ValidationError"),
        ] as [([String: String], String)])
    func areRefused(members: [String: String], outcome: String) async throws {
        try await withEmulator { _, port in
            let iam = FormClient(port: port)
            try await iam.makeRole("old", trust: Self.trust)
            #expect(try await iam.outcome("CreateRole", ["RoleName": "new"].merging(members) { $1 }) == outcome)
        }
    }

    @Test func changeTheirTrust() async throws {
        try await withEmulator { _, port in
            let iam = FormClient(port: port)
            try await iam.makeRole("R", trust: Self.trust)
            let other = Documents.accountTrust("111111111111")
            #expect(
                try await iam.outcome("UpdateAssumeRolePolicy", ["RoleName": "R", "PolicyDocument": other]) == "200")
            #expect(
                try await iam.outcome("UpdateAssumeRolePolicy", ["RoleName": "R", "PolicyDocument": "x"])
                    == "400 MalformedPolicyDocument")
            #expect(
                try await iam.outcome(
                    "UpdateAssumeRolePolicy", ["RoleName": "R", "PolicyDocument": Self.trust(characters: 2049)])
                    == "409 LimitExceeded")
            let shown = try await iam.call("GetRole", ["RoleName": "R"])
            #expect(shown.xml("AssumeRolePolicyDocument")?.removingPercentEncoding == other)
        }
    }

    @Test func holdInlinePoliciesUpToALimit() async throws {
        try await withEmulator { _, port in
            let iam = FormClient(port: port)
            try await iam.makeRole("R", trust: Self.trust)
            func put(_ name: String, characters: Int) async throws -> String {
                let empty = Documents.allowing("a:b", on: "arn:aws:s3:::").utf8.count
                let resource = "arn:aws:s3:::" + String(repeating: "x", count: characters - empty)
                return try await iam.outcome(
                    "PutRolePolicy",
                    ["RoleName": "R", "PolicyName": name, "PolicyDocument": Documents.allowing("a:b", on: resource)])
            }
            #expect(try await put("b", characters: 10_000) == "200")
            #expect(try await put("a", characters: 241) == "409 LimitExceeded")
            #expect(try await put("a", characters: 240) == "200")
            #expect(try await put("b", characters: 5000) == "200")
            #expect(try await put("c", characters: 5000) == "200")
            let first = try await iam.call("ListRolePolicies", ["RoleName": "R", "MaxItems": "2"])
            #expect(first.xml("PolicyNames") == "<member>a</member><member>b</member>")
            let marker = try #require(first.xml("Marker"))
            let second = try await iam.call("ListRolePolicies", ["RoleName": "R", "Marker": marker])
            #expect(second.xml("PolicyNames") == "<member>c</member>" && second.xml("IsTruncated") == "false")
            #expect(
                try await iam.outcome("ListRolePolicies", ["RoleName": "R", "Marker": "zz"]) == "400 ValidationError")
            let shown = try await iam.call("GetRolePolicy", ["RoleName": "R", "PolicyName": "a"])
            #expect(shown.xml("RoleName") == "R" && shown.xml("PolicyName") == "a")
            #expect(shown.xml("PolicyDocument")?.hasPrefix("%7B%22Version%22") == true)
            #expect(
                try await iam.outcome("GetRolePolicy", ["RoleName": "R", "PolicyName": "d"]) == "404 NoSuchEntity")
        }
    }

    @Test func areDeletedOnceNoPolicyIsLeft() async throws {
        try await withEmulator { _, port in
            let iam = FormClient(port: port)
            let policy = Documents.allowing("kinesis:PutRecord", on: "*")
            try await iam.makeRole("R", trust: Self.trust, policy: policy)
            let made = try await iam.call("CreatePolicy", ["PolicyName": "M", "PolicyDocument": policy])
            let arn = try #require(made.xml("Arn"))
            #expect(arn == "arn:aws:iam::999999999999:policy/M")
            #expect(
                try await iam.outcome("CreatePolicy", ["PolicyName": "M", "PolicyDocument": policy])
                    == "409 EntityAlreadyExists")
            let attach = ["RoleName": "R", "PolicyArn": arn]
            for _ in 0..<2 { #expect(try await iam.outcome("AttachRolePolicy", attach) == "200") }
            #expect(
                try await iam.outcome("AttachRolePolicy", ["RoleName": "R", "PolicyArn": arn + "2"])
                    == "404 NoSuchEntity")
            #expect(try await iam.call("GetPolicy", ["PolicyArn": arn]).xml("AttachmentCount") == "1")
            let version = try await iam.call("GetPolicyVersion", ["PolicyArn": arn, "VersionId": "v1"])
            #expect(version.xml("Document")?.removingPercentEncoding == policy)
            #expect(
                try await iam.outcome("GetPolicyVersion", ["PolicyArn": arn, "VersionId": "v2"]) == "404 NoSuchEntity")
            let attached = try await iam.call("ListAttachedRolePolicies", ["RoleName": "R"])
            #expect(
                attached.xml("AttachedPolicies")
                    == "<member><PolicyName>M</PolicyName><PolicyArn>\(arn)</PolicyArn></member>")

            #expect(try await iam.outcome("DeleteRole", ["RoleName": "R"]) == "409 DeleteConflict")
            #expect(try await iam.outcome("DetachRolePolicy", attach) == "200")
            #expect(try await iam.outcome("DetachRolePolicy", attach) == "404 NoSuchEntity")
            #expect(try await iam.outcome("DeleteRole", ["RoleName": "R"]) == "409 DeleteConflict")
            #expect(try await iam.outcome("DeleteRolePolicy", ["RoleName": "R", "PolicyName": "P"]) == "200")
            #expect(
                try await iam.outcome("DeleteRolePolicy", ["RoleName": "R", "PolicyName": "P"]) == "404 NoSuchEntity")
            #expect(try await iam.outcome("DeleteRole", ["RoleName": "R"]) == "200")
            #expect(try await iam.outcome("DeleteRole", ["RoleName": "R"]) == "404 NoSuchEntity")
        }
    }

    @Test func meetFaultsAsEverythingElse() async throws {
        var settings = EmulatorSettings()
        settings.faults = [
            try FaultRule(parsing: "CreateRole:1:Throttling/400"), try FaultRule(parsing: "CreateRole:2:truncated"),
        ]
        try await withEmulator(settings) { _, port in
            let iam = FormClient(port: port)
            let members = ["RoleName": "R", "AssumeRolePolicyDocument": Self.trust]
            #expect(try await iam.outcome("CreateRole", members) == "400 Throttling")
            // Done, whatever the caller made of the answer.
            let cut = try await iam.call("CreateRole", members)
            #expect(cut.status == 200 && !String(decoding: cut.body, as: UTF8.self).hasSuffix(">"))
            #expect(try await iam.outcome("CreateRole", members) == "409 EntityAlreadyExists")
        }
    }

    @Test func bodiesThatAreNoFormsAreRefused() async throws {
        try await withEmulator { _, port in
            let iam = FormClient(port: port)
            let reply = try await iam.client.post(
                "Action=GetRole&RoleName=%zz", headers: [("content-type", "application/x-www-form-urlencoded")])
            #expect(reply.status == 400)
            let unsigned = SignedClient(port: port, service: "iam", isSigned: false)
            let refused = try await unsigned.post(
                "Action=GetRole&RoleName=R&Version=2010-05-08",
                headers: [("content-type", "application/x-www-form-urlencoded")])
            #expect(refused.status == 403 && refused.code == "MissingAuthenticationToken")
            #expect(String(decoding: refused.body, as: UTF8.self).contains("https://iam.amazonaws.com/doc/2010-05-08/"))
        }
    }
}
