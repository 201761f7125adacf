import Core
import Testing

@Suite struct ShardReaderTests {
    private let pace = ReadPace(
        spacing: .milliseconds(200), idle: .seconds(1), backoff: Backoff(first: .seconds(1), ceiling: .seconds(8)))
    private let iterator = ShardIterator("first")
    private let now = Instant(milliseconds: 1_763_632_800_000)

    private func page(
        _ sequences: [String], next: String? = "next", behind: Duration? = .seconds(5), bytes: Int = 100
    ) throws -> RecordPage {
        let records = try sequences.map {
            Record(sequence: try #require(SequenceNumber($0)), arrival: nil, payload: 0..<0)
        }
        return RecordPage(
            bytes: [UInt8](repeating: 0, count: bytes), records: records, next: next.map(ShardIterator.init),
            behindLatest: behind, children: [])
    }

    /// A reader that has an iterator and is about to poll.
    private func reading(from position: ShardPosition = .trimHorizon) -> ShardReader {
        var reader = ShardReader(from: position, pace: pace)
        _ = reader.opened(iterator, at: now)
        return reader
    }

    @Test func readsOnFasterBehindTheTipThanAtIt() throws {
        var reader = reading()
        _ = reader.polled(try page(["1"], behind: .seconds(5)))
        #expect(waits(reader.handedOver(took: .milliseconds(50))) == .milliseconds(150))
        _ = reader.polled(try page(["2"], behind: .zero))
        #expect(waits(reader.handedOver(took: .milliseconds(50))) == .milliseconds(950))
        _ = reader.polled(try page([], behind: .seconds(5)))
        #expect(waits(reader.handedOver(took: .milliseconds(50))) == .milliseconds(150), "empty is not caught up")
        _ = reader.polled(try page(["3"], behind: .seconds(5)))
        #expect(polls(reader.handedOver(took: .seconds(3))) == ShardIterator("next"), "no rest after a slow hand-over")
    }

    @Test func anExpiredIteratorResumesAfterTheLastRecord() throws {
        var reader = reading()
        _ = reader.polled(try page(["7", "8"]))
        _ = reader.handedOver(took: .seconds(1))
        #expect(opens(reader.iteratorExpired()) == .after(try #require(SequenceNumber("8"))))
    }

    /// LATEST asked twice is two places, and what came between them would be lost.
    @Test func anExpiredIteratorBeforeTheFirstRecordResumesWhereLatestWas() {
        var reader = reading(from: .latest)
        #expect(opens(reader.iteratorExpired()) == .atTime(now.earlier(by: ShardReader.latestMargin)))
    }

    @Test func theLastPageIsHandedOverBeforeTheEnd() throws {
        var reader = reading()
        guard case .handOver(let last) = reader.polled(try page(["1"], next: nil)) else {
            Issue.record("the last page is not handed over")
            return
        }
        #expect(last.records.count == 1)
        guard case .end = reader.handedOver(took: .zero) else {
            Issue.record("the shard does not end")
            return
        }
    }

    @Test func backsOffLongerAndLongerAndStartsOverAfterSuccess() throws {
        var reader = reading()
        let waits = (0..<5).compactMap { _ in self.waits(reader.failed(jitter: 0)) }
        #expect(waits == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(4)])
        _ = reader.opened(iterator, at: now)  // every third failure asks for a fresh iterator
        _ = reader.polled(try page(["1"]))
        _ = reader.handedOver(took: .seconds(1))
        #expect(self.waits(reader.failed(jitter: 0)) == .milliseconds(500))
    }

    @Test func aPollThatKeepsFailingGetsAFreshIterator() throws {
        var reader = reading()
        _ = reader.polled(try page(["4"]))
        _ = reader.handedOver(took: .seconds(1))
        _ = reader.failed(jitter: 0)
        #expect(polls(reader.action) == ShardIterator("next"))
        _ = reader.failed(jitter: 0)
        #expect(polls(reader.action) == ShardIterator("next"))
        _ = reader.failed(jitter: 0)
        #expect(opens(reader.action) == .after(try #require(SequenceNumber("4"))))
    }

    @Test func aThrottledPollKeepsItsIteratorAndWaitsLonger() throws {
        var reader = reading()
        for expected in [Duration.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)] {
            #expect(waits(reader.throttled(jitter: 0)) == expected)
            #expect(polls(reader.action) == iterator)
        }
        _ = reader.polled(try page(["1"]))
        #expect(reader.failuresInARow == 0)
    }

    @Test func roomForTheReplyFollowsTheShard() throws {
        var reader = reading()
        #expect(room(reader.action) == ReadLimits.replyBytesFirst)
        #expect(room(reader.replyTooLarge(jitter: 0)) == ReadLimits.replyBytesMax)
        #expect(waits(reader.replyTooLarge(jitter: 0)) == .milliseconds(500), "no storm of polls that cannot succeed")
        _ = reader.polled(try page(["1"], bytes: 3 << 20))
        #expect(room(reader.handedOver(took: .seconds(1))) == 6 << 20)
    }

    private func waits(_ action: ShardReader.Action) -> Duration? {
        if case .wait(let duration) = action { duration } else { nil }
    }

    private func polls(_ action: ShardReader.Action) -> ShardIterator? {
        if case .poll(let iterator, _) = action { iterator } else { nil }
    }

    private func room(_ action: ShardReader.Action) -> Int? {
        if case .poll(_, let bytes) = action { bytes } else { nil }
    }

    private func opens(_ action: ShardReader.Action) -> ShardPosition? {
        if case .openIterator(let position) = action { position } else { nil }
    }
}
