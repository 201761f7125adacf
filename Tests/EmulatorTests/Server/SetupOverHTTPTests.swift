import Signing
import Testing

@testable import Emulator

/// The services that setting up needs, each called by its own name and signed for it.
@Suite struct SettingUpOverHTTP {
    private static let recipient = "999999999999"

    private func call(
        _ port: Int, _ service: (name: String, target: String), _ operation: String, _ body: String,
        as account: String = recipient
    ) async throws -> SignedClient.Reply {
        var client = SignedClient(
            port: port,
            credentials: Credentials(accessKeyID: "AKIAEMUL\(account)", secretAccessKey: "secret-\(account)"))
        client.service = service.name
        return try await client.post(
            body,
            headers: [
                ("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "\(service.target).\(operation)"),
            ])
    }

    private let kms = (name: "kms", target: "TrentService")
    private let kinesis = (name: "kinesis", target: "Kinesis_20131202")
    private let logs = (name: "logs", target: "Logs_20140328")
    private let organizations = (name: "organizations", target: "AWSOrganizationsV20161128")

    @Test func aDisabledKeyStopsDeliveriesAndIsSeenInTheCounts() async throws {
        try await withEmulator { emulator, port in
            let stream = EmulatedStreamName(account: Self.recipient, region: "us-east-1", name: "s")
            try await emulator.createStream(stream, shards: 1)
            let made = try await call(port, kms, "CreateKey", "{}").object?["KeyMetadata"] as? [String: Any]
            let key = try #require(made?["Arn"] as? String)
            let steps = [
                (kinesis, "StartStreamEncryption", #"{"StreamName":"s","EncryptionType":"KMS","KeyId":"\#(key)"}"#),
                (logs, "CreateLogGroup", #"{"logGroupName":"g"}"#),
                (logs, "CreateLogStream", #"{"logGroupName":"g","logStreamName":"s"}"#),
                (
                    logs, "PutSubscriptionFilter",
                    #"{"logGroupName":"g","filterName":"f","filterPattern":"","destinationArn":"\#(stream.arn)","#
                        + #""roleArn":"arn:aws:iam::\#(Self.recipient):role/r"}"#
                ),
            ]
            for (service, operation, body) in steps {
                #expect(try await call(port, service, operation, body).status == 200)
            }
            func counts() async -> DeliveryCounts? {
                await emulator.deliveryCounts(group: "g", account: Self.recipient, region: "us-east-1")
            }
            let put = LogsBench.put([(WallClock.system.now(), "x")])
            #expect(try await call(port, logs, "PutLogEvents", put).status == 200)
            #expect(await counts()?.events == 1)
            #expect(try await call(port, kms, "DisableKey", #"{"KeyId":"\#(key)"}"#).status == 200)
            #expect(try await call(port, logs, "PutLogEvents", put).status == 200)
            #expect(await counts()?.events == 1)
            #expect(await counts()?.failedEvents == 1)
            #expect(
                await emulator.deliveryCounts(group: "h", account: Self.recipient, region: "us-east-1") == nil)
        }
    }

    @Test func anAccountLearnsItsOrganization() async throws {
        var settings = EmulatorSettings()
        settings.logs.organizations["111111111111"] = "o-1234567890"
        try await withEmulator(settings) { _, port in
            let reply = try await call(port, organizations, "DescribeOrganization", "{}", as: "111111111111")
            #expect((reply.object?["Organization"] as? [String: Any])?["Id"] as? String == "o-1234567890")
            let refused = try await call(port, organizations, "DescribeOrganization", "{}")
            #expect(refused.status == 400 && refused.code == "AWSOrganizationsNotInUseException")
        }
    }
}
