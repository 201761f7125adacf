import Foundation
import Signing
import Testing

@testable import Emulator

@Suite struct SignedCalls {
    @Test func areTakenFromEveryAccountsOwnKey() async throws {
        try await withEmulator { _, port in
            for account in ["111111111111", "999999999999"] {
                var client = SignedClient(port: port)
                client.credentials = Credentials(
                    accessKeyID: "AKIAEMUL" + account, secretAccessKey: "secret-" + account)
                _ = try await client.call("CreateStream", #"{"StreamName":"s","ShardCount":1}"#)
                let reply = try await client.call("DescribeStreamSummary", #"{"StreamName":"s"}"#)
                let summary = reply.object?["StreamDescriptionSummary"] as? [String: Any]
                #expect(summary?["StreamARN"] as? String == "arn:aws:kinesis:us-east-1:\(account):stream/s")
            }
        }
    }

    @Test func areTakenFromAKeyThatIsGivenWithItsToken() async throws {
        var settings = EmulatorSettings()
        settings.accessKeys = [
            EmulatedAccessKey(
                accessKeyID: "ASIA1", secretAccessKey: "s3", sessionToken: "to+ken/==", account: "222222222222")
        ]
        try await withEmulator(settings) { _, port in
            var client = SignedClient(port: port)
            var codes: [String?] = []
            for token in ["to+ken/==", "old", nil] {
                client.credentials = Credentials(accessKeyID: "ASIA1", secretAccessKey: "s3", sessionToken: token)
                codes.append(try await client.call("ListStreams").code)
            }
            #expect(codes == [nil, "UnrecognizedClientException", "UnrecognizedClientException"])
        }
    }

    @Test func withAPathAndAQueryAreChecked() async throws {
        try await withEmulator { _, port in
            let reply = try await SignedClient(port: port).post(
                "{}",
                headers: [
                    ("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "Kinesis_20131202.ListStreams"),
                ], path: "/a%20b/", query: "z=1&a=%2F")
            #expect(reply.status == 200)
        }
    }

    @Test func thatAreWrongAreRefused() async throws {
        try await withEmulator { _, port in
            var client = SignedClient(port: port)
            client.credentials = Credentials(accessKeyID: "AKIAEMUL111111111111", secretAccessKey: "wrong")
            try await expect(client, 400, "InvalidSignatureException", "does not match the signature you provided")

            client = SignedClient(port: port)
            client.unsigned = [("x-amz-target", "Kinesis_20131202.DeleteStream")]
            try await expect(client, 400, "InvalidSignatureException", "does not match the signature you provided")

            client = SignedClient(port: port)
            client.unsigned = [("x-amz-extra", "1")]
            try await expect(client, 400, "InvalidSignatureException", "'x-amz-extra' must be a 'SignedHeader'")

            client = SignedClient(port: port, service: "logs")
            try await expect(client, 400, "InvalidSignatureException", "correct service: 'kinesis'")

            client = SignedClient(port: port)
            client.credentials = Credentials(accessKeyID: "AKIDUNKNOWN", secretAccessKey: "x")
            try await expect(client, 400, "UnrecognizedClientException", "security token")

            client = SignedClient(port: port, isSigned: false)
            try await expect(client, 403, "MissingAuthenticationTokenException", "Missing Authentication Token")

            client.unsigned = [("authorization", "Basic eDp5")]
            try await expect(client, 400, "IncompleteSignatureException", "Authorization")
        }
    }

    @Test func areGoodForFiveMinutesBothWays() async throws {
        let clock = ManualClock()
        try await withEmulator(clock: clock.clock) { _, port in
            for (seconds, message) in [
                (-300, nil), (300, nil),
                (
                    -301,
                    "Signature expired: 20261120T115459Z is now earlier than 20261120T115500Z (20261120T120000Z - 5 min.)"
                ),
                (
                    301,
                    "Signature not yet current: 20261120T120501Z is still later than 20261120T120500Z (20261120T120000Z + 5 min.)"
                ),
            ] as [(Int64, String?)] {
                let time = (ManualClock.start / 1000 + seconds) * 1000
                let reply = try await SignedClient(port: port, time: time).call("ListStreams")
                #expect(reply.message == message, "\(seconds) s")
                #expect(reply.code == message.map { _ in "InvalidSignatureException" })
                #expect(reply.headers["date"] == "Fri, 20 Nov 2026 12:00:00 GMT")
            }
        }
    }

    private func expect(_ client: SignedClient, _ status: Int, _ code: String, _ message: String) async throws {
        let reply = try await client.call("ListStreams")
        #expect(reply.status == status && reply.code == code)
        #expect(reply.message?.contains(message) == true, "\(reply.message ?? "")")
    }
}

@Suite struct Identity {
    private let form = [(name: "content-type", value: "application/x-www-form-urlencoded; charset=utf-8")]

    @Test func isTheAccountOfTheKey() async throws {
        try await withEmulator { _, port in
            let reply = try await SignedClient(port: port, service: "sts").post(
                "Action=GetCallerIdentity&Version=2011-06-15", headers: form)
            #expect(reply.status == 200 && reply.headers["content-type"] == "text/xml")
            #expect(reply.xml("Account") == "111111111111")
            #expect(reply.xml("Arn") == "arn:aws:iam::111111111111:user/emulator")
            #expect(reply.xml("RequestId") == reply.headers["x-amzn-requestid"])
        }
    }

    @Test func isRefusedInTheQueryProtocolsWords() async throws {
        try await withEmulator { _, port in
            let body = "Action=GetCallerIdentity&Version=2011-06-15"
            var client = SignedClient(port: port, service: "sts")
            client.credentials = Credentials(accessKeyID: "AKIDUNKNOWN", secretAccessKey: "x")
            let unknown = try await client.post(body, headers: form)
            #expect(unknown.status == 403 && unknown.code == "InvalidClientTokenId")
            client.credentials = Credentials(accessKeyID: "AKIAEMUL111111111111", secretAccessKey: "wrong")
            let wrong = try await client.post(body, headers: form)
            #expect(wrong.status == 403 && wrong.code == "SignatureDoesNotMatch")
            let other = try await SignedClient(port: port, service: "sts").post("Action=<Dance>", headers: form)
            #expect(other.status == 400 && other.code == "InvalidAction")
            #expect(other.message?.contains("&lt;Dance&gt;") == true)
        }
    }
}

@Suite struct AccountBooks {
    @Test(
        arguments: [
            ("AKIAEMUL111111111111", "111111111111"), ("AKIAEMUL11111111111", nil), ("AKIAEMUL1111111111111", nil),
            ("AKIAEMUL11111111111x", nil), ("AKIA", nil), ("given", "333333333333"),
        ] as [(String, String?)])
    func knowWhoseAKeyIs(id: String, account: String?) {
        let given = EmulatedAccessKey(accessKeyID: "given", secretAccessKey: "s", account: "333333333333")
        #expect(AccountBook([given])[id]?.account == account)
    }
}
