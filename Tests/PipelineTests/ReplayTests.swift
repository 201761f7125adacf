import Core
import Locking
import Pipeline
import Testing

/// A replay ends where it is to end, and not before all of it is settled and saved.
@Suite(.timeLimit(.minutes(1))) struct ReplayTests {
    private let source = FakeSource()
    private let store = FakeStore()
    private let ledger = Ledger()
    private let events = Locked<[TelemetryEvent]>([])
    private let one: ShardID
    private let two: ShardID
    private let central: SinkName

    init() throws {
        one = try #require(ShardID("shardId-000000000001"))
        two = try #require(ShardID("shardId-000000000002"))
        central = try #require(SinkName("central"))
    }

    private func consumer(
        _ sink: any Sink, _ bounds: ReplayBounds, source: (any RecordSource)? = nil, scope: ShardTree.Scope = .all,
        start: ShardPosition = .trimHorizon, created: Instant? = nil, retention: Duration? = nil,
        surroundings: Surroundings = .hasty(now: Instant(milliseconds: 60_000))
    ) async throws -> StreamConsumer {
        let saved = try await store.load()
        return StreamConsumer(
            plan: StreamConsumer.Plan(
                start: start, scope: scope, created: StreamCreation(now: created, saved: saved.created),
                limits: ConsumerLimits(
                    pace: ReadPace(), maxRecord: 1 << 20, retention: retention, bounds: bounds)),
            source: source ?? self.source,
            outlets: Outlets(
                sinks: [sink], routes: try RouteTable(sinks: [sink.name], routes: []), deadLetters: FakeDeadLetters()),
            store: store, saved: saved, memory: Memory(bytes: 64 << 20), ledger: ledger,
            telemetry: Telemetry { [events] event in events.withLock { $0.append(event) } },
            surroundings: surroundings)
    }

    private func replay(_ consumer: StreamConsumer) async throws -> StreamConsumer.End {
        try await consumer.run(until: {
            // Only cancellation ends this.
            try? await Task.sleep(for: .seconds(3600))
        })
    }

    private func sequence(_ number: Int) throws -> SequenceNumber { try #require(SequenceNumber("\(number)")) }

    // MARK: Where it ends

    @Test func eachShardEndsAtItsOwnRecordWhichIsIncluded() async throws {
        source.add(Shard(id: one, parents: []), (0..<6).map { payload("m\($0)") })
        source.add(Shard(id: two, parents: []), (0..<6).map { payload("n\($0)") })
        let sink = FakeSink(central)
        let bounds = ReplayBounds(upTo: [one: .after(try sequence(2))])
        #expect(try await replay(consumer(sink, bounds)) == .replayed)
        #expect(sink.messages == ["m0", "m1", "m2"])
        #expect(source.state.withLock { $0.opened[two] } == nil, "nothing of it is wanted")
        #expect(store.state.withLock { $0.saved.checkpoints } == [one: .after(try sequence(2))])
    }

    @Test func aRecordThatIsNotThereIsNotWaitedFor() async throws {
        source.add(Shard(id: one, parents: []), (0..<3).map { payload("m\($0)") })
        let sink = FakeSink(central)
        let bounds = ReplayBounds(others: .nothing, own: [one: .record(try sequence(9))])
        #expect(try await replay(consumer(sink, bounds)) == .replayed)
        #expect(sink.messages == ["m0", "m1", "m2"])
        let isTold = events.withLock { events in
            events.contains { event in
                guard case .replayed(let shard, let bound, isFound: false) = event else { return false }
                return shard == one && bound == bounds[one]
            }
        }
        #expect(isTold)
    }

    @Test func aRecordPastAShardsEndEndsWithTheShard() async throws {
        source.add(Shard(id: one, parents: [], endingSequence: try sequence(5)), (0..<3).map { payload("m\($0)") })
        let sink = FakeSink(central)
        let bounds = ReplayBounds(others: .nothing, own: [one: .record(try sequence(9))])
        let scope = ShardTree.Scope.only([one], followsChildren: false)
        #expect(try await replay(consumer(sink, bounds, scope: scope)) == .replayed)
        #expect(sink.messages == ["m0", "m1", "m2"])
    }

    /// Interrupted after it had reached its end in one shard, it reads nothing of that any more.
    @Test func whatHasReachedItsEndIsNotReadAgain() async throws {
        source.add(Shard(id: one, parents: []), (0..<6).map { payload("m\($0)") })
        let end = Checkpoint.after(try sequence(2))
        store.state.withLock { $0.saved.checkpoints = [one: end] }
        let sink = FakeSink(central)
        #expect(try await replay(consumer(sink, ReplayBounds(upTo: [one: end]))) == .replayed)
        #expect(source.state.withLock { $0.opened[one] } == nil)
        #expect(sink.messages == [])
    }

    /// Kinesis says how far a page is from the tip when it is asked. A page that then waits for a slow sink is no nearer.
    @Test func aSlowSinkMovesNoTip() async throws {
        let now = Locked(Instant(milliseconds: 60_000))
        source.add(Shard(id: one, parents: []), (0..<60).map { payload("m\($0)") })
        let sink = FakeSink(central)
        let late = LateSink(sink, source) { now.withLock { $0 = Instant(milliseconds: $0.milliseconds + 100_000) } }
        let hasty = Surroundings.hasty(now: Instant(milliseconds: 0))
        let surroundings = Surroundings(
            now: { now.withLock { $0 } }, sleep: hasty.sleep, uptime: hasty.uptime, jitter: hasty.jitter)
        let bounds = ReplayBounds(others: .time(Instant(milliseconds: 30_000)))
        let clocked = ClockedSource(source: source, now: { now.withLock { $0 } })
        #expect(try await replay(consumer(late, bounds, source: clocked, surroundings: surroundings)) == .replayed)
        #expect(sink.messages == (0...30).map { "m\($0)" })
    }

    @Test func whatHasExpiredSinceTheTimeItBeginsAtIsTold() async throws {
        source.add(Shard(id: one, parents: []), (0..<6).map { payload("m\($0)") })
        let sink = FakeSink(central)
        let bounds = ReplayBounds(others: .time(Instant(milliseconds: 90_000)))
        let start = ShardPosition.atTime(Instant(milliseconds: -500))
        _ = try await replay(
            consumer(
                sink, bounds, start: start, retention: .seconds(60),
                surroundings: .hasty(now: Instant(milliseconds: 100_000))))
        let gaps = events.withLock { $0.compactMap { if case .gap(let gap) = $0 { gap } else { nil } } }
        #expect(gaps.map(\.from) == [start])
        #expect(gaps.map(\.to?.sequence) == [try sequence(0)])
    }

    /// A stream that is younger than what it keeps has lost nothing.
    @Test func nothingHasExpiredOfAYoungStream() async throws {
        source.add(Shard(id: one, parents: []), (0..<6).map { payload("m\($0)") })
        let bounds = ReplayBounds(others: .time(Instant(milliseconds: 90_000)))
        _ = try await replay(
            consumer(
                FakeSink(central), bounds, start: .atTime(Instant(milliseconds: -500)),
                created: Instant(milliseconds: 50_000), retention: .seconds(60),
                surroundings: .hasty(now: Instant(milliseconds: 100_000))))
        #expect(events.withLock { $0.allSatisfy { if case .gap = $0 { false } else { true } } })
    }

    // MARK: Not before all is settled

    @Test func theLastCutIsTriedUntilTheDiskHasRoom() async throws {
        source.add(Shard(id: one, parents: []), (0..<3).map { payload("m\($0)") })
        let sink = CuttingSink(central, failingCuts: 5)
        let bounds = ReplayBounds(others: .time(Instant(milliseconds: 59_500)))
        #expect(try await replay(consumer(sink, bounds)) == .replayed)
        #expect(ledger.snapshot.recordsPending == 0)
        #expect(store.state.withLock { $0.saved.checkpoints } == [one: .after(try sequence(2))])
    }

    @Test func theLastCommitIsTriedUntilTheStoreTakesIt() async throws {
        source.add(Shard(id: one, parents: []), (0..<3).map { payload("m\($0)") })
        let sink = FakeSink(central)
        store.state.withLock { $0.failures = 5 }
        let bounds = ReplayBounds(others: .time(Instant(milliseconds: 59_500)))
        #expect(try await replay(consumer(sink, bounds)) == .replayed)
        #expect(store.state.withLock { $0.saved.checkpoints } == [one: .after(try sequence(2))])
    }

    @Test func aStopEndsTheWaitForRoom() async throws {
        source.add(Shard(id: one, parents: []), (0..<3).map { payload("m\($0)") })
        let sink = CuttingSink(central, failingCuts: .max)
        let bounds = ReplayBounds(others: .time(Instant(milliseconds: 59_500)))
        let end = try await consumer(sink, bounds).run(until: { [sink] in
            while sink.cuts.withLock({ $0 }) < 20, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
        })
        #expect(end == .stopped)
        #expect(ledger.snapshot.recordsPending == 3)
    }

    /// A sink whose own work has ended settles nothing more; its `drain` may not know.
    @Test func aSinkThatFailsAfterTheLastRecordIsNotWaitedFor() async throws {
        source.add(Shard(id: one, parents: []), (0..<3).map { payload("m\($0)") })
        let sink = BreakingSink(central)
        let bounds = ReplayBounds(others: .time(Instant(milliseconds: 59_500)))
        let consumer = try await consumer(sink, bounds)
        await #expect(throws: BreakingSink.Broken.self) { try await replay(consumer) }
        #expect(ledger.snapshot.recordsPending == 3)
    }
}

/// Says how far a page is from the tip by the clock of the test.
private struct ClockedSource: RecordSource {
    let source: FakeSource
    let now: @Sendable () -> Instant

    func shards() async throws -> [Shard] { try await source.shards() }

    func created() async throws -> Instant? { try await source.created() }

    func openIterator(_ shard: ShardID, at position: ShardPosition) async throws -> ShardIterator {
        try await source.openIterator(shard, at: position)
    }

    func poll(_ iterator: ShardIterator, recordsMax: Int, replyBytesMax: Int) async throws -> RecordPage {
        let page = try await source.poll(iterator, recordsMax: recordsMax, replyBytesMax: replyBytesMax)
        guard page.behindLatest != .zero, let last = page.records.last?.arrival else { return page }
        let behind = Duration.milliseconds(now().milliseconds - last.milliseconds)
        return RecordPage(
            bytes: page.bytes, records: page.records, next: page.next, behindLatest: behind, children: page.children)
    }
}

/// Takes its time, as the clock of the test has it, while the next page is read and waits.
private final class LateSink: Sink {
    let name: SinkName
    private let sink: FakeSink
    private let source: FakeSource
    private let pass: @Sendable () -> Void

    init(_ sink: FakeSink, _ source: FakeSource, _ pass: @escaping @Sendable () -> Void) {
        self.sink = sink
        self.source = source
        self.pass = pass
        name = sink.name
    }

    func accept(_ deliveries: [Delivery]) async throws {
        let polls = source.state.withLock { $0.polls }
        // Not for ever, as no page follows the last one.
        for _ in 0..<20 where source.state.withLock({ $0.polls }) == polls {
            try await Task.sleep(for: .milliseconds(1))
        }
        pass()
        try await sink.accept(deliveries)
    }

    func run() async throws {}
    func drain() async {}
    func cut() async throws -> FilesCut? { nil }
}

/// Settles at a cut and at nothing else, once a cut succeeds.
private final class CuttingSink: Sink {
    let name: SinkName
    let cuts = Locked(0)
    private let failingCuts: Int
    private let owed = Locked<[Delivery]>([])

    init(_ name: SinkName, failingCuts: Int) {
        self.name = name
        self.failingCuts = failingCuts
    }

    func accept(_ deliveries: [Delivery]) async throws { owed.withLock { $0 += deliveries } }
    func run() async throws {}
    func drain() async {}

    func cut() async throws -> FilesCut? {
        let cut = cuts.withLock { cuts in
            cuts += 1
            return cuts
        }
        guard cut > failingCuts else { return nil }
        let settled = owed.withLock { owed in
            defer { owed = [] }
            return owed
        }
        for delivery in settled { delivery.receipt.settle(delivery.eventCount, as: .delivered) }
        return nil
    }
}

/// Fails as soon as it is to send what it holds.
private final class BreakingSink: Sink {
    struct Broken: Error {}

    let name: SinkName
    private let isDrained = Locked(false)

    init(_ name: SinkName) { self.name = name }

    func accept(_ deliveries: [Delivery]) async throws {}

    func run() async throws {
        while !isDrained.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
        throw Broken()
    }

    func drain() async {
        isDrained.withLock { $0 = true }
        // Only cancellation ends this: nothing is settled any more.
        try? await Task.sleep(for: .seconds(3600))
    }

    func cut() async throws -> FilesCut? { nil }
}
