import Foundation
import Testing

@testable import Emulator

extension KinesisBench {
    fileprivate func request(_ type: String, _ number: String, shard: Int = 0) -> Object {
        [
            "StreamName": "s", "ShardId": Self.shardName(shard), "ShardIteratorType": type,
            "StartingSequenceNumber": number,
        ]
    }

    /// First and last sequence number of a listed shard.
    fileprivate func sequences(of shard: Int) async throws -> (starting: String, ending: String?) {
        let id = Self.shardName(shard)
        let found = try #require(try await shards().first { $0["ShardId"] as? String == id })
        let range = try #require(found["SequenceNumberRange"] as? [String: String])
        return (try #require(range["StartingSequenceNumber"]), range["EndingSequenceNumber"])
    }
}

@Suite struct PositionsInAClosedShard {
    let kinesis = KinesisBench()

    @Test func endBeyondTheLastRecord() async throws {
        try await kinesis.create(shards: 1)
        let last = try #require(try await kinesis.put("a")["SequenceNumber"] as? String)
        #expect(try await kinesis.sequences(of: 0).ending == nil)
        try await kinesis.split(0, at: "1000")
        let ending = try #require(try await kinesis.sequences(of: 0).ending)
        #expect(ending.count == last.count && ending > last)
        #expect(try await kinesis.sequences(of: 1).starting > ending)
    }

    /// Whoever read the last record is told that the shard has ended; whoever saved the shard's end is refused.
    @Test(arguments: ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])
    func areRefusedFromTheEndingNumberOn(type: String) async throws {
        try await kinesis.create(shards: 1)
        let last = try #require(try await kinesis.put("a")["SequenceNumber"] as? String)
        try await kinesis.split(0, at: "1000")
        let ending = try #require(try await kinesis.sequences(of: 0).ending)
        #expect(try await kinesis.code("GetShardIterator", kinesis.request(type, last)) == nil)
        // Of the shard as well, by its first 15 digits and its last 21, and far beyond.
        let beyond = ending.prefix(15) + "1" + ending.dropFirst(16)
        for number in [ending, String(beyond)] {
            #expect(
                try await kinesis.code("GetShardIterator", kinesis.request(type, number)) == "InvalidArgumentException")
        }
        let message = try #require(
            try await kinesis.message("GetShardIterator", kinesis.request(type, ending)))
        #expect(
            message
                == "StartingSequenceNumber \(ending) used in GetShardIterator on shard shardId-000000000000 in stream s "
                + "under account 111111111111 is invalid because it is not less than the maximum possible value \(ending) "
                + "of a sequence number of the shard.")
    }

    @Test func afterTheLastRecordLeadToTheEndAtOnce() async throws {
        try await kinesis.create(shards: 1)
        let last = try #require(try await kinesis.put("a")["SequenceNumber"] as? String)
        try await kinesis.split(0, at: "1000")
        let iterator = try await kinesis.iterator("AFTER_SEQUENCE_NUMBER", ["StartingSequenceNumber": last])
        let page = try await kinesis.page(iterator)
        #expect(page.records.isEmpty && page.next == nil && page.children?.count == 2)
    }

    @Test func ofAnEmptyShardAreRefusedToo() async throws {
        try await kinesis.create(shards: 1)
        try await kinesis.split(0, at: "1000")
        let (starting, ending) = try await kinesis.sequences(of: 0)
        let after = try await kinesis.iterator("AFTER_SEQUENCE_NUMBER", ["StartingSequenceNumber": starting])
        #expect(try await kinesis.page(after).next == nil)
        #expect(
            try await kinesis.code("GetShardIterator", kinesis.request("AFTER_SEQUENCE_NUMBER", #require(ending)))
                == "InvalidArgumentException")
    }
}

@Suite struct PositionsOfOthers {
    let kinesis = KinesisBench()

