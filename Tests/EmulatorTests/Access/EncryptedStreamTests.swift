import Foundation
import Signing
import Testing

@testable import Emulator

/// Who reads or feeds a stream that a customer's key encrypts needs that key as well.
@Suite struct EncryptedStreamsAndRoles {
    private static let owner = "999999999999"
    private static let stream = LogsBench.stream

    private func call(
        _ client: SignedClient, _ service: String, _ target: String, _ body: String
    ) async throws -> SignedClient.Reply {
        var client = client
        client.service = service
        return try await client.post(
            body, headers: [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target)])
    }

    /// Makes the stream and encrypts it. Returns the key's ARN, `nil` for AWS's own key.
    private func encrypt(_ client: SignedClient, withOwnKey isOwn: Bool) async throws -> String? {
        let create = #"{"StreamName":"RecipientStream","ShardCount":1}"#
        _ = try await call(client, "kinesis", "Kinesis_20131202.CreateStream", create)
        var key: String?
        if isOwn {
            let made = try await call(client, "kms", "TrentService.CreateKey", "{}")
            key = try #require((made.object?["KeyMetadata"] as? [String: Any])?["Arn"] as? String)
        }
        let start = try await call(
            client, "kinesis", "Kinesis_20131202.StartStreamEncryption",
            #"{"StreamName":"RecipientStream","EncryptionType":"KMS","KeyId":"\#(key ?? "alias/aws/kinesis")"}"#)
        #expect(start.status == 200)
        return key
    }

    @Test(arguments: [true, false])
    func readersNeedTheKey(isOwn: Bool) async throws {
        try await withEmulator { _, port in
            let iam = FormClient(port: port, account: Self.owner)
            let key = try await encrypt(iam.client, withOwnKey: isOwn)
            try await iam.makeRole(
                "Reader", trust: Documents.accountTrust(Self.owner),
                policy: Documents.allowing("kinesis:*", on: Self.stream))
            var reader = iam.client
            reader.credentials = try await iam.assume("arn:aws:iam::999999999999:role/Reader")
            let iterator = try await call(
                reader, "kinesis", "Kinesis_20131202.GetShardIterator",
                #"{"StreamName":"RecipientStream","ShardId":"shardId-000000000000","ShardIteratorType":"LATEST"}"#)
            let token = try #require(iterator.object?["ShardIterator"] as? String)
            let get = #"{"ShardIterator":"\#(token)"}"#
            let first = try await call(reader, "kinesis", "Kinesis_20131202.GetRecords", get)
            guard let key else { return #expect(first.status == 200) }
            #expect(
                first.code == "AccessDeniedException"
                    && first.message?.contains("kms:Decrypt on resource: \(key)") == true)
            try await iam.call(
                "PutRolePolicy",
                [
                    "RoleName": "Reader", "PolicyName": "K",
                    "PolicyDocument": Documents.allowing("kms:Decrypt", on: key),
                ])
            #expect(try await call(reader, "kinesis", "Kinesis_20131202.GetRecords", get).status == 200)
        }
    }

    @Test func destinationsNeedTheKey() async throws {
        var settings = EmulatorSettings()
        settings.checksRoles = true
        try await withEmulator(settings) { _, port in
            let iam = FormClient(port: port, account: Self.owner)
            let key = try #require(try await encrypt(iam.client, withOwnKey: true))
            try await iam.makeRole(
                "CWLtoKinesisRole", trust: Documents.logsTrust,
                policy: Documents.allowing("kinesis:PutRecord", on: Self.stream))
            let put =
                #"{"destinationName":"d","targetArn":"\#(Self.stream)","roleArn":"\#(LogsBench.role)"}"#
            let refused = try await call(iam.client, "logs", "Logs_20140328.PutDestination", put)
            #expect(refused.message?.hasPrefix("Could not deliver test message to specified destination.") == true)
            try await iam.call(
                "PutRolePolicy",
                [
                    "RoleName": "CWLtoKinesisRole", "PolicyName": "K",
                    "PolicyDocument": Documents.allowing("kms:GenerateDataKey", on: key),
                ])
            #expect(try await call(iam.client, "logs", "Logs_20140328.PutDestination", put).status == 200)
        }
    }
}
