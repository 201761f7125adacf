import Foundation
import Testing

@testable import Emulator

/// Pages that end a shard and contradict themselves. Asked again with the same iterator, the page is right.
@Suite struct ContradictoryLastPages {
    private func bench(_ flaw: FaultRule.LastPageFlaw) async throws -> (KinesisBench, iterator: String) {
        let kinesis = KinesisBench(faults: [
            FaultRule(operation: "GetRecords", calls: 1...1, effect: .lastPage(flaw))
        ])
        try await kinesis.create(shards: 1)
        try await kinesis.put("a")
        try await kinesis.put("b")
        // A page that is not the last is not counted.
        let first = try await kinesis.page(kinesis.iterator(), limit: 1)
        #expect(first.texts == ["a"])
        try await kinesis.split(0, at: "1000")
        return (kinesis, try #require(first.next))
    }

    private func expectRight(_ kinesis: KinesisBench, _ iterator: String) async throws {
        let page = try await kinesis.page(iterator)
        #expect(page.texts == ["b"] && page.next == nil && page.children?.count == 2)
    }

    @Test func goOnThoughThereAreChildren() async throws {
        let (kinesis, iterator) = try await bench(.nextWithChildren)
        let page = try await kinesis.page(iterator)
        #expect(page.texts == ["b"] && page.children?.count == 2)
        let next = try await kinesis.page(#require(page.next))
        #expect(next.records.isEmpty && next.next == nil && next.children?.count == 2)
        try await expectRight(kinesis, iterator)
    }

    @Test func endWithoutChildren() async throws {
        let (kinesis, iterator) = try await bench(.noChildren)
        let page = try await kinesis.page(iterator)
        #expect(page.texts == ["b"] && page.next == nil && page.children == nil)
        try await expectRight(kinesis, iterator)
    }

    @Test func haveAChildWithoutParents() async throws {
        let (kinesis, iterator) = try await bench(.childWithoutParents)
        let page = try await kinesis.page(iterator)
        #expect(page.next == nil)
        #expect(
            page.children?.map { $0["ParentShards"] as? [String] } == [[], [KinesisBench.shardName(0)]])
        try await expectRight(kinesis, iterator)
    }
}

@Suite struct ManyShards {
    @Test(arguments: [1001, 5000])
    func areListedPageByPageAndRead(count: Int) async throws {
        let kinesis = KinesisBench()
        try await kinesis.create(shards: count)
        for shard in [0, count / 2, count - 1] {
            let start = String(HashKeyRange.start(ofPart: shard, of: count))
            #expect(try await kinesis.put("x", hash: start)["ShardId"] as? String == KinesisBench.shardName(shard))
            #expect(try await kinesis.texts(kinesis.iterator(shard: shard)) == ["x"])
        }
        var (names, sizes) = ([String](), [Int]())
        var request: KinesisBench.Object? = ["StreamName": "s"]
        while let asked = request {
            let reply = try await kinesis.call("ListShards", asked)
            let page = reply["Shards"] as? [KinesisBench.Object] ?? []
            names += page.compactMap { $0["ShardId"] as? String }
            sizes.append(page.count)
            request = (reply["NextToken"] as? String).map { ["NextToken": $0] }
        }
        #expect(names == (0..<count).map(KinesisBench.shardName))
        #expect(sizes.dropLast().allSatisfy { $0 == 1000 } && sizes.count == (count + 999) / 1000)
    }

    @Test func areListedOnlyAsLongAsTheyHoldRecords() async throws {
        let kinesis = KinesisBench()
        try await kinesis.create(shards: 1001)
        try await kinesis.scale(to: 2002)
        let filter = ["Type": "FROM_TRIM_HORIZON"]
        #expect(
            try await kinesis.shards([
                "StreamName": "s", "ShardFilter": filter, "ExclusiveStartShardId": KinesisBench.shardName(2500),
            ]).count == 502)
        kinesis.clock.advance(seconds: 24 * 3600)
        #expect(try await kinesis.shards().first?["ShardId"] as? String == KinesisBench.shardName(1001))
    }
}
