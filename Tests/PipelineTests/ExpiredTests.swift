import Core
import Locking
import Pipeline
import Testing

/// Records that aged out of the stream before they were read: told once, and counted once, also across restarts.
@Suite(.timeLimit(.minutes(1))) struct ExpiredTests {
    private let source = FakeSource()
    private let store = FakeStore()
    private let shard: ShardID
    private let central: SinkName
    private let gaps = Locked<[ReadGap]>([])

    /// Record n arrived at second n, and the stream keeps records for ten seconds.
    init() throws {
        shard = try #require(ShardID("shardId-000000000001"))
        central = try #require(SinkName("central"))
        source.add(Shard(id: shard, parents: []), (0..<30).map { payload("\($0)") })
    }

    private func instant(_ seconds: Int64) -> Instant { Instant(milliseconds: seconds * 1000) }

    /// Reads from `now` until so many records came, and returns the ledger of that run.
    @discardableResult
    private func run(now: Int64, records: Int, _ sink: FakeSink) async throws -> LedgerCounts {
        let saved = try await store.load()
        let ledger = Ledger()
        ledger.resume(saved.ledger)
        let before = ledger.snapshot.recordsRead
        let polls = source.state.withLock { $0.polls }
        let consumer = StreamConsumer(
            plan: StreamConsumer.Plan(
                start: .trimHorizon,
                limits: ConsumerLimits(pace: ReadPace(), maxRecord: 1 << 20, retention: .seconds(10))),
            source: source,
            outlets: Outlets(
                sinks: [sink], routes: try RouteTable(sinks: [central], routes: []), deadLetters: FakeDeadLetters()),
            store: store, saved: saved, memory: Memory(bytes: 64 << 20), ledger: ledger,
            telemetry: Telemetry { event in if case .gap(let gap) = event { gaps.withLock { $0.append(gap) } } },
            surroundings: .hasty(now: instant(now)))
        try await consumer.run(until: {
            while !Task.isCancelled,
                ledger.snapshot.recordsRead < before + records
                    || source.state.withLock({ $0.polls }) < polls + 2
            { await Task.yield() }
        })
        return ledger.snapshot
    }

    private func expire(before record: Int) { source.state.withLock { $0.oldest = record } }

    @Test func theOldestServedInSilenceIsToldAndCountedOnce() async throws {
        let position = try #require(SequenceNumber("3"))
        store.state.withLock {
            $0.saved = SavedState(checkpoints: [shard: .after(position)], currentAt: [shard: instant(4)])
        }
        expire(before: 19)
        let ledger = try await run(now: 29, records: 11, FakeSink(central))
        #expect(gaps.withLock { $0.map(\.to?.sequence.digits) } == ["19"])
        #expect(ledger.expired == 1)
        #expect(try await store.load().ledger.expired == 1)
        try await run(now: 29, records: 0, FakeSink(central))
        #expect(try await store.load().ledger.expired == 1)
        #expect(gaps.withLock { $0.count } == 1)
    }

    /// What follows the gap is not settled, so the restart finds the gap again, and neither of the two is saved.
    @Test func aGapIsSavedWithTheRecordThatFollowsIt() async throws {
        let position = try #require(SequenceNumber("3"))
        store.state.withLock {
            $0.saved = SavedState(checkpoints: [shard: .after(position)], currentAt: [shard: instant(4)])
        }
        expire(before: 19)
        let ledger = try await run(now: 29, records: 11, FakeSink(central, .holds))
        #expect(ledger.expired == 1)
        let saved = try await store.load()
        #expect(saved.ledger.expired == 0)
        #expect(saved.currentAt == [shard: instant(4)])
        try await run(now: 29, records: 11, FakeSink(central))
        #expect(try await store.load().ledger.expired == 1)
    }

    /// A shard that never had a record is known to have been at the tip.
    @Test func aQuietShardIsCurrentWithoutACheckpoint() async throws {
        source.state.withLock { $0.payloads[shard] = [] }
        try await run(now: 4, records: 0, FakeSink(central))
        #expect(try await store.load().currentAt == [shard: instant(4)])
        #expect(try await store.load().checkpoints == [:])
        source.state.withLock { $0.payloads[shard] = (0..<30).map { payload("\($0)") } }
        expire(before: 19)
        let ledger = try await run(now: 29, records: 11, FakeSink(central))
        #expect(ledger.expired == 1)
        #expect(gaps.withLock { $0.first?.from } == .trimHorizon)
    }

    @Test func nothingIsToldWhereNothingCanHaveExpired() async throws {
        try await run(now: 29, records: 30, FakeSink(central))
        #expect(try await store.load().currentAt == [shard: instant(29)])
        source.state.withLock { $0.payloads[shard]? += [payload("30")] }
        let ledger = try await run(now: 38, records: 1, FakeSink(central))
        #expect(ledger.expired == 0)
        #expect(gaps.withLock { $0 }.isEmpty)
    }

    /// A shard of which lists show a child but not itself is gone, and what it held after its checkpoint.
    @Test func aShardThatAgedOutIsCountedOnceAcrossRestarts() async throws {
        let gone = try #require(ShardID("shardId-000000000000"))
        let position = try #require(SequenceNumber("3"))
        store.state.withLock { $0.saved = SavedState(checkpoints: [gone: .after(position)]) }
        source.state.withLock { $0.shards = [Shard(id: shard, parents: [gone])] }
        #expect(try await run(now: 29, records: 30, FakeSink(central)).expired == 1)
        #expect(try await run(now: 29, records: 0, FakeSink(central)).expired == 1)
    }
}
