import Core
import Locking
import Pipeline
import Testing

/// What is saved of the ledger is what the checkpoints passed, each record once.
@Suite(.timeLimit(.minutes(1))) struct LedgerTests {
    private let source = FakeSource()
    private let store = FakeStore()
    private let shard: ShardID
    private let central: SinkName
    private let archive: SinkName

    init() throws {
        shard = try #require(ShardID("shardId-000000000001"))
        central = try #require(SinkName("central"))
        archive = try #require(SinkName("archive"))
        let payloads = [
            controlPayload, payload("a"), "{broken", payload("b", logGroup: "noise"), payload("c", logGroup: "both"),
            payload("d"), payload("e"), controlPayload, "{broken",
        ]
        source.add(Shard(id: shard, parents: []), payloads)
    }

    private var whole: LedgerCounts {
        var counts = LedgerCounts()
        (counts.recordsRead, counts.recordsControl, counts.recordsDeadLettered) = (9, 2, 2)
        (counts.recordsFiltered, counts.recordsDelivered) = (1, 4)
        (counts.eventsRead, counts.eventsFiltered) = (5, 1)
        counts.sinks = [
            central: SinkCounts(routed: 4, delivered: 4), archive: SinkCounts(routed: 1, delivered: 1),
        ]
        let payloads = source.state.withLock { $0.payloads[shard] ?? [] }
        counts.payloadBytes = payloads.reduce(0) { $0 + $1.utf8.count }
        counts.textBytes = payloads.filter { $0 != "{broken" }.reduce(0) { $0 + $1.utf8.count }
        return counts
    }

    /// Reads all of the stream, and returns the ledger of that run.
    private func run(_ sinks: FakeSink...) async throws -> LedgerCounts {
        let saved = try await store.load()
        let ledger = Ledger()
        ledger.resume(saved.ledger)
        let routes = [
            Route(match: OriginPattern(logGroup: Glob("both")), sinks: [central, archive]),
            Route(match: OriginPattern(logGroup: Glob("app")), sinks: [central]),
        ]
        let consumer = StreamConsumer(
            plan: StreamConsumer.Plan(
                start: .trimHorizon, limits: ConsumerLimits(pace: ReadPace(), maxRecord: 1 << 20)),
            source: source,
            outlets: Outlets(
                sinks: sinks, routes: try RouteTable(sinks: sinks.map(\.name), routes: routes),
                deadLetters: FakeDeadLetters()),
            store: store, saved: saved, memory: Memory(bytes: 64 << 20), ledger: ledger, telemetry: .silent,
            surroundings: .hasty(now: Instant(milliseconds: 0)))
        try await consumer.run(until: {
            while !Task.isCancelled, ledger.snapshot.recordsRead < 9 || sinks.contains(where: { !$0.isQuiet }) {
                await Task.yield()
            }
        })
        return ledger.snapshot
    }

    @Test func isSavedWithTheCheckpoints() async throws {
        let ledger = try await run(FakeSink(central), FakeSink(archive))
        #expect(ledger == whole)
        #expect(try await store.load().ledger == whole)
    }

    /// The record that is held keeps the checkpoint back, and all that settled behind it is read again.
    @Test func countsEachRecordOnceAcrossRestarts() async throws {
        let before = try await run(FakeSink(central, .holdsFirst), FakeSink(archive))
        #expect(before.recordsPending == 1)
        #expect(before.sinks[central]?.pending == 1)
        let saved = try await store.load().ledger
        #expect((saved.recordsRead, saved.recordsControl, saved.recordsPending) == (1, 1, 0))
        let after = try await run(FakeSink(central), FakeSink(archive))
        #expect(after == whole)
        #expect(try await store.load().ledger == whole)
    }

    /// What one commit could not save is within the next.
    @Test func losesNothingWhenACommitFails() async throws {
        store.state.withLock { $0.failures = 2 }
        _ = try await run(FakeSink(central, .settlesWhenDrained), FakeSink(archive))
        #expect(try await store.load().ledger == whole)
    }
}

extension FakeSink {
    /// Whether it has got all it will get: one event goes to `archive`, four to `central`.
    fileprivate var isQuiet: Bool { messages.count == (name.text == "archive" ? 1 : 4) }
}
