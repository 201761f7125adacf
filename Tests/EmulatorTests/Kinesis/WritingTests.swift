import Foundation
import Testing

@testable import Emulator

@Suite struct Writing {
    let kinesis = KinesisBench()

    @Test func recordsComeBackAsTheyWere() async throws {
        try await kinesis.create(shards: 1)
        let put = try await kinesis.put("payload", key: "a \"key\"\n")
        let record = try #require(try await kinesis.page(kinesis.iterator()).records.first)
        #expect(record["PartitionKey"] as? String == "a \"key\"\n")
        #expect(record["Data"] as? String == Data("payload".utf8).base64EncodedString())
        #expect(record["SequenceNumber"] as? String == put["SequenceNumber"] as? String)
        #expect(record["ApproximateArrivalTimestamp"] as? Double == Double(ManualClock.start) / 1000)
        #expect(put["ShardId"] as? String == KinesisBench.shardName(0))
    }

    @Test func goesToTheShardOfTheHashKey() async throws {
        try await kinesis.create(shards: 2)
        // MD5 of a is 0cc1…, of c 4a8a…, of b 92eb…, of d 8277….
        var shards: [String?] = []
        for key in ["a", "c", "b", "d"] { shards.append(try await kinesis.put("x", key: key)["ShardId"] as? String) }
        #expect(shards == [0, 0, 1, 1].map(KinesisBench.shardName))
        let explicit = try await kinesis.put("x", key: "a", hash: "170141183460469231731687303715884105728")
        #expect(explicit["ShardId"] as? String == KinesisBench.shardName(1))
    }

    @Test func severalAtOnceKeepTheirOrder() async throws {
        try await kinesis.create(shards: 1)
        let entries = ["a", "b", "c"].map { ["Data": Data($0.utf8).base64EncodedString(), "PartitionKey": $0] }
        let reply = try await kinesis.call("PutRecords", ["StreamName": "s", "Records": entries])
        let page = try await kinesis.page(kinesis.iterator())
        #expect(page.texts == ["a", "b", "c"])
        #expect(reply["FailedRecordCount"] as? Int == 0)
        let written = reply["Records"] as? [KinesisBench.Object] ?? []
        #expect(written.compactMap { $0["SequenceNumber"] as? String } == page.sequences)
    }

    @Test(
        arguments: [
            (#"{"Data":"AA==","PartitionKey":"k"}"#, nil), (#"{"Data":"","PartitionKey":"k"}"#, nil),
            (#"{"Data":"AA=","PartitionKey":"k"}"#, "SerializationException"),
            (#"{"Data":5,"PartitionKey":"k"}"#, "SerializationException"),
            (#"{"Data":"AA==","PartitionKey":""}"#, "ValidationException"),
            (#"{"Data":"AA=="}"#, "ValidationException"), (#"{"PartitionKey":"k"}"#, "ValidationException"),
            (#"{"Data":"AA==","PartitionKey":"k","ExplicitHashKey":"-1"}"#, "InvalidArgumentException"),
            (#"{"Data":"AA==","PartitionKey":"k","StreamName":"none"}"#, "ResourceNotFoundException"),
        ] as [(String, String?)])
    func isChecked(request: String, code: String?) async throws {
        try await kinesis.create(shards: 1)
        var object = try JSONSerialization.jsonObject(with: Data(request.utf8)) as? KinesisBench.Object ?? [:]
        object.merge(["StreamName": "s"]) { own, _ in own }
        #expect(try await kinesis.code("PutRecord", object) == code)
    }

    @Test(arguments: [(1024, 1_048_575, true), (1024, 1_048_576, false), (2048, 2_097_151, true)])
    func aRecordWithItsKeyHasTheStreamsSizeAtMost(limitKiB: Int, bytes: Int, isTaken: Bool) async throws {
        try await kinesis.call("CreateStream", ["StreamName": "s", "ShardCount": 1, "MaxRecordSizeInKiB": limitKiB])
        let data = Data(count: bytes).base64EncodedString()
        let code = try await kinesis.code("PutRecord", ["StreamName": "s", "Data": data, "PartitionKey": "k"])
        #expect(code == (isTaken ? nil : "ValidationException"))
    }

    @Test func fiveHundredRecordsAreTheMost() async throws {
        try await kinesis.create(shards: 1)
        for (count, code) in [(0, "ValidationException"), (500, nil), (501, "ValidationException")] as [(Int, String?)]
        {
            let entries = Array(repeating: ["Data": "AA==", "PartitionKey": "k"], count: count)
            #expect(try await kinesis.code("PutRecords", ["StreamName": "s", "Records": entries]) == code)
        }
    }

    @Test func isRefusedWhileAStreamIsMadeOrDeleted() async throws {
        let kinesis = KinesisBench { $0.transition = .seconds(5) }
        try await kinesis.create(shards: 1)
        let record: KinesisBench.Object = ["StreamName": "s", "Data": "", "PartitionKey": "k"]
        #expect(try await kinesis.code("PutRecord", record) == "ResourceNotFoundException")
        kinesis.clock.advance(seconds: 5)
        #expect(try await kinesis.code("PutRecord", record) == nil)
        try await kinesis.call("DeleteStream", ["StreamName": "s"])
        #expect(try await kinesis.code("PutRecord", record) == "ResourceNotFoundException")
    }

    @Test func ofPayloadsFromOutsideFindsTheStreamByItsARN() async throws {
        try await kinesis.create(shards: 1)
        let arn = "arn:aws:kinesis:us-east-1:111111111111:stream/s"
        #expect(await kinesis.service.canTakeRecords(streamARN: arn))
        #expect(await kinesis.service.canTakeRecords(streamARN: arn + "2") == false)
        try await kinesis.service.write(Array("x".utf8), partitionKey: "k", streamARN: arn)
        #expect(try await kinesis.texts(kinesis.iterator()) == ["x"])
        #expect(
            await kinesis.service.recordsWritten(
                to: EmulatedStreamName(account: "111111111111", region: "us-east-1", name: "s")) == 1)
        await #expect(throws: ServiceFault.self) {
            try await kinesis.service.write([], partitionKey: "k", streamARN: "arn:aws:sqs:x")
        }
    }
}
