import AWS
import Core
import HTTPClient
import Testing

private let arn = "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream"

@Suite struct KinesisCalls {
    private func call(
        _ steps: ScriptedSender.Step, _ use: (KinesisClient) async throws -> Void
    ) async throws -> (target: String?, body: String) {
        let bench = try Bench(.kinesis, steps)
        try await use(KinesisClient(bench.service, speaking: .json))
        return (
            await bench.sender.header("X-Amz-Target", ofRequest: 0), await bench.sender.body(ofRequest: 0)
        )
    }

    @Test(arguments: [
        (ShardPosition.trimHorizon, #""ShardIteratorType":"TRIM_HORIZON""#),
        (.latest, #""ShardIteratorType":"LATEST""#),
        (
            .atTime(Instant(milliseconds: 1_763_632_800_123)),
            #""ShardIteratorType":"AT_TIMESTAMP","StreamName":"s","Timestamp":1763632800.123"#
        ),
        (
            .atTime(Instant(milliseconds: 1_763_632_800_000)),
            #""ShardIteratorType":"AT_TIMESTAMP","StreamName":"s","Timestamp":1763632800"#
        ),
    ])
    func anIteratorIsAskedForAtAnyPosition(position: ShardPosition, wanted: String) async throws {
        let shard = try #require(ShardID("shardId-000000000000"))
        let (target, body) = try await call(.ok(#"{"ShardIterator":"AAAA"}"#)) { kinesis in
            let iterator = try await kinesis.shardIterator(of: .name("s"), shard: shard, at: position)
            #expect(iterator == ShardIterator("AAAA"))
        }
        #expect(target == "Kinesis_20131202.GetShardIterator")
        #expect(body.hasPrefix(#"{"ShardId":"shardId-000000000000","#))
        #expect(body.contains(wanted))
    }

    @Test(arguments: ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])
    func anIteratorIsAskedForAtASequenceNumber(type: String) async throws {
        let shard = try #require(ShardID("s-1"))
        let sequence = try #require(SequenceNumber("4954"))
        let position: ShardPosition = type == "AT_SEQUENCE_NUMBER" ? .at(sequence) : .after(sequence)
        let (_, body) = try await call(.ok(#"{"ShardIterator":"AAAA"}"#)) { kinesis in
            _ = try await kinesis.shardIterator(of: .arn(arn), shard: shard, at: position)
        }
        #expect(
            body == #"{"ShardId":"s-1","ShardIteratorType":"\#(type)","StartingSequenceNumber":"4954","#
                + #""StreamARN":"\#(arn)"}"#)
    }

    @Test func recordsArePolledWithTheCallersLimits() async throws {
        let bench = try Bench(
            .kinesis,
            .ok(#"{"Records":[{"SequenceNumber":"1","Data":"aGk=","PartitionKey":"k"}],"NextShardIterator":"n"}"#))
        let page = try await KinesisClient(bench.service, speaking: .json).records(
            of: .arn(arn), at: ShardIterator("it"), limit: 500, replyBytesMax: 1_000_000)
        #expect(page.records.count == 1)
        #expect(Array(page.bytes[page.records[0].payload]) == Array("hi".utf8))
        #expect(page.next == ShardIterator("n"))
        let request = await bench.sender.requests[0]
        #expect(request.bodyBytesMax == 1_000_000)
        #expect(request.headers["X-Amz-Target"] == "Kinesis_20131202.GetRecords")
        #expect(await bench.sender.body(ofRequest: 0) == #"{"Limit":500,"ShardIterator":"it","StreamARN":"\#(arn)"}"#)
    }

    @Test func aStreamNameIsNotSentBesideAnIterator() async throws {
        let (_, body) = try await call(.ok(#"{"Records":[],"NextShardIterator":"n"}"#)) { kinesis in
            _ = try await kinesis.records(of: .name("s"), at: ShardIterator("it"))
        }
        #expect(body == #"{"Limit":10000,"ShardIterator":"it"}"#)
    }

    /// A reply that goes on and yet names children is asked for again, with the same iterator.
    @Test func aBrokenPageIsAskedForAgain() async throws {
        let broken =
            #"{"Records":[],"NextShardIterator":"n","ChildShards":[{"ShardId":"s-2","ParentShards":["s-1"],"#
            + #""HashKeyRange":{"StartingHashKey":"0","EndingHashKey":"1"}}]}"#
        let bench = try Bench(.kinesis, .ok(broken), .ok(#"{"Records":[],"NextShardIterator":"n"}"#))
        let page = try await KinesisClient(bench.service, speaking: .json).records(
            of: .name("s"), at: ShardIterator("it"))
        #expect(page.next == ShardIterator("n"))
        #expect(await bench.sender.body(ofRequest: 1) == #"{"Limit":10000,"ShardIterator":"it"}"#)
    }

    @Test func aPageUsesTheReplysOwnMemory() async throws {
        let body = Array(#"{"Records":[{"SequenceNumber":"1","Data":"aGk="}],"NextShardIterator":"n"}"#.utf8)
        let sender = OneReply(body)
        let endpoint = try #require(ServiceEndpoint(url: "http://aws.example", region: "r"))
        let client = ServiceClient(
            service: .kinesis, endpoint: endpoint, credentials: FixedCredentials(.example), sender: sender)
        let page = try await KinesisClient(client).records(of: .name("s"), at: ShardIterator("it"))
        #expect(page.bytes.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } == sender.address)
    }

    @Test func aStreamIsDescribed() async throws {
        let (target, body) = try await call(Bench.summary) { kinesis in
            let summary = try await kinesis.summary(of: .arn(arn))
            #expect(summary.name == "s")
            #expect(summary.arn == "arn:s")
            #expect(summary.status == .active)
            #expect(summary.retentionHours == 24)
            #expect(summary.openShards == 2)
        }
        #expect(target == "Kinesis_20131202.DescribeStreamSummary")
        #expect(body == #"{"StreamARN":"\#(arn)"}"#)
    }

    @Test func aRecordIsWritten() async throws {
        let (target, body) = try await call(.ok(#"{"ShardId":"s-1","SequenceNumber":"42"}"#)) { kinesis in
            let place = try await kinesis.putRecord([0xFF, 0xFE, 0xFD, 0], partitionKey: "k/1", to: .name("s"))
            #expect(place.shard.name == "s-1")
            #expect(place.sequence.digits == "42")
        }
        #expect(target == "Kinesis_20131202.PutRecord")
        #expect(body == #"{"Data":"//79AA==","PartitionKey":"k/1","StreamName":"s"}"#)
    }
}

@Suite struct ShardLists {
    private static let pages = [
        #"{"Shards":[{"ShardId":"s-1","HashKeyRange":{"StartingHashKey":"0","EndingHashKey":"9"},"#
            + #""SequenceNumberRange":{"StartingSequenceNumber":"1","EndingSequenceNumber":"9"}}],"NextToken":"t1"}"#,
        #"{"Shards":[{"ShardId":"s-2","ParentShardId":"s-1","SequenceNumberRange":{"StartingSequenceNumber":"5"}}],"#
            + #""NextToken":"t2"}"#,
        #"{"Shards":[{"ShardId":"s-3","ParentShardId":"s-1","AdjacentParentShardId":"s-2"}]}"#,
    ]

    @Test func areReadToTheLastPageByTokenAlone() async throws {
        let steps = Self.pages.map(ScriptedSender.Step.ok)
        let bench = try Bench(.kinesis, steps[0], steps[1], steps[2])
        let shards = try await KinesisClient(bench.service).listShards(of: .name("s"))
        #expect(shards.map(\.id.name) == ["s-1", "s-2", "s-3"])
        #expect(shards.map { $0.parents.map(\.name) } == [[], ["s-1"], ["s-1", "s-2"]])
        #expect(shards.map(\.isClosed) == [true, false, false])
        #expect(shards.map(\.startingSequence?.digits) == ["1", "5", nil])
        #expect(shards.map(\.endingSequence?.digits) == ["9", nil, nil])
        #expect(await bench.sender.body(ofRequest: 0) == #"{"StreamName":"s"}"#)
        #expect(await bench.sender.body(ofRequest: 1) == #"{"NextToken":"t1"}"#)
        #expect(await bench.sender.body(ofRequest: 2) == #"{"NextToken":"t2"}"#)
    }

    @Test func beginAgainWhenTheTokenExpired() async throws {
        let steps = Self.pages.map(ScriptedSender.Step.ok)
        let bench = try Bench(
            .kinesis, steps[0], .refuse("ExpiredNextTokenException"), steps[0], steps[1], steps[2])
        let shards = try await KinesisClient(bench.service).listShards(of: .arn(arn))
        #expect(shards.count == 3)
        #expect(await bench.sender.body(ofRequest: 2) == #"{"StreamARN":"\#(arn)"}"#)
    }

    @Test func thatNeverEndAreAnError() async throws {
        let sender = ScriptedSender(Array(repeating: .ok(Self.pages[0]), count: 2000))
        let endpoint = try #require(ServiceEndpoint(url: "http://aws.example", region: "r"))
        let client = ServiceClient(
            service: .kinesis, endpoint: endpoint, credentials: FixedCredentials(.example), sender: sender)
        let error = await #expect(throws: AWSError.self) {
            try await KinesisClient(client).listShards(of: .name("s"))
        }
        #expect(error?.kind == .unreadable)
    }

    @Test func withImpossibleNamesAreUnreadable() async throws {
        let step = ScriptedSender.Step.ok(#"{"Shards":[{"ShardId":"s 1"}]}"#)
        let bench = try Bench(.kinesis, step, step, step)
        let error = await #expect(throws: AWSError.self) {
            try await KinesisClient(bench.service).listShards(of: .name("s"))
        }
        #expect(error?.kind == .unreadable)
        #expect(error?.operation == "kinesis:ListShards")
    }
}

/// Gives its one body away and remembers where it was in memory.
private actor OneReply: HTTPSender {
    nonisolated let address: UInt
    private var body: [UInt8]?

    init(_ body: [UInt8]) {
        let own = body.map { $0 }
        address = own.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        self.body = own
    }

    func perform(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let body = body.take() else { throw HTTPFailure(.other, "only one reply") }
        return HTTPResponse(status: 200, headers: HTTPHeaders(), body: body)
    }
}
