import Foundation
import Testing

@testable import Emulator

@Suite struct Reading {
    let kinesis = KinesisBench()

    @Test func startsWhereTheIteratorSays() async throws {
        try await kinesis.create(shards: 1)
        var written: [String] = []
        for text in ["a", "b", "c"] {
            written.append(try await kinesis.put(text)["SequenceNumber"] as? String ?? "")
            kinesis.clock.advance(seconds: 10)
        }
        let between = Double(ManualClock.start + 12_000) / 1000
        let third = Double(ManualClock.start + 20_000) / 1000
        let expected: [(String, KinesisBench.Object, [String])] = [
            ("TRIM_HORIZON", [:], ["a", "b", "c"]), ("LATEST", [:], []),
            ("AT_SEQUENCE_NUMBER", ["StartingSequenceNumber": written[1]], ["b", "c"]),
            ("AFTER_SEQUENCE_NUMBER", ["StartingSequenceNumber": written[1]], ["c"]),
            ("AFTER_SEQUENCE_NUMBER", ["StartingSequenceNumber": written[2]], []),
            ("AT_SEQUENCE_NUMBER", ["StartingSequenceNumber": "0"], ["a", "b", "c"]),
            ("AT_TIMESTAMP", ["Timestamp": 0], ["a", "b", "c"]), ("AT_TIMESTAMP", ["Timestamp": between], ["c"]),
            ("AT_TIMESTAMP", ["Timestamp": third], ["c"]), ("AT_TIMESTAMP", ["Timestamp": third + 0.001], []),
        ]
        for (type, more, texts) in expected {
            #expect(try await kinesis.texts(kinesis.iterator(type, more)) == texts, "\(type) \(more)")
        }
    }

    @Test func fromLatestSeesWhatComesAfterTheIteratorWasGiven() async throws {
        try await kinesis.create(shards: 1)
        try await kinesis.put("before")
        let latest = try await kinesis.iterator("LATEST")
        try await kinesis.put("after")
        #expect(try await kinesis.texts(latest) == ["after"])
    }

