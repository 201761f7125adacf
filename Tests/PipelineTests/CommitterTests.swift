import Core
import Locking
import Pipeline
import Testing

/// Like a files sink: what it took is settled by its cut, and only that.
private final class CuttingSink: Sink {
    struct State {
        var bytes = 0
        var cutBytes = 0
        var frontier: [ShardID: SequenceNumber] = [:]
        var owed: [Receipt] = []
    }

    let name: SinkName
    let state = Locked(State())

    init(_ name: SinkName) { self.name = name }

    func accept(_ deliveries: [Delivery]) async throws {
        state.withLock { state in
            for delivery in deliveries {
                state.bytes += 1
                state.frontier[delivery.shard] = delivery.sequence
                state.owed.append(delivery.receipt)
            }
        }
    }

    func run() async throws {}

    func drain() async {}

    func cut() async throws -> FilesCut? {
        let (cut, owed) = state.withLock { state -> (FilesCut?, [Receipt]) in
            guard state.cutBytes != state.bytes else { return (nil, []) }
            state.cutBytes = state.bytes
            defer { state.owed = [] }
            return (FilesCut(sink: name, lengths: ["f": state.bytes], frontier: state.frontier), state.owed)
        }
        for receipt in owed { receipt.settle(1, as: .delivered) }
        return cut
    }
}

@Suite(.timeLimit(.minutes(1))) struct CommitterTests {
    private let source = FakeSource()
    private let store = FakeStore()

    /// One commit holds a record's checkpoint and the bytes that it became, never the one without the other; and a commit
    /// that could not be saved is within the next one.
    @Test(arguments: [0, 1, 3]) func checkpointsAndLengthsAreOneCommit(failures: Int) async throws {
        let (shard, name) = (try #require(ShardID("shard")), try #require(SinkName("archive")))
        source.add(Shard(id: shard, parents: []), (0..<40).map { payload("m\($0)") })
        store.state.withLock { $0.failures = failures }
        let sink = CuttingSink(name)
        let consumer = StreamConsumer(
            plan: StreamConsumer.Plan(
                start: .trimHorizon, limits: ConsumerLimits(pace: ReadPace(), maxRecord: 1 << 20)),
            source: source,
            outlets: Outlets(
                sinks: [sink], routes: try RouteTable(sinks: [name], routes: []), deadLetters: FakeDeadLetters()),
            store: store, saved: SavedState(), memory: Memory(bytes: 64 << 20), ledger: Ledger(), telemetry: .silent,
            surroundings: .hasty(now: Instant(milliseconds: 0)))
        try await consumer.run(until: {
            while sink.state.withLock({ $0.bytes }) < 40, !Task.isCancelled { await Task.yield() }
        })
        let commits = store.state.withLock { $0.commits }
        #expect(!commits.isEmpty)
        for commit in commits {
            let checkpoint = try #require(commit.checkpoints[shard])
            let cut = try #require(commit.files.first)
            #expect(cut.frontier[shard].map(Checkpoint.after) == checkpoint)
            #expect(cut.lengths["f"].map { "\($0 - 1)" } == cut.frontier[shard]?.digits)
        }
        #expect(store.state.withLock { $0.saved.files[name]?.lengths } == ["f": 40])
    }
}
