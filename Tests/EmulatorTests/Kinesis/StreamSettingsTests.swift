import Testing

@testable import Emulator

@Suite struct StreamSettings {
    let kinesis = KinesisBench()
    private let arn = "arn:aws:kinesis:us-east-1:111111111111:stream/s"

    private func createOnDemand(_ strategy: String? = nil) async throws {
        var request: KinesisBench.Object = ["StreamName": "s", "StreamModeDetails": ["StreamMode": "ON_DEMAND"]]
        request["RecordDistributionStrategy"] = strategy
        try await kinesis.call("CreateStream", request)
    }

    private func shardsOfTenRecords() async throws -> Set<String> {
        var shards: Set<String> = []
        for _ in 0..<10 { shards.insert(try await kinesis.put("x", key: "a")["ShardId"] as? String ?? "") }
        return shards
    }

    @Test func onlyOnDemandStreamsSayHowTheyDistribute() async throws {
        try await createOnDemand()
        #expect(try await kinesis.summary()["RecordDistributionStrategy"] as? String == "USER_PARTITION_KEY")
        #expect(try await kinesis.summary()["ConsumerCount"] as? Int == 0)
        try await kinesis.call("DeleteStream", ["StreamName": "s", "EnforceConsumerDeletion": true])
        try await kinesis.create(shards: 1)
        #expect(try await kinesis.summary()["RecordDistributionStrategy"] == nil)
    }

    @Test func autoSpreadsTheRecordsOfOneKey() async throws {
        try await createOnDemand("AUTO")
        #expect(try await kinesis.summary()["RecordDistributionStrategy"] as? String == "AUTO")
        #expect(try await shardsOfTenRecords().count > 1)
        try await kinesis.call(
            "UpdateStreamRecordDistributionStrategy",
            ["StreamARN": arn, "RecordDistributionStrategy": "USER_PARTITION_KEY"])
        #expect(try await shardsOfTenRecords() == [KinesisBench.shardName(0)])
    }

    @Test func provisionedStreamsGoByPartitionKey() async throws {
        let request: KinesisBench.Object = [
            "StreamName": "s", "ShardCount": 1, "RecordDistributionStrategy": "AUTO",
        ]
        #expect(try await kinesis.code("CreateStream", request) == "InvalidArgumentException")
        try await kinesis.create(shards: 1)
        #expect(
            try await kinesis.code(
                "UpdateStreamRecordDistributionStrategy", ["StreamARN": arn, "RecordDistributionStrategy": "AUTO"])
                == "InvalidArgumentException")
    }

    @Test func theModeChangesTwiceADay() async throws {
        try await kinesis.create(shards: 2)
        func change(to mode: String) async throws -> String? {
            try await kinesis.code(
                "UpdateStreamMode", ["StreamARN": arn, "StreamModeDetails": ["StreamMode": mode]])
        }
        #expect(try await change(to: "PROVISIONED") == nil)
        #expect(try await change(to: "ON_DEMAND") == nil)
        let summary = try await kinesis.summary()
        #expect((summary["StreamModeDetails"] as? [String: String]) == ["StreamMode": "ON_DEMAND"])
        #expect(summary["OpenShardCount"] as? Int == 2)
        #expect(try await change(to: "PROVISIONED") == nil)
        #expect(try await change(to: "ON_DEMAND") == "LimitExceededException")
        kinesis.clock.advance(seconds: 24 * 3600)
        #expect(try await change(to: "ON_DEMAND") == nil)
    }

    @Test func retentionGoesUpAndDownByTheCallForIt() async throws {
        try await kinesis.create(shards: 1)
        func change(_ operation: String, _ hours: Int) async throws -> String? {
            try await kinesis.code(
                operation + "StreamRetentionPeriod", ["StreamName": "s", "RetentionPeriodHours": hours])
        }
        #expect(try await change("Increase", 48) == nil)
        #expect(try await change("Increase", 36) == "InvalidArgumentException")
        #expect(try await change("Decrease", 72) == "InvalidArgumentException")
        #expect(try await change("Decrease", 23) == "InvalidArgumentException")
        #expect(try await change("Decrease", 30) == nil)
        #expect(try await kinesis.summary()["RetentionPeriodHours"] as? Int == 30)
    }

    @Test func tagsAreOneListByNameAndByARN() async throws {
        try await kinesis.call("CreateStream", ["StreamName": "s", "ShardCount": 1, "Tags": ["a": "1", "b": "2"]])
        try await kinesis.call("AddTagsToStream", ["StreamName": "s", "Tags": ["c": "3"]])
        try await kinesis.call("TagResource", ["ResourceARN": arn, "Tags": ["d": "4", "a": "5"]])
        try await kinesis.call("RemoveTagsFromStream", ["StreamName": "s", "TagKeys": ["b", "none"]])
        try await kinesis.call("UntagResource", ["ResourceARN": arn, "TagKeys": ["c"]])
        let byName = try await kinesis.call("ListTagsForStream", ["StreamName": "s"])
        let byARN = try await kinesis.call("ListTagsForResource", ["ResourceARN": arn])
        let tags = [["Key": "a", "Value": "5"], ["Key": "d", "Value": "4"]]
        #expect(byName["Tags"] as? [[String: String]] == tags)
        #expect(byARN["Tags"] as? [[String: String]] == tags)
        #expect(
            try await kinesis.code("ListTagsForResource", ["ResourceARN": arn + "2"]) == "ResourceNotFoundException")
        #expect(
            try await kinesis.code("RemoveTagsFromStream", ["StreamName": "s", "TagKeys": [String]()])
                == "ValidationException")
        let many = Dictionary(uniqueKeysWithValues: (0..<51).map { ("\($0)", "") })
        #expect(
            try await kinesis.code("TagResource", ["ResourceARN": arn, "Tags": many]) == "InvalidArgumentException")
        #expect(
            try await kinesis.code("CreateStream", ["StreamName": "t", "ShardCount": 1, "Tags": many])
                == "InvalidArgumentException")
    }
}