    @Test(arguments: [
        ("AT_SEQUENCE_NUMBER", "{}", "InvalidArgumentException"),
        ("AFTER_SEQUENCE_NUMBER", "{}", "InvalidArgumentException"),
        ("TRIM_HORIZON", #"{"StartingSequenceNumber":"0"}"#, "InvalidArgumentException"),
        ("LATEST", #"{"Timestamp":1}"#, "InvalidArgumentException"),
        ("AT_TIMESTAMP", "{}", "InvalidArgumentException"),
        ("AT_TIMESTAMP", #"{"Timestamp":1795176001}"#, "InvalidArgumentException"),
        ("AT_SEQUENCE_NUMBER", #"{"StartingSequenceNumber":"17"}"#, "InvalidArgumentException"),
        ("AT_SEQUENCE_NUMBER", #"{"StartingSequenceNumber":"017"}"#, "ValidationException"),
        ("AT_SEQUENCE_NUMBER", #"{"StartingSequenceNumber":"x"}"#, "ValidationException"),
        ("SOMEWHERE", "{}", "ValidationException"),
        ("TRIM_HORIZON", #"{"ShardId":"shardId-000000000009"}"#, "ResourceNotFoundException"),
        ("TRIM_HORIZON", #"{"StreamName":"other"}"#, "ResourceNotFoundException"),
    ])
    func fromNowhereIsRefused(type: String, more: String, code: String) async throws {
        try await kinesis.create(shards: 1)
        var request: KinesisBench.Object = [
            "StreamName": "s", "ShardId": KinesisBench.shardName(0), "ShardIteratorType": type,
        ]
        let extra = try JSONSerialization.jsonObject(with: Data(more.utf8)) as? KinesisBench.Object
        request.merge(extra ?? [:]) { $1 }
        #expect(try await kinesis.code("GetShardIterator", request) == code)
    }

    @Test func ofTheFutureIsRefusedInAWSsWords() async throws {
        try await kinesis.create(shards: 1)
        await #expect {
            _ = try await kinesis.iterator("AT_TIMESTAMP", ["Timestamp": 1_795_176_001])
        } throws: { error in
            (error as? ServiceFault)?.message
                == "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis"
        }
    }

    @Test func pagesGoOnWhereTheLastOneEnded() async throws {
        try await kinesis.create(shards: 1)
        for number in 0..<10 { try await kinesis.put("\(number)") }
        kinesis.clock.advance(seconds: 3)
        var next = try await kinesis.iterator()
        var texts: [[String]] = []
        var behind: [Int?] = []
        for _ in 0..<5 {
            let page = try await kinesis.page(next, limit: 4)
            texts.append(page.texts)
            behind.append(page.behind)
            next = try #require(page.next)
        }
        #expect(texts == [["0", "1", "2", "3"], ["4", "5", "6", "7"], ["8", "9"], [], []])
        #expect(behind == [3000, 3000, 0, 0, 0])
    }

    @Test func aPageTwiceWithOneIteratorIsTheSame() async throws {
        try await kinesis.create(shards: 1)
        try await kinesis.put("a")
        let iterator = try await kinesis.iterator()
        #expect(try await kinesis.page(iterator).texts == ["a"])
        #expect(try await kinesis.page(iterator).texts == ["a"])
    }

    @Test func aPageHoldsTenMegabytesAtMost() async throws {
        try await kinesis.create(shards: 1)
        for _ in 0..<11 { try await kinesis.put(String(repeating: "x", count: 1_000_000)) }
        let page = try await kinesis.page(kinesis.iterator())
        #expect(page.records.count == 10)
        #expect(try await kinesis.page(#require(page.next)).records.count == 1)
    }

    @Test func aPageHoldsTenThousandRecordsAtMost() async throws {
        try await kinesis.create(shards: 1)
        let entry = ["Data": "", "PartitionKey": "k"]
        for _ in 0..<21 {
            let entries = Array(repeating: entry, count: 500)
            try await kinesis.call("PutRecords", ["StreamName": "s", "Records": entries])
        }
        let iterator = try await kinesis.iterator()
        #expect(try await kinesis.page(iterator).records.count == 10_000)
        #expect(try await kinesis.code("GetRecords", ["ShardIterator": iterator, "Limit": 0]) == "ValidationException")
        #expect(
            try await kinesis.code("GetRecords", ["ShardIterator": iterator, "Limit": 10_001])
                == "InvalidArgumentException")
    }

    @Test func iteratorsExpireFiveMinutesAfterTheyWereGiven() async throws {
        try await kinesis.create(shards: 1)
        let first = try await kinesis.iterator()
        kinesis.clock.advance(seconds: 300)
        let next = try #require(try await kinesis.page(first).next)
        kinesis.clock.advance(milliseconds: 1)
        #expect(try await kinesis.code("GetRecords", ["ShardIterator": first]) == "ExpiredIteratorException")
        #expect(try await kinesis.code("GetRecords", ["ShardIterator": next]) == nil)
    }

    @Test func withAnothersIteratorIsRefused() async throws {
        try await kinesis.create(shards: 1)
        let iterator = try await kinesis.iterator()
        let other = Caller(account: "222222222222", region: "us-east-1", accessKeyID: "")
        #expect(
            try await kinesis.code("GetRecords", ["ShardIterator": iterator], as: other) == "InvalidArgumentException")
        #expect(try await kinesis.code("GetRecords", ["ShardIterator": "x"]) == "InvalidArgumentException")
    }

    @Test func mayBeAnsweredWithAnEmptyPageThoughThereIsMore() async throws {
        let kinesis = KinesisBench { $0.emptyPageEvery = 2 }
        try await kinesis.create(shards: 1)
        for text in ["a", "b", "c"] { try await kinesis.put(text) }
        kinesis.clock.advance(seconds: 1)
        var (next, texts, behind) = (try await kinesis.iterator(), [[String]](), [Int?]())
        for _ in 0..<4 {
            let page = try await kinesis.page(next, limit: 2)
            texts.append(page.texts)
            behind.append(page.behind)
            next = try #require(page.next)
        }
        #expect(texts == [["a", "b"], [], ["c"], []])
        #expect(behind == [1000, 1000, 0, 0])
    }

    @Test func isThrottledPerShard() async throws {
        let kinesis = KinesisBench { $0.limitsReads = true }
        try await kinesis.create(shards: 2)
        let (first, second) = (try await kinesis.iterator(shard: 0), try await kinesis.iterator(shard: 1))
        var codes: [String?] = []
        for _ in 0..<6 { codes.append(try await kinesis.code("GetRecords", ["ShardIterator": first])) }
        #expect(codes == [nil, nil, nil, nil, nil, "ProvisionedThroughputExceededException"])
        #expect(try await kinesis.code("GetRecords", ["ShardIterator": second]) == nil)
        kinesis.clock.advance(seconds: 1)
        #expect(try await kinesis.code("GetRecords", ["ShardIterator": first]) == nil)
    }

    @Test func iteratorsAreGivenFiveTimesASecondPerShard() async throws {
        let kinesis = KinesisBench { $0.limitsReads = true }
        try await kinesis.create(shards: 2)
        let request = { (shard: Int) -> KinesisBench.Object in
            ["StreamName": "s", "ShardId": KinesisBench.shardName(shard), "ShardIteratorType": "LATEST"]
        }
        var codes: [String?] = []
        for _ in 0..<6 { codes.append(try await kinesis.code("GetShardIterator", request(0))) }
        #expect(codes == [nil, nil, nil, nil, nil, "ProvisionedThroughputExceededException"])
        #expect(try await kinesis.code("GetShardIterator", request(1)) == nil)
        kinesis.clock.advance(seconds: 1)
        #expect(try await kinesis.code("GetShardIterator", request(0)) == nil)
    }

    @Test func isNotThrottledWhenLimitsAreOff() async throws {
        try await kinesis.create(shards: 1)
        for _ in 0..<12 { try await kinesis.put(String(repeating: "x", count: 1_000_000)) }
        var iterator = try await kinesis.iterator()
        for _ in 0..<20 { iterator = try #require(try await kinesis.page(iterator).next) }
    }

    @Test func aFullPageIsFollowedByFiveSecondsWithout() async throws {
        let kinesis = KinesisBench { $0.limitsReads = true }
        try await kinesis.create(shards: 1)
        for _ in 0..<12 { try await kinesis.put(String(repeating: "x", count: 1_000_000)) }
        let iterator = try await kinesis.iterator()
        #expect(try await kinesis.page(iterator).records.count == 10)
        kinesis.clock.advance(milliseconds: 4700)
        #expect(
            try await kinesis.code("GetRecords", ["ShardIterator": iterator])
                == "ProvisionedThroughputExceededException")
        kinesis.clock.advance(milliseconds: 300)
        #expect(try await kinesis.code("GetRecords", ["ShardIterator": iterator]) == nil)
    }

    @Test func endsAtTheTrimHorizon() async throws {
        try await kinesis.create(shards: 1)
        let old = try await kinesis.put("old")["SequenceNumber"] as? String ?? ""
        kinesis.clock.advance(seconds: 23 * 3600)
        try await kinesis.put("young")
        kinesis.clock.advance(seconds: 3601)
        #expect(try await kinesis.texts(kinesis.iterator()) == ["young"])
        #expect(
            try await kinesis.texts(kinesis.iterator("AT_SEQUENCE_NUMBER", ["StartingSequenceNumber": old])) == [
                "young"
            ])
        #expect(try await kinesis.texts(kinesis.iterator("AT_TIMESTAMP", ["Timestamp": 1])) == ["young"])
    }
}