    @Test func ofAnotherShardAreNamed() async throws {
        try await kinesis.create(shards: 2)
        let other = try #require(
            try await kinesis.put("a", hash: "340282366920938463463374607431768211455")["SequenceNumber"] as? String)
        #expect(
            try await kinesis.message("GetShardIterator", kinesis.request("AFTER_SEQUENCE_NUMBER", other))
                == "Invalid StartingSequenceNumber. It encodes shardId-000000000001, while it was used in a call to a "
                + "shard with shardId-000000000000")
    }

    /// Of a stream made anew the shards have the same names, and no number of the old one is known.
    @Test func ofAnEarlierStreamOfTheNameAreRefused() async throws {
        try await kinesis.create(shards: 1)
        let old = try #require(try await kinesis.put("a")["SequenceNumber"] as? String)
        let made = try #require(try await kinesis.summary()["StreamCreationTimestamp"] as? Double)
        // Within the same millisecond, and though the old one had younger shards.
        try await kinesis.scale(to: 2)
        try await kinesis.call("DeleteStream", ["StreamName": "s"])
        try await kinesis.create(shards: 1)
        let again = try #require(try await kinesis.summary()["StreamCreationTimestamp"] as? Double)
        #expect(again > made)
        #expect(try await kinesis.shards().compactMap { $0["ShardId"] as? String } == [KinesisBench.shardName(0)])
        let young = try #require(try await kinesis.put("b")["SequenceNumber"] as? String)
        #expect(young > old)
        let message = try await kinesis.message("GetShardIterator", kinesis.request("AFTER_SEQUENCE_NUMBER", old))
        #expect(message?.hasSuffix("is invalid because it did not come from this stream.") == true)

        let timestamps: [(Double, String?)] = [
            (again, nil), (again.rounded(.down), nil), (made, "ResourceNotFoundException"),
        ]
        for (time, code) in timestamps {
            #expect(
                try await kinesis.code("ListShards", ["StreamName": "s", "StreamCreationTimestamp": time]) == code)
        }
    }

    @Test func ofTheFutureAreRefused() async throws {
        try await kinesis.create(shards: 1)
        let last = try #require(try await kinesis.put("a")["SequenceNumber"] as? String)
        let message = try await kinesis.message(
            "GetShardIterator",
            kinesis.request("AT_SEQUENCE_NUMBER", String(last.prefix(32)) + "999" + last.dropFirst(35)))
        #expect(message?.hasSuffix("is invalid because it did not come from this stream.") == true)
    }
}

@Suite struct PositionsThatAgedOut {
    private func bench(_ old: KinesisRules.OldPositions) async throws -> (KinesisBench, old: String, young: String) {
        let kinesis = KinesisBench { $0.oldPositions = old }
        try await kinesis.create(shards: 1)
        let first = try #require(try await kinesis.put("old")["SequenceNumber"] as? String)
        kinesis.clock.advance(seconds: 23 * 3600)
        let second = try #require(try await kinesis.put("young")["SequenceNumber"] as? String)
        kinesis.clock.advance(seconds: 3601)
        return (kinesis, first, second)
    }

    @Test(arguments: ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])
    func areServedFromTheHorizon(type: String) async throws {
        let (kinesis, old, _) = try await bench(.servedFromHorizon)
        let iterator = try await kinesis.iterator(type, ["StartingSequenceNumber": old])
        #expect(try await kinesis.texts(iterator) == ["young"])
    }

    @Test(arguments: ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])
    func orRefused(type: String) async throws {
        let (kinesis, old, young) = try await bench(.refused)
        for number in [old, "0"] {
            let message = try await kinesis.message("GetShardIterator", kinesis.request(type, number))
            #expect(message?.hasSuffix("it is older than the oldest record of the shard.") == true)
        }
        #expect(try await kinesis.code("GetShardIterator", kinesis.request(type, young)) == nil)
        // All has aged out by now.
        kinesis.clock.advance(seconds: 24 * 3600)
        #expect(
            try await kinesis.code("GetShardIterator", kinesis.request(type, young)) == "InvalidArgumentException")
        #expect(try await kinesis.texts(kinesis.iterator()) == [])
    }
}
