import Foundation
import Testing

@testable import Emulator

@Suite struct Resharding {
    let kinesis = KinesisBench()
    private let half = "170141183460469231731687303715884105728"

    private func split(_ shard: Int, at key: String) async throws {
        try await kinesis.split(shard, at: key)
        kinesis.clock.advance(seconds: 1)
    }

    private func merge(_ one: Int, _ other: Int) async throws {
        try await kinesis.merge(one, other)
        kinesis.clock.advance(seconds: 1)
    }

    @Test func aSplitClosesTheParentAndOpensTwoChildren() async throws {
        try await kinesis.create(shards: 1)
        let last = try await kinesis.put("before")["SequenceNumber"] as? String ?? ""
        try await split(0, at: half)
        let shards = try await kinesis.shards()
        #expect(shards.compactMap { $0["ShardId"] as? String } == (0..<3).map(KinesisBench.shardName))
        #expect(
            shards.map { $0["ParentShardId"] as? String } == [
                nil, KinesisBench.shardName(0), KinesisBench.shardName(0),
            ])
        let ranges = shards.compactMap { $0["HashKeyRange"] as? [String: String] }
        #expect(ranges[1]["EndingHashKey"] == "170141183460469231731687303715884105727")
        #expect(ranges[2]["StartingHashKey"] == half)
        let sequences = shards.compactMap { $0["SequenceNumberRange"] as? [String: String] }
        #expect(sequences.map { $0["EndingSequenceNumber"] == nil } == [false, true, true])
        let ending = try #require(sequences[0]["EndingSequenceNumber"])
        #expect(last < ending && ending < (sequences[1]["StartingSequenceNumber"] ?? ""))
    }

    @Test func aMergedShardNamesBothParents() async throws {
        try await kinesis.create(shards: 2)
        try await merge(1, 0)
        let child = try #require(try await kinesis.shards().last)
        #expect(child["ParentShardId"] as? String == KinesisBench.shardName(1))
        #expect(child["AdjacentParentShardId"] as? String == KinesisBench.shardName(0))
        #expect((child["HashKeyRange"] as? [String: String])?["StartingHashKey"] == "0")
        #expect(
            (child["HashKeyRange"] as? [String: String])?["EndingHashKey"] == "340282366920938463463374607431768211455")
    }

    @Test func theLastPageOfAClosedShardHasRecordsChildrenAndNoNextIterator() async throws {
        try await kinesis.create(shards: 1)
        for text in ["a", "b"] { try await kinesis.put(text) }
        try await split(0, at: half)
        let first = try await kinesis.page(kinesis.iterator(), limit: 1)
        #expect(first.texts == ["a"] && first.children == nil)
        let last = try await kinesis.page(#require(first.next), limit: 1)
        #expect(last.texts == ["b"] && last.next == nil && last.behind == 0)
        #expect(last.children?.compactMap { $0["ShardId"] as? String } == [1, 2].map(KinesisBench.shardName))
        #expect(
            last.children?.compactMap { $0["ParentShards"] as? [String] }
                == Array(repeating: [KinesisBench.shardName(0)], count: 2))
        #expect(last.children?.allSatisfy { $0["HashKeyRange"] is [String: String] } == true)
    }

    @Test(arguments: ["TRIM_HORIZON", "LATEST"])
    func anEmptyClosedShardEndsAtOnce(type: String) async throws {
        try await kinesis.create(shards: 1)
        try await split(0, at: half)
        let page = try await kinesis.page(kinesis.iterator(type))
        #expect(page.records.isEmpty && page.next == nil && page.children?.count == 2)
    }

    @Test func recordsWrittenAfterwardsGoToTheChildren() async throws {
        try await kinesis.create(shards: 1)
        try await split(0, at: half)
        #expect(try await kinesis.put("x", key: "a")["ShardId"] as? String == KinesisBench.shardName(1))
        #expect(try await kinesis.put("x", key: "b")["ShardId"] as? String == KinesisBench.shardName(2))
        try await merge(1, 2)
        #expect(try await kinesis.put("x", key: "b")["ShardId"] as? String == KinesisBench.shardName(3))
    }

    @Test func whatCannotBeSplitOrMergedIsRefused() async throws {
        try await kinesis.create(shards: 3)
        try await split(0, at: "1000")
        let splits = [(0, "2000"), (1, "0"), (1, "1"), (1, "999"), (1, "5000")]
        for (shard, key) in splits {
            let request = ["StreamName": "s", "ShardToSplit": KinesisBench.shardName(shard), "NewStartingHashKey": key]
            #expect(try await kinesis.code("SplitShard", request) == "InvalidArgumentException", "\(shard) at \(key)")
        }
        for (one, other) in [(0, 1), (4, 2), (3, 2), (1, 1)] where (one, other) != (4, 2) {
            let request = [
                "StreamName": "s", "ShardToMerge": KinesisBench.shardName(one),
                "AdjacentShardToMerge": KinesisBench.shardName(other),
            ]
            #expect(try await kinesis.code("MergeShards", request) == "InvalidArgumentException", "\(one) \(other)")
        }
    }

    @Test func aChangeTakesItsTimeAndOneGoesAtATime() async throws {
        let kinesis = KinesisBench { $0.transition = .seconds(5) }
        try await kinesis.create(shards: 1)
        kinesis.clock.advance(seconds: 5)
        let request = ["StreamName": "s", "ShardToSplit": KinesisBench.shardName(0), "NewStartingHashKey": half]
        try await kinesis.call("SplitShard", request)
        let summary = try await kinesis.call("DescribeStreamSummary", ["StreamName": "s"])
        #expect((summary["StreamDescriptionSummary"] as? KinesisBench.Object)?["StreamStatus"] as? String == "UPDATING")
        try await kinesis.put("written meanwhile")
        #expect(try await kinesis.code("SplitShard", request) == "ResourceInUseException")
        kinesis.clock.advance(seconds: 5)
        #expect(try await kinesis.code("SplitShard", request) == "InvalidArgumentException")
    }

    @Test func onDemandStreamsReshardByThemselvesOnly() async throws {
        try await kinesis.call(
            "CreateStream", ["StreamName": "s", "StreamModeDetails": ["StreamMode": "ON_DEMAND"]])
        #expect(try await kinesis.shards().count == 4)
        let scale: KinesisBench.Object = ["StreamName": "s", "TargetShardCount": 8, "ScalingType": "UNIFORM_SCALING"]
        #expect(try await kinesis.code("UpdateShardCount", scale) == "ValidationException")
    }

    @Test(arguments: [(2, 4), (4, 2), (2, 3), (3, 2), (5, 7), (7, 5), (3, 3), (1, 2)])
    func scalingEndsWithEqualRangesAndWholeLineage(from: Int, to: Int) async throws {
        try await kinesis.create(shards: from)
        let reply = try await kinesis.call(
            "UpdateShardCount", ["StreamName": "s", "TargetShardCount": to, "ScalingType": "UNIFORM_SCALING"])
        #expect(reply["CurrentShardCount"] as? Int == from && reply["TargetShardCount"] as? Int == to)
        let open = try await kinesis.shards(["StreamName": "s", "ShardFilter": ["Type": "AT_LATEST"]])
        let starts = open.compactMap { ($0["HashKeyRange"] as? [String: String])?["StartingHashKey"] }
        #expect(Set(starts) == Set(HashKeyRange.parts(to).map { String($0.first) }))
        #expect(open.count == to)
        let all = try await kinesis.shards()
        let parents = Set(
            all.flatMap { [$0["ParentShardId"], $0["AdjacentParentShardId"]] }.compactMap { $0 as? String })
        #expect(parents.count == all.count - to, "every shard that is not open has a child")
    }

    @Test(arguments: [(2, 5), (5, 2)])
    func scalingBeyondTwiceOrHalfIsRefused(from: Int, to: Int) async throws {
        try await kinesis.create(shards: from)
        let request: KinesisBench.Object = [
            "StreamName": "s", "TargetShardCount": to, "ScalingType": "UNIFORM_SCALING",
        ]
        #expect(try await kinesis.code("UpdateShardCount", request) == "LimitExceededException")
    }

    @Test func aClosedShardIsGoneWhenItHasAgedOut() async throws {
        try await kinesis.create(shards: 1)
        try await split(0, at: half)
        kinesis.clock.advance(seconds: 24 * 3600)
        #expect(
            try await kinesis.shards().compactMap { $0["ShardId"] as? String } == [1, 2].map(KinesisBench.shardName))
        let request = ["StreamName": "s", "ShardId": KinesisBench.shardName(0), "ShardIteratorType": "TRIM_HORIZON"]
        #expect(try await kinesis.code("GetShardIterator", request) == "ResourceNotFoundException")
    }
}
