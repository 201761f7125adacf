import Core
import Locking
import Pipeline
import Testing

/// A stream may be deleted and created again under its name: positions in the old one mean nothing in the new one.
@Suite(.timeLimit(.minutes(1))) struct RecreatedStreams {
    private let source = FakeSource()
    private let store = FakeStore()
    private let shard: ShardID
    private let central: SinkName
    private let old = Instant(milliseconds: 1_763_632_800_000)
    private let new = Instant(milliseconds: 1_763_719_200_000)

    init() throws {
        let shard = try #require(ShardID("shardId-000000000000"))
        let position = Checkpoint.after(try #require(SequenceNumber("5")))
        self.shard = shard
        central = try #require(SinkName("central"))
        source.add(Shard(id: shard, parents: []), (0..<8).map { payload("new \($0)") })
        store.state.withLock { $0.saved = SavedState(checkpoints: [shard: position], created: old) }
    }

    private func run(
        _ sink: FakeSink, created: Instant, accepting acceptsAnother: Bool, until messages: Int,
        _ meanwhile: @escaping @Sendable () -> Void = {}
    ) async throws {
        let saved = try await store.load()
        let consumer = StreamConsumer(
            plan: StreamConsumer.Plan(
                start: .trimHorizon,
                created: StreamCreation(now: created, saved: saved.created, acceptsAnother: acceptsAnother),
                limits: ConsumerLimits(pace: ReadPace(), maxRecord: 1 << 20)),
            source: source,
            outlets: Outlets(
                sinks: [sink], routes: try RouteTable(sinks: [central], routes: []), deadLetters: FakeDeadLetters()),
            store: store, saved: saved, memory: Memory(bytes: 64 << 20), ledger: Ledger(),
            telemetry: .silent, surroundings: .hasty(now: new))
        try await consumer.run(until: {
            while !Task.isCancelled, sink.messages.count < messages {
                meanwhile()
                await Task.yield()
            }
        })
    }

    @Test func theSameStreamIsResumed() async throws {
        let sink = FakeSink(central)
        try await run(sink, created: old, accepting: false, until: 2)
        #expect(sink.messages == ["new 6", "new 7"])
    }

    @Test func anotherOneIsRefusedAndNothingIsTouched() async throws {
        let sink = FakeSink(central)
        let before = try await store.load()
        await #expect(throws: RecreatedStream.self) {
            try await run(sink, created: new, accepting: false, until: 1)
        }
        #expect(sink.messages == [])
        #expect(try await store.load() == before)
    }

    @Test func anotherOneIsReadFromItsStartOnceItIsAccepted() async throws {
        let sink = FakeSink(central)
        try await run(sink, created: new, accepting: true, until: 8)
        #expect(sink.messages == (0..<8).map { "new \($0)" })
        let state = try await store.load()
        #expect(state.created == new)
        #expect(state.checkpoints == [shard: .after(try #require(SequenceNumber("7")))])
        let later = FakeSink(central)
        try await run(later, created: new, accepting: true, until: 0)
        #expect(later.messages == [])
    }

    /// Its shards may have the names of shards that were read to their ends, and nobody would read them.
    @Test func oneThatIsMadeWhileTheOldOneIsReadIsRefusedAtTheNextList() async throws {
        let sink = FakeSink(central)
        source.state.withLock { $0.created = old }
        let (source, new) = (source, new)
        await #expect(throws: RecreatedStream(finding: .created(new, notAt: old))) {
            try await run(sink, created: old, accepting: false, until: .max) {
                if sink.messages.count == 2 { source.state.withLock { $0.created = new } }
            }
        }
        #expect(sink.messages == ["new 6", "new 7"])
    }
}
