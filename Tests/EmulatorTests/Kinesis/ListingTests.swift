import Foundation
import Testing

@testable import Emulator

@Suite struct ListingShards {
    let kinesis = KinesisBench()

    @Test func goesOnByTheTokenAlone() async throws {
        try await kinesis.create(shards: 2500)
        var request: KinesisBench.Object? = ["StreamName": "s"]
        var (sizes, names) = ([Int](), [String]())
        while let asked = request {
            let reply = try await kinesis.call("ListShards", asked)
            let page = (reply["Shards"] as? [KinesisBench.Object] ?? []).compactMap { $0["ShardId"] as? String }
            sizes.append(page.count)
            names += page
            request = (reply["NextToken"] as? String).map { ["NextToken": $0] }
        }
        #expect(sizes == [1000, 1000, 500])
        #expect(names == (0..<2500).map(KinesisBench.shardName))
    }

    @Test func neverGivesMoreThanAThousandWhateverIsAsked() async throws {
        try await kinesis.create(shards: 1001)
        #expect(try await kinesis.shards(["StreamName": "s", "MaxResults": 10_000]).count == 1000)
        #expect(try await kinesis.shards(["StreamName": "s", "MaxResults": 7]).count == 7)
        for wrong in [0, 10_001] {
            #expect(
                try await kinesis.code("ListShards", ["StreamName": "s", "MaxResults": wrong]) == "ValidationException")
        }
    }

    @Test(arguments: [
        #"{"StreamName":"s"}"#, #"{"StreamARN":"arn:aws:kinesis:us-east-1:111111111111:stream/s"}"#,
        #"{"StreamCreationTimestamp":1}"#, #"{"ExclusiveStartShardId":"shardId-000000000000"}"#,
        #"{"ShardFilter":{"Type":"AT_LATEST"}}"#,
    ])
    func refusesATokenWithCompany(company: String) async throws {
        try await kinesis.create(shards: 3)
        let reply = try await kinesis.call("ListShards", ["StreamName": "s", "MaxResults": 1])
        var request = try JSONSerialization.jsonObject(with: Data(company.utf8)) as? KinesisBench.Object ?? [:]
        request["NextToken"] = reply["NextToken"]
        #expect(try await kinesis.code("ListShards", request) == "InvalidArgumentException")
        request = ["NextToken": reply["NextToken"] as Any, "MaxResults": 2]
        #expect(try await kinesis.shards(request).count == 2)
    }

    @Test func refusesATokenThatIsOldOrMadeUp() async throws {
        try await kinesis.create(shards: 3)
        let reply = try await kinesis.call("ListShards", ["StreamName": "s", "MaxResults": 1])
        let token = try #require(reply["NextToken"] as? String)
        let other = Caller(account: "222222222222", region: "us-east-1", accessKeyID: "")
        #expect(
            try await kinesis.code("ListShards", ["NextToken": token], as: other) == "InvalidArgumentException")
        #expect(try await kinesis.code("ListShards", ["NextToken": "x"]) == "InvalidArgumentException")
        kinesis.clock.advance(seconds: 300)
        #expect(try await kinesis.code("ListShards", ["NextToken": token]) == nil)
        kinesis.clock.advance(milliseconds: 1)
        #expect(try await kinesis.code("ListShards", ["NextToken": token]) == "ExpiredNextTokenException")
    }

    @Test func refusesATokenOfAStreamThatWasMadeAnew() async throws {
        try await kinesis.create(shards: 3)
        let reply = try await kinesis.call("ListShards", ["StreamName": "s", "MaxResults": 1])
        try await kinesis.call("DeleteStream", ["StreamName": "s"])
        try await kinesis.create(shards: 3)
        let token = try #require(reply["NextToken"] as? String)
        #expect(try await kinesis.code("ListShards", ["NextToken": token]) == "ExpiredNextTokenException")
    }

    /// Shard 0 and 1 from the start, 2 and 3 from 0 ten minutes later, 4 from 2 and 3 after ten more.
    @Test(arguments: [
        (#"{"Type":"FROM_TRIM_HORIZON"}"#, [0, 1, 2, 3, 4]), (#"{"Type":"AT_TRIM_HORIZON"}"#, [0, 1]),
        (#"{"Type":"AT_LATEST"}"#, [1, 4]), (#"{"Type":"AFTER_SHARD_ID","ShardId":"shardId-000000000002"}"#, [3, 4]),
        (#"{"Type":"AT_TIMESTAMP","Timestamp":1795176300}"#, [0, 1]),
        (#"{"Type":"AT_TIMESTAMP","Timestamp":1795176900}"#, [1, 2, 3]),
        (#"{"Type":"AT_TIMESTAMP","Timestamp":1}"#, [0, 1]),
        (#"{"Type":"FROM_TIMESTAMP","Timestamp":1795176900}"#, [1, 2, 3, 4]),
        (#"{"Type":"FROM_TIMESTAMP","Timestamp":1795177500}"#, [1, 4]),
    ])
    func filters(filter: String, expected: [Int]) async throws {
        try await kinesis.create(shards: 2)
        kinesis.clock.advance(seconds: 600)
        try await kinesis.call(
            "SplitShard",
            ["StreamName": "s", "ShardToSplit": KinesisBench.shardName(0), "NewStartingHashKey": "1000"])
        kinesis.clock.advance(seconds: 600)
        try await kinesis.call(
            "MergeShards",
            [
                "StreamName": "s", "ShardToMerge": KinesisBench.shardName(2),
                "AdjacentShardToMerge": KinesisBench.shardName(3),
            ])
        kinesis.clock.advance(seconds: 600)
        let object = try JSONSerialization.jsonObject(with: Data(filter.utf8)) as? KinesisBench.Object ?? [:]
        #expect(try await kinesis.shardNames(object) == expected.map(KinesisBench.shardName))
    }

    @Test(arguments: [
        (#"{"Type":"AT_TIMESTAMP"}"#, "InvalidArgumentException"),
        (#"{"Type":"AFTER_SHARD_ID"}"#, "InvalidArgumentException"),
        (#"{"Type":"AT_TIMESTAMP","Timestamp":1999999999}"#, "InvalidArgumentException"),
        (#"{"Type":"ELSEWHERE"}"#, "ValidationException"),
    ])
    func refusesFiltersThatSayTooLittle(filter: String, code: String) async throws {
        try await kinesis.create(shards: 2)
        let object = try JSONSerialization.jsonObject(with: Data(filter.utf8))
        #expect(try await kinesis.code("ListShards", ["StreamName": "s", "ShardFilter": object]) == code)
    }
}

@Suite struct StreamsOfAnAccount {
    let kinesis = KinesisBench()

    @Test func areItsOwnInEachRegion() async throws {
        try await kinesis.create(shards: 1)
        let others = [
            Caller(account: "222222222222", region: "us-east-1", accessKeyID: ""),
            Caller(account: "111111111111", region: "eu-west-1", accessKeyID: ""),
        ]
        for other in others {
            #expect(
                try await kinesis.code("ListShards", ["StreamName": "s"], as: other) == "ResourceNotFoundException")
        }
        let arn = ["StreamARN": "arn:aws:kinesis:us-east-1:111111111111:stream/s"]
        #expect(try await kinesis.code("ListShards", arn) == nil)
        #expect(try await kinesis.code("ListShards", arn, as: others[0]) == "AccessDeniedException")
        #expect(try await kinesis.code("ListShards", arn, as: others[1]) == "ResourceNotFoundException")
    }

    @Test func areListedByName() async throws {
        for name in ["c", "a", "b"] { try await kinesis.create(name, shards: 1) }
        let first = try await kinesis.call("ListStreams", ["Limit": 2])
        #expect(first["StreamNames"] as? [String] == ["a", "b"] && first["HasMoreStreams"] as? Bool == true)
        let second = try await kinesis.call("ListStreams", ["NextToken": first["NextToken"] as Any])
        #expect(second["StreamNames"] as? [String] == ["c"] && second["HasMoreStreams"] as? Bool == false)
    }

    @Test func areMadeOnceAndDescribed() async throws {
        try await kinesis.call(
            "CreateStream",
            ["StreamName": "s", "ShardCount": 3, "MaxRecordSizeInKiB": 4096, "Tags": ["Team": "logs", "env": "x"]])
        #expect(
            try await kinesis.code("CreateStream", ["StreamName": "s", "ShardCount": 1]) == "ResourceInUseException")
        let reply = try await kinesis.call("DescribeStreamSummary", ["StreamName": "s"])
        let summary = try #require(reply["StreamDescriptionSummary"] as? KinesisBench.Object)
        #expect(summary["StreamARN"] as? String == "arn:aws:kinesis:us-east-1:111111111111:stream/s")
        #expect(summary["StreamStatus"] as? String == "ACTIVE")
        #expect(summary["OpenShardCount"] as? Int == 3 && summary["RetentionPeriodHours"] as? Int == 24)
        #expect(summary["MaxRecordSizeInKiB"] as? Int == 4096)
        #expect(summary["StreamCreationTimestamp"] as? Double == Double(ManualClock.start) / 1000)

        try await kinesis.call("AddTagsToStream", ["StreamName": "s", "Tags": ["env": "y"]])
        let tags = try await kinesis.call("ListTagsForStream", ["StreamName": "s"])["Tags"] as? [[String: String]]
        #expect(tags == [["Key": "Team", "Value": "logs"], ["Key": "env", "Value": "y"]])
    }

    @Test func showAHundredShardsADescription() async throws {
        try await kinesis.create(shards: 150)
        let reply = try await kinesis.call("DescribeStream", ["StreamName": "s"])
        let stream = try #require(reply["StreamDescription"] as? KinesisBench.Object)
        #expect((stream["Shards"] as? [Any])?.count == 100 && stream["HasMoreShards"] as? Bool == true)
        let rest = try await kinesis.call(
            "DescribeStream", ["StreamName": "s", "ExclusiveStartShardId": KinesisBench.shardName(99)])
        let more = try #require(rest["StreamDescription"] as? KinesisBench.Object)
        #expect((more["Shards"] as? [Any])?.count == 50 && more["HasMoreShards"] as? Bool == false)
    }

    @Test func keepRecordsLongerWhenAskedTo() async throws {
        try await kinesis.create(shards: 1)
        try await kinesis.put("a")
        try await kinesis.call("IncreaseStreamRetentionPeriod", ["StreamName": "s", "RetentionPeriodHours": 48])
        kinesis.clock.advance(seconds: 30 * 3600)
        #expect(try await kinesis.texts(kinesis.iterator()) == ["a"])
        for hours in [24, 8761] {
            #expect(
                try await kinesis.code(
                    "IncreaseStreamRetentionPeriod", ["StreamName": "s", "RetentionPeriodHours": hours])
                    == "InvalidArgumentException")
        }
    }

    @Test(arguments: [
        (#"{"StreamName":"a b","ShardCount":1}"#, "ValidationException"), (#"{"ShardCount":1}"#, "ValidationException"),
        (#"{"StreamName":"s"}"#, "ValidationException"), (#"{"StreamName":"s","ShardCount":0}"#, "ValidationException"),
        (#"{"StreamName":"s","ShardCount":"x"}"#, "SerializationException"),
        (#"{"StreamName":"s","ShardCount":1,"MaxRecordSizeInKiB":1}"#, "ValidationException"),
        (#"{"StreamName":"s","ShardCount":10001}"#, "LimitExceededException"),
    ])
    func areNotMadeFromNonsense(request: String, code: String) async throws {
        let object = try JSONSerialization.jsonObject(with: Data(request.utf8)) as? KinesisBench.Object ?? [:]
        #expect(try await kinesis.code("CreateStream", object) == code)
    }

    @Test func thatAreDeletedAreGone() async throws {
        let kinesis = KinesisBench { $0.transition = .seconds(5) }
        try await kinesis.create(shards: 1)
        kinesis.clock.advance(seconds: 5)
        let iterator = try await kinesis.iterator()
        try await kinesis.call("DeleteStream", ["StreamName": "s"])
        let summary = try await kinesis.call("DescribeStreamSummary", ["StreamName": "s"])
        #expect((summary["StreamDescriptionSummary"] as? KinesisBench.Object)?["StreamStatus"] as? String == "DELETING")
        kinesis.clock.advance(seconds: 5)
        #expect(
            try await kinesis.code("DescribeStreamSummary", ["StreamName": "s"]) == "ResourceNotFoundException")
        #expect(try await kinesis.code("GetRecords", ["ShardIterator": iterator]) == "ResourceNotFoundException")
    }

    @Test func unknownOperationsAreNamed() async throws {
        #expect(try await kinesis.code("Dance", [:]) == "UnknownOperationException")
    }
}
