import Foundation
import Testing

@testable import Emulator

extension KinesisBench {
    fileprivate func openCount() async throws -> Int? { try await summary()["OpenShardCount"] as? Int }

    /// Every shard with its parents, by number.
    fileprivate func lineage() async throws -> [String] {
        try await shards().map { shard in
            let parents = [shard["ParentShardId"], shard["AdjacentParentShardId"]].compactMap { $0 as? String }
            let range = shard["HashKeyRange"] as? [String: String] ?? [:]
            return
                "\(shard["ShardId"] ?? ""): \(parents) \(range["StartingHashKey"] ?? "") \(range["EndingHashKey"] ?? "")"
        }
    }
}

@Suite struct Scaling {
    /// From 2 to 3: the thirds are cut out of the halves, then what lies between the cuts is merged.
    @Test func makesShardsThatLiveForAMomentAndTakeRecords() async throws {
        let kinesis = KinesisBench { $0.transition = .seconds(6) }
        try await kinesis.create(shards: 2)
        kinesis.clock.advance(seconds: 6)
        try await kinesis.scale(to: 3)
        // The middle of all hash keys, where each step has another shard.
        let middle = "170141183460469231731687303715884105727"
        var holders: [String] = []
        var open: [Int?] = []
        for second in 0..<7 {
            holders.append(try #require(try await kinesis.put("\(second)", hash: middle)["ShardId"] as? String))
            open.append(try await kinesis.openCount())
            let status = try await kinesis.summary()["StreamStatus"] as? String
            #expect(status == (second < 6 ? "UPDATING" : "ACTIVE"))
            kinesis.clock.advance(seconds: 1)
        }
        // Steps at 0, 2 and 4 seconds: split shard 0 into 2 and 3, shard 1 into 4 and 5, merge 3 and 4 into 6.
        #expect(holders == [3, 3, 3, 3, 6, 6, 6].map(KinesisBench.shardName))
        #expect(open == [3, 3, 4, 4, 3, 3, 3])
        #expect(try await kinesis.texts(kinesis.iterator(shard: 3)) == ["0", "1", "2", "3"])
        let last = try await kinesis.page(kinesis.iterator(shard: 3))
        #expect(last.next == nil)
        #expect(last.children?.compactMap { $0["ShardId"] as? String } == [KinesisBench.shardName(6)])
        #expect(last.children?.first?["ParentShards"] as? [String] == [3, 4].map(KinesisBench.shardName))
    }

    @Test func goesOnForGenerations() async throws {
        let kinesis = KinesisBench()
        try await kinesis.create(shards: 4)
        for count in [8, 5, 3, 6, 12, 7, 4, 2, 1, 2] {
            try await kinesis.scale(to: count)
            #expect(try await kinesis.openCount() == count)
            kinesis.clock.advance(seconds: 1)
        }
        let shards = try await kinesis.shards()
        var parents: [String: [String]] = [:]
        for shard in shards {
            parents[shard["ShardId"] as? String ?? ""] = [shard["ParentShardId"], shard["AdjacentParentShardId"]]
                .compactMap { $0 as? String }
        }
        var depths: [String: Int] = [:]
        for id in parents.keys.sorted() {
            depths[id] = (parents[id] ?? []).compactMap { depths[$0] }.max().map { $0 + 1 } ?? 0
        }
        #expect((depths.values.max() ?? 0) >= 10)
    }

    @Test func isLimitedToTenTimesADay() async throws {
        let kinesis = KinesisBench()
        try await kinesis.create(shards: 2)
        let request: KinesisBench.Object = [
            "StreamName": "s", "TargetShardCount": 2, "ScalingType": "UNIFORM_SCALING",
        ]
        for _ in 0..<10 {
            #expect(try await kinesis.code("UpdateShardCount", request) == nil)
            kinesis.clock.advance(seconds: 3600)
        }
        #expect(try await kinesis.code("UpdateShardCount", request) == "LimitExceededException")
        kinesis.clock.advance(seconds: 14 * 3600 - 1)
        #expect(try await kinesis.code("UpdateShardCount", request) == "LimitExceededException")
        kinesis.clock.advance(seconds: 1)
        #expect(try await kinesis.code("UpdateShardCount", request) == nil)

        let unlimited = KinesisBench { $0.scalingsPerDayMax = nil }
        try await unlimited.create(shards: 2)
        for _ in 0..<30 { #expect(try await unlimited.code("UpdateShardCount", request) == nil) }
    }

    @Test(arguments: [(0, "ValidationException"), (10_001, "ValidationException"), (10_000, nil)])
    func isLimitedToTenThousandShards(target: Int, code: String?) async throws {
        let kinesis = KinesisBench()
        try await kinesis.create(shards: 5000)
        let request: KinesisBench.Object = [
            "StreamName": "s", "TargetShardCount": target, "ScalingType": "UNIFORM_SCALING",
        ]
        #expect(try await kinesis.code("UpdateShardCount", request) == code)
        if code == nil { #expect(try await kinesis.openCount() == target) }
    }

    @Test func anotherWaysOfScalingAreUnknown() async throws {
        let kinesis = KinesisBench()
        try await kinesis.create(shards: 2)
        #expect(
            try await kinesis.code(
                "UpdateShardCount", ["StreamName": "s", "TargetShardCount": 2, "ScalingType": "AT_WILL"])
                == "ValidationException")
    }
}

@Suite struct ReshardingOnSchedule {
    /// The lineage after two minutes in which the stream was used every second.
    private func lineage(seed: UInt64) async throws -> [String] {
        let kinesis = KinesisBench(seed: seed) { $0.reshardEvery = .seconds(20) }
        try await kinesis.create(shards: 4)
        for _ in 0..<120 {
            kinesis.clock.advance(seconds: 1)
            try await kinesis.put("x")
        }
        return try await kinesis.lineage()
    }

    @Test func doublesAndHalvesInTurn() async throws {
        let kinesis = KinesisBench(seed: 1) { $0.reshardEvery = .seconds(20) }
        try await kinesis.create(shards: 4)
        var counts: [Int?] = []
        for _ in 0..<6 {
            kinesis.clock.advance(milliseconds: 19_999)
            counts.append(try await kinesis.openCount())
            kinesis.clock.advance(milliseconds: 1)
            _ = try await kinesis.openCount()
            #expect(try await kinesis.summary()["StreamStatus"] as? String == "UPDATING")
        }
        #expect(counts == [4, 8, 4, 8, 4, 8])
    }

    @Test func isTheSameForASeed() async throws {
        let first = try await lineage(seed: 1)
        #expect(try await lineage(seed: 1) == first)
        #expect(try await lineage(seed: 2) != first)
    }

    @Test func losesNoRecordAndKeepsOrder() async throws {
        let kinesis = KinesisBench(seed: 3) { $0.reshardEvery = .seconds(8) }
        try await kinesis.create(shards: 3)
        for second in 0..<200 {
            for key in 0..<4 { try await kinesis.put("\(key) \(second)", key: "key \(key)") }
            kinesis.clock.advance(milliseconds: 400)
        }
        // Parents come before their children in the list, so all shards in its order keep each key's order.
        var seconds: [String: [Int]] = [:]
        for shard in try await kinesis.shards().indices {
            for text in try await kinesis.texts(kinesis.iterator(shard: shard)) {
                let parts = text.split(separator: " ").map(String.init)
                seconds[parts[0], default: []].append(Int(parts[1]) ?? -1)
            }
        }
        #expect(seconds == Dictionary(uniqueKeysWithValues: (0..<4).map { ("\($0)", Array(0..<200)) }))
    }

    /// A clock that jumps a day leads to one turn, not to thousands.
    @Test func doesNotMakeUpForWhatWasMissed() async throws {
        let kinesis = KinesisBench { $0.reshardEvery = .seconds(20) }
        try await kinesis.create(shards: 2)
        kinesis.clock.advance(seconds: 3600)
        _ = try await kinesis.openCount()
        kinesis.clock.advance(seconds: 5)
        #expect(try await kinesis.openCount() == 4)
        kinesis.clock.advance(seconds: 14)
        #expect(try await kinesis.openCount() == 4)
        #expect(try await kinesis.summary()["StreamStatus"] as? String == "ACTIVE")
    }

    @Test func stopsAtOneShardAndAtTheMost() {
        var schedule = ReshardSchedule(every: 4000, seed: 0, now: 0)
        #expect(schedule.turn(at: 3999, openShards: 10_000) == nil)
        let most = schedule.turn(at: 4000, openShards: 10_000)
        #expect(most == ReshardSchedule.Turn(waypoint: 10_000, target: 10_000, ready: 5000))
        #expect(schedule.turn(at: 7999, openShards: 1) == nil)
        #expect(schedule.turn(at: 8000, openShards: 1)?.target == 1)
    }
}
