import Foundation
import Testing

@testable import Emulator

@Suite struct EncryptedStreams {
    let kinesis = KinesisBench()

    private func encrypt(with key: String) async throws {
        try await kinesis.call(
            "StartStreamEncryption", ["StreamName": "s", "EncryptionType": "KMS", "KeyId": key])
    }

    private func makeKey() async throws -> String {
        let reply = try await kinesis.call(kinesis.keys, "CreateKey", [:])
        return try #require((reply["KeyMetadata"] as? KinesisBench.Object)?["Arn"] as? String)
    }

    @Test(arguments: ["DescribeStreamSummary", "DescribeStream"])
    func areDescribedWithTheirKeyAsItWasNamed(operation: String) async throws {
        try await kinesis.create(shards: 1)
        func described() async throws -> [String?] {
            let reply = try await kinesis.call(operation, ["StreamName": "s"])
            let stream = (reply["StreamDescriptionSummary"] ?? reply["StreamDescription"]) as? KinesisBench.Object
            return [stream?["EncryptionType"] as? String, stream?["KeyId"] as? String]
        }
        #expect(try await described() == ["NONE", nil])
        try await encrypt(with: "alias/aws/kinesis")
        #expect(try await described() == ["KMS", "alias/aws/kinesis"])
        try await kinesis.call(
            "StopStreamEncryption", ["StreamName": "s", "EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"])
        #expect(try await described() == ["NONE", nil])
    }

    @Test func sayThatTheirRecordsAreEncrypted() async throws {
        try await kinesis.create(shards: 1)
        #expect(try await kinesis.put("plain")["EncryptionType"] as? String == "NONE")
        try await encrypt(with: "alias/aws/kinesis")
        #expect(try await kinesis.put("secret")["EncryptionType"] as? String == "KMS")
        let batch: KinesisBench.Object = ["StreamName": "s", "Records": [["Data": "AA==", "PartitionKey": "k"]]]
        #expect(try await kinesis.call("PutRecords", batch)["EncryptionType"] as? String == "KMS")
        let records = try await kinesis.page(kinesis.iterator()).records
        #expect(records.map { $0["EncryptionType"] as? String } == [nil, "KMS", "KMS"])
    }

    @Test func areUpdatingForAWhileInWhichRecordsGoOn() async throws {
        let kinesis = KinesisBench { $0.transition = .seconds(5) }
        try await kinesis.create(shards: 1)
        let start: KinesisBench.Object = ["StreamName": "s", "EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"]
        #expect(try await kinesis.code("StartStreamEncryption", start) == "ResourceInUseException")
        kinesis.clock.advance(seconds: 5)
        try await kinesis.call("StartStreamEncryption", start)
        #expect(try await kinesis.summary()["StreamStatus"] as? String == "UPDATING")
        #expect(try await kinesis.code("StopStreamEncryption", start) == "ResourceInUseException")
        try await kinesis.put("x")
        kinesis.clock.advance(seconds: 5)
        #expect(try await kinesis.summary()["StreamStatus"] as? String == "ACTIVE")
    }

    /// What is done to the key, and what Kinesis then says of each record.
    @Test(
        arguments: [
            (["DisableKey"], "KMSDisabledException"), (["ScheduleKeyDeletion"], "KMSInvalidStateException"),
            (["ScheduleKeyDeletion", "CancelKeyDeletion"], "KMSDisabledException"),
            (["ScheduleKeyDeletion", "CancelKeyDeletion", "EnableKey"], nil), (["DisableKey", "EnableKey"], nil),
        ] as [([String], String?)])
    func takeAndGiveNothingWithoutTheirKey(acts: [String], code: String?) async throws {
        try await kinesis.create(shards: 1)
        let key = try await makeKey()
        try await encrypt(with: key)
        try await kinesis.put("x")
        for act in acts { try await kinesis.call(kinesis.keys, act, ["KeyId": key]) }
        let record: KinesisBench.Object = ["StreamName": "s", "Data": "AA==", "PartitionKey": "k"]
        #expect(try await kinesis.code("PutRecord", record) == code)
        let batch: KinesisBench.Object = ["StreamName": "s", "Records": [["Data": "AA==", "PartitionKey": "k"]]]
        #expect(try await kinesis.code("PutRecords", batch) == code)
        #expect(try await kinesis.code("GetRecords", ["ShardIterator": kinesis.iterator()]) == code)
        let start: KinesisBench.Object = ["StreamName": "s", "EncryptionType": "KMS", "KeyId": key]
        #expect(try await kinesis.code("StartStreamEncryption", start) == code)
    }

    @Test func readTheSameOnceTheKeyIsBack() async throws {
        try await kinesis.create(shards: 1)
        let key = try await makeKey()
        try await encrypt(with: key)
        try await kinesis.put("x")
        try await kinesis.call(kinesis.keys, "DisableKey", ["KeyId": key])
        #expect(
            try await kinesis.message("GetRecords", ["ShardIterator": kinesis.iterator()]) == "\(key) is disabled.")
        let arn = "arn:aws:kinesis:us-east-1:111111111111:stream/s"
        await #expect(throws: ServiceFault.self) {
            try await kinesis.service.write([], partitionKey: "k", streamARN: arn)
        }
        try await kinesis.call(kinesis.keys, "EnableKey", ["KeyId": key])
        #expect(try await kinesis.texts(kinesis.iterator()) == ["x"])
    }

    @Test(
        arguments: [
            ("KMS", "1234abcd-12ab-34cd-56ef-1234567890ab", "s", "KMSNotFoundException"),
            ("KMS", "arn:aws:kms:us-east-1:111111111111:key/1234", "s", "KMSNotFoundException"),
            ("KMS", "alias/mine", "s", "KMSNotFoundException"), ("KMS", "arn:aws:s3:::b", "s", "KMSNotFoundException"),
            ("KMS", "arn:aws:kms:eu-west-1:111111111111:alias/aws/kinesis", "s", "KMSNotFoundException"),
            ("NONE", "alias/aws/kinesis", "s", "InvalidArgumentException"),
            ("KMS", "alias/aws/kinesis", "none", "ResourceNotFoundException"),
            ("AES", "alias/aws/kinesis", "s", "SerializationException"),
            ("KMS", "arn:aws:kms:us-east-1:111111111111:alias/aws/kinesis", "s", nil),
        ] as [(String, String, String, String?)])
    func areRefused(type: String, key: String, stream: String, code: String?) async throws {
        try await kinesis.create(shards: 1)
        let request: KinesisBench.Object = ["StreamName": stream, "EncryptionType": type, "KeyId": key]
        #expect(try await kinesis.code("StartStreamEncryption", request) == code)
    }

    @Test func changeTwentyFiveTimesADay() async throws {
        try await kinesis.create(shards: 1)
        for _ in 0..<25 { try await encrypt(with: "alias/aws/kinesis") }
        let request: KinesisBench.Object = ["StreamName": "s", "EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"]
        #expect(try await kinesis.code("StartStreamEncryption", request) == "LimitExceededException")
        kinesis.clock.advance(seconds: 24 * 3600)
        #expect(try await kinesis.code("StartStreamEncryption", request) == nil)
    }
}
