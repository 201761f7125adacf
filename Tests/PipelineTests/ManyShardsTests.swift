import Core
import Locking
import Pipeline
import Testing

/// Hundreds of shards at once, where races would show: most of all to the thread sanitizer.
@Suite(.timeLimit(.minutes(5))) struct ManyShardsTests {
    private static let families = 60

    /// Not as many in each family, so that a checkpoint can be told from another shard's.
    private static func records(of family: Int) -> Int { 4 + family % 5 }

    /// Every shard is split, its halves are merged, and calls fail now and then.
    @Test func threeGenerationsOfHundredsOfShards() async throws {
        let source = FakeSource()
        for family in 0..<Self.families { try addFamily(family, to: source) }
        source.state.withLock {
            $0.errors = (0..<200).map { _ in FakeSource.Fault() }
            ($0.throttling, $0.expiring) = (100, 100)
        }
        let (central, archive) = (
            FakeSink(try #require(SinkName("central"))), FakeSink(try #require(SinkName("archive")))
        )
        let (store, ledger) = (FakeStore(), Ledger())
        let consumer = StreamConsumer(
            plan: StreamConsumer.Plan(
                start: .trimHorizon, limits: ConsumerLimits(pace: ReadPace(), maxRecord: 1 << 20)),
            source: source,
            outlets: Outlets(
                sinks: [central, archive], routes: try RouteTable(sinks: [central.name, archive.name], routes: []),
                deadLetters: FakeDeadLetters()),
            store: store, saved: SavedState(), memory: Memory(bytes: 64 << 20), ledger: ledger, telemetry: .silent,
            surroundings: .thousandfold)
        let messages = (0..<Self.families).reduce(0) { $0 + 4 * Self.records(of: $1) }
        try await consumer.run(until: {
            while !Task.isCancelled, central.count < messages || archive.count < messages {
                try? await Task.sleep(for: .milliseconds(5))
            }
        })
        for sink in [central, archive] { expectInOrder(sink.messages) }
        let counts = ledger.snapshot
        #expect(counts.recordsRead == messages && counts.recordsDelivered == messages && counts.recordsPending == 0)
        let saved = store.state.withLock { $0.saved }
        for family in 0..<Self.families {
            let checkpoints = try Self.ids(of: family).map { saved.checkpoints[$0] }
            let last = try #require(SequenceNumber("\(Self.records(of: family) - 1)"))
            #expect(checkpoints == [.shardEnd, .shardEnd, .shardEnd, .after(last)], "family \(family)")
        }
        #expect(saved.ledger == counts)
    }

    /// A shard, its two halves, and what they were merged into.
    private static func ids(of family: Int) throws -> [ShardID] {
        try (0..<4).map { try #require(ShardID("shardId-\(family)-\($0)")) }
    }

    /// The messages tell the family, the shard within it, and their number there.
    private func addFamily(_ family: Int, to source: FakeSource) throws {
        let (ids, records) = (try Self.ids(of: family), Self.records(of: family))
        let parents: [[ShardID]] = [[], [ids[0]], [ids[0]], [ids[1], ids[2]]]
        for (number, id) in ids.enumerated() {
            let ending = number < 3 ? SequenceNumber("\(records)") : nil
            source.add(
                Shard(id: id, parents: parents[number], endingSequence: ending),
                (0..<records).map { payload("\(family) \(number) \($0)") })
        }
    }

    /// Each family's shards in the order of their descent, each shard's messages in the order of their numbers, once.
    private func expectInOrder(_ messages: [String]) {
        var next: [Int: Int] = [:]
        var ended: [Int: Set<Int>] = [:]
        for message in messages {
            let words = message.split(separator: " ").compactMap { Int($0) }
            let (family, shard, number) = (words[0], words[1], words[2])
            #expect(next[family * 4 + shard, default: 0] == number, "\(message)")
            next[family * 4 + shard] = number + 1
            let before: Set<Int> = [[], [0], [0], [0, 1, 2]][shard]
            #expect(before.isSubset(of: ended[family, default: []]), "\(message)")
            if number == Self.records(of: family) - 1 { ended[family, default: []].insert(shard) }
        }
        #expect(ended.count == Self.families && ended.values.allSatisfy { $0 == [0, 1, 2, 3] })
    }
}

extension FakeSink {
    fileprivate var count: Int { state.withLock { $0.messages.count } }
}

extension Surroundings {
    /// Whoever waits waits for a thousandth of the time.
    fileprivate static let thousandfold: Surroundings = {
        let start = ContinuousClock.now
        return Surroundings(
            now: { Instant(milliseconds: 1_763_632_800_000) },
            sleep: { try await Task.sleep(for: $0 / 1000) },
            uptime: { start.duration(to: .now) * 1000 }, jitter: { 0.5 })
    }()
}
