import Core
import Locking
import Pipeline
import Testing

/// Which shards are read, whatever the store and the lists do meanwhile.
@Suite(.timeLimit(.minutes(1))) struct ReadingTests {
    private let source = FakeSource()
    private let store = FakeStore()
    private let ledger = Ledger()
    private let one: ShardID
    private let two: ShardID
    private let sink: FakeSink

    init() throws {
        one = try #require(ShardID("shardId-000000000001"))
        two = try #require(ShardID("shardId-000000000002"))
        sink = FakeSink(try #require(SinkName("central")))
    }

    private func run(start: ShardPosition = .trimHorizon, until condition: @escaping @Sendable () -> Bool) async throws
    {
        let saved = try await store.load()
        let consumer = StreamConsumer(
            plan: StreamConsumer.Plan(start: start, limits: ConsumerLimits(pace: ReadPace(), maxRecord: 1 << 20)),
            source: source,
            outlets: Outlets(
                sinks: [sink], routes: try RouteTable(sinks: [sink.name], routes: []), deadLetters: FakeDeadLetters()),
            store: store, saved: saved, memory: Memory(bytes: 64 << 20), ledger: ledger, telemetry: .silent,
            surroundings: .hasty(now: Instant(milliseconds: 1_763_632_800_000)))
        try await consumer.run(until: {
            while !condition(), !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
        })
    }

    @Test func aStoreThatFailsAtTheStartIsWaitedFor() async throws {
        source.add(Shard(id: one, parents: []), [payload("a")])
        store.state.withLock { $0.failures = 3 }
        try await run(start: .atTime(Instant(milliseconds: 0))) { sink.messages == ["a"] }
        #expect(sink.messages == ["a"])
        #expect(store.state.withLock { $0.failures } == 0)
    }

    /// The parent's last page named them: no list is needed.
    @Test func childrenStartWhileListsFail() async throws {
        source.add(Shard(id: one, parents: [], endingSequence: SequenceNumber("0")), [payload("parent")])
        source.state.withLock {
            $0.children[one] = [Shard(id: two, parents: [one])]
            $0.payloads[two] = [payload("child")]
        }
        try await run { [source, sink] in
            source.state.withLock { if $0.lists > 0 { $0.failsLists = true } }
            return sink.messages.count == 2 && source.state.withLock { $0.lists } > 3
        }
        #expect(sink.messages == ["parent", "child"])
    }

    /// What settles late of a shard that was forgotten is not saved again, and it is counted once.
    @Test func aShardThatIsGoneIsForgottenForGood() async throws {
        source.add(Shard(id: one, parents: []), [payload("gone")])
        source.add(Shard(id: two, parents: []), [payload("kept")])
        try await run { [source, sink, store] in
            if sink.messages.count == 2, store.state.withLock({ $0.saved.checkpoints.count == 2 }) {
                source.state.withLock { _ = $0.gone.insert(one) }
            }
            guard let forgotten = store.state.withLock({ $0.commits.firstIndex { $0.forgotten == [one] } }) else {
                return false
            }
            let more = source.state.withLock { state in
                state.payloads[two]?.append(payload("more"))
                return state.payloads[two]?.count ?? 0
            }
            return store.state.withLock { $0.commits.count } > forgotten + 5 && more > 5
        }
        let (saved, commits) = store.state.withLock { ($0.saved, $0.commits) }
        #expect(saved.checkpoints[one] == nil)
        #expect(saved.checkpoints[two] != nil)
        #expect(saved.ledger.expired == 1 && ledger.snapshot.expired == 1)
        #expect(commits.count { $0.forgotten.contains(one) } == 1)
    }

    /// Kinesis denied it for a while. It goes on at what is saved of it, and what that passed is counted once.
    @Test func aShardThatComesBackGoesOnWhereItWas() async throws {
        source.add(Shard(id: one, parents: []), [payload("a"), payload("b")])
        let hasLeft = Locked<Int?>(nil)
        try await run { [source, sink, store] in
            let saved = store.state.withLock { $0.saved.checkpoints[one] }
            if hasLeft.withLock({ $0 }) == nil, saved == SequenceNumber("1").map(Checkpoint.after) {
                hasLeft.withLock { left in
                    left = source.state.withLock { state in
                        state.gone.insert(one)
                        return state.lists
                    }
                }
            }
            source.state.withLock { state in
                guard let left = hasLeft.withLock({ $0 }), state.lists > left + 1, state.gone.remove(one) != nil else {
                    return
                }
                state.payloads[one]?.append(payload("c"))
            }
            return sink.messages.count >= 3 && saved == SequenceNumber("2").map(Checkpoint.after)
        }
        #expect(sink.messages == ["a", "b", "c"])
        #expect(ledger.snapshot.recordsRead == 3)
        #expect(store.state.withLock { $0.saved.ledger.recordsRead } == 3)
        #expect(ledger.snapshot.expired == 0)
    }

    /// The store fails while the shard is away: what was settled before is saved first, and so is counted once.
    @Test func aShardIsReadAgainOnlyOnceNothingOfItIsOnItsWayToTheStore() async throws {
        source.add(Shard(id: one, parents: []), [payload("a"), payload("b")])
        store.state.withLock { $0.failures = .max }
        let left = Locked<Int?>(nil)
        try await run { [source, sink, store] in
            let lists = source.state.withLock { $0.lists }
            // The commit that failed has taken both records by then.
            if left.withLock({ $0 }) == nil, sink.messages.count == 2, store.state.withLock({ $0.failures < .max - 20 })
            {
                left.withLock { $0 = lists }
                source.state.withLock { _ = $0.gone.insert(one) }
            }
            guard let left = left.withLock({ $0 }) else { return false }
            if lists > left + 2 {
                source.state.withLock { state in
                    if state.gone.remove(one) != nil { state.payloads[one]?.append(payload("c")) }
                }
            }
            if lists > left + 40 { store.state.withLock { $0.failures = 0 } }
            return store.state.withLock { $0.saved.checkpoints[one] } == SequenceNumber("2").map(Checkpoint.after)
        }
        #expect(sink.messages == ["a", "b", "c"])
        #expect(store.state.withLock { $0.saved.ledger.recordsRead } == 3)
    }
}
