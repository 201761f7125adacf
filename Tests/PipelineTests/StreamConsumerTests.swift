import Core
import Locking
import Pipeline
import Testing

@Suite(.timeLimit(.minutes(1))) struct StreamConsumerTests {
    private let source = FakeSource()
    private let store = FakeStore()
    private let deadLetters = FakeDeadLetters()
    private let ledger = Ledger()
    private let one: ShardID
    private let two: ShardID
    private let central: SinkName
    private let archive: SinkName

    init() throws {
        one = try #require(ShardID("shardId-000000000001"))
        two = try #require(ShardID("shardId-000000000002"))
        central = try #require(SinkName("central"))
        archive = try #require(SinkName("archive"))
    }

    private func consumer(
        _ sinks: [FakeSink], source: FakeSource? = nil, routes: [Route] = [], bounds: ReplayBounds? = nil,
        start: ShardPosition = .trimHorizon,
        memory: Int = 64 << 20, ledger: Ledger? = nil, now: Int64 = 1_763_632_800_000
    ) async throws -> StreamConsumer {
        StreamConsumer(
            plan: StreamConsumer.Plan(
                start: start, limits: ConsumerLimits(pace: ReadPace(), maxRecord: 1 << 20, bounds: bounds)),
            source: source ?? self.source,
            outlets: Outlets(
                sinks: sinks, routes: try RouteTable(sinks: sinks.map(\.name), routes: routes),
                deadLetters: deadLetters),
            store: store, saved: try await store.load(), memory: Memory(bytes: memory),
            ledger: ledger ?? self.ledger, telemetry: .silent,
            surroundings: .hasty(now: Instant(milliseconds: now)))
    }

    /// Returns once `condition` holds: what stops the consumer under test.
    private func whenever(_ condition: @escaping @Sendable () -> Bool) -> @Sendable () async -> Void {
        {
            while !condition(), !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
        }
    }

    private func sequence(_ number: Int) throws -> SequenceNumber { try #require(SequenceNumber("\(number)")) }

    @Test func deliversInOrderAndResumesAfterWhatItDelivered() async throws {
        source.add(Shard(id: one, parents: []), (0..<7).map { payload("m\($0)") })
        let sink = FakeSink(central)
        try await consumer([sink]).run(until: whenever { sink.messages.count == 7 })
        #expect(sink.messages == (0..<7).map { "m\($0)" })
        #expect(store.state.withLock { $0.saved.checkpoints } == [one: .after(try sequence(6))])

        source.state.withLock { $0.payloads[one]?.append(payload("m7")) }
        let later = FakeSink(central)
        try await consumer([later]).run(until: whenever { later.messages.count == 1 })
        #expect(later.messages == ["m7"])
    }

    @Test func oneUndecodableRecordIsKeptAndTheStreamGoesOn() async throws {
        source.add(
            Shard(id: one, parents: []), [payload("a"), "{broken", controlPayload, payload("b")])
        let sink = FakeSink(central)
        try await consumer([sink]).run(until: whenever { sink.messages.count == 2 })
        #expect(sink.messages == ["a", "b"])
        let letters = deadLetters.letters.withLock { $0 }
        #expect(letters.map(\.reason) == [.undecodable(.notJSON)])
        guard case .record(let bytes) = letters[0].content else {
            Issue.record("not the record's bytes")
            return
        }
        #expect(bytes == Array("{broken".utf8))
        let counts = ledger.snapshot
        #expect(counts.recordsRead == 4)
        #expect(counts.recordsDelivered == 2)
        #expect(counts.recordsControl == 1)
        #expect(counts.recordsDeadLettered == 1)
        #expect(counts.recordsPending == 0)
    }

    @Test func theCheckpointWaitsForEverySink() async throws {
        source.add(Shard(id: one, parents: []), [payload("a"), payload("b", logGroup: "quiet")])
        let (quick, slow) = (FakeSink(central), FakeSink(archive, .holds))
        let toBoth = Route(match: OriginPattern(logGroup: Glob("app")), sinks: [central, archive])
        let toOne = Route(match: OriginPattern(), sinks: [central])
        try await consumer([quick, slow], routes: [toBoth, toOne]).run(until: whenever { quick.messages.count == 2 })
        #expect(
            store.state.withLock { $0.saved.checkpoints } == [:], "the first record is not settled by the slow sink")
        #expect(ledger.snapshot.recordsPending == 1)

        let again = FakeSink(archive)
        try await consumer([FakeSink(central), again], routes: [toBoth, toOne], ledger: Ledger())
            .run(until: whenever { again.messages.count == 1 })
        #expect(again.messages == ["a"])
    }

    @Test func whatNoRouteTakesIsFilteredAndSettled() async throws {
        source.add(Shard(id: one, parents: []), [payload("a", logGroup: "noise"), payload("b")])
        let sink = FakeSink(central)
        let route = Route(match: OriginPattern(logGroup: Glob("app")), sinks: [central])
        try await consumer([sink], routes: [route]).run(until: whenever { sink.messages.count == 1 })
        #expect(sink.messages == ["b"])
        #expect(ledger.snapshot.recordsFiltered == 1)
        #expect(store.state.withLock { $0.saved.checkpoints } == [one: .after(try sequence(1))])
    }

    @Test func noErrorEndsTheReading() async throws {
        source.add(Shard(id: one, parents: []), (0..<9).map { payload("m\($0)") })
        source.state.withLock {
            $0.errors = (0..<20).map { _ in FakeSource.Fault() }
            $0.expiring = 3
        }
        let sink = FakeSink(central)
        try await consumer([sink]).run(until: whenever { sink.messages.count == 9 })
        #expect(sink.messages == (0..<9).map { "m\($0)" }, "nothing is read twice and nothing is missing")
    }

    @Test func throttlesAreWaitedOut() async throws {
        source.add(Shard(id: one, parents: []), (0..<9).map { payload("m\($0)") })
        source.state.withLock { $0.throttling = 12 }
        let sink = FakeSink(central)
        try await consumer([sink]).run(until: whenever { sink.messages.count == 9 })
        #expect(sink.messages == (0..<9).map { "m\($0)" })
        #expect(source.state.withLock { $0.opened[one]?.count } == 1, "a throttle needs no other iterator")
    }

    @Test func aChildStartsWhenItsParentsEndIsSaved() async throws {
        source.add(Shard(id: one, parents: [], endingSequence: SequenceNumber("9")), [payload("old")])
        source.add(Shard(id: two, parents: [one]), [payload("new")])
        let held = FakeSink(central, .holds)
        try await consumer([held], ledger: Ledger()).run(until: whenever { !held.messages.isEmpty })
        #expect(source.state.withLock { $0.opened[two] } == nil, "the parent's record is not settled")

        let sink = FakeSink(central)
        try await consumer([sink]).run(until: whenever { sink.messages.count == 2 })
        #expect(sink.messages == ["old", "new"])
        #expect(
            store.state.withLock { $0.saved.checkpoints } == [one: .shardEnd, two: .after(try sequence(0))])
    }

    @Test func aChildThatIsListedLateIsFoundAllTheSame() async throws {
        let three = try #require(ShardID("shardId-000000000003"))
        source.add(Shard(id: one, parents: [], endingSequence: SequenceNumber("9")), [payload("old")])
        source.add(Shard(id: three, parents: []), [payload("other")])
        let sink = FakeSink(central)
        try await consumer([sink]).run(
            until: {
                await whenever { store.state.withLock { $0.saved.checkpoints[one] } == .shardEnd }()
                source.add(Shard(id: two, parents: [one]), [payload("new")])
                await whenever { sink.messages.count == 3 }()
            })
        #expect(Set(sink.messages) == ["old", "other", "new"])
    }

    @Test func aFailedSaveIsTriedAgain() async throws {
        source.add(Shard(id: one, parents: []), [payload("a")])
        store.state.withLock { $0.failures = 3 }
        let sink = FakeSink(central)
        try await consumer([sink]).run(until: whenever { store.state.withLock { $0.commits.count } > 0 })
        #expect(store.state.withLock { $0.saved.checkpoints } == [one: .after(try sequence(0))])
    }

    @Test func aStopLetsSinksSendWhatTheyHold() async throws {
        source.add(Shard(id: one, parents: []), [payload("a"), payload("b")])
        let sink = FakeSink(central, .settlesWhenDrained)
        try await consumer([sink]).run(until: whenever { sink.messages.count == 2 })
        #expect(sink.state.withLock { $0.drained } == 1)
        #expect(store.state.withLock { $0.saved.checkpoints } == [one: .after(try sequence(1))])
    }

    @Test func aClosedSinkStopsEverythingAndLosesNothing() async throws {
        source.add(Shard(id: one, parents: []), [payload("a")])
        let consumer = try await consumer([FakeSink(central, .closed)])
        await #expect(throws: SinkClosed.self) { try await consumer.run(until: whenever { false }) }
        #expect(store.state.withLock { $0.saved.checkpoints } == [:])
    }

    @Test func aReplayEndsByItself() async throws {
        source.add(Shard(id: one, parents: []), (0..<6).map { payload("m\($0)") })
        source.add(Shard(id: two, parents: [], endingSequence: SequenceNumber("9")), (0..<2).map { payload("n\($0)") })
        let sink = FakeSink(central)
        let bounds = ReplayBounds(others: .time(Instant(milliseconds: 3000)))
        let end = try await consumer([sink], bounds: bounds, now: 6000).run(until: whenever { false })
        #expect(end == .replayed)
        #expect(Set(sink.messages) == ["m0", "m1", "m2", "m3", "n0", "n1"])
        #expect(ledger.snapshot.recordsPending == 0)
    }

    /// What may cost a change of threads is done for a page, or for a mebibyte of text, and not for each record.
    @Test func recordsAreGivenToASinkSomeAtATime() async throws {
        let source = FakeSource(pageRecords: 1000)
        let long = String(repeating: "x", count: 300_000)
        source.add(Shard(id: one, parents: []), (0..<400).map { payload("m\($0)") })
        source.add(Shard(id: two, parents: []), (0..<6).map { _ in payload(long) })
        let sink = FakeSink(central)
        try await consumer([sink], source: source).run(until: whenever { sink.messages.count == 406 })
        let counts = sink.state.withLock { $0.recordsAtOnce }
        #expect(counts.sorted() == [2, 4, 144, 256])
    }

    /// Records that wait to be given to a sink must not keep the memory that the next record of their page needs.
    @Test func aPageMayHoldMoreThanTheMemory() async throws {
        let source = FakeSource(pageRecords: 100)
        let long = String(repeating: "x", count: 200_000)
        source.add(Shard(id: one, parents: []), (0..<100).map { payload("\($0) \(long)") })
        let sink = FakeSink(central)
        try await consumer([sink], source: source, memory: 2 << 20).run(until: whenever { sink.messages.count == 100 })
        #expect(sink.messages.map { $0.prefix { $0 != " " } } == (0..<100).map { "\($0)" })
    }

    /// A sink that waits for more than there is room for is told so.
    @Test func sinksAreHastenedWhenMemoryIsShort() async throws {
        let long = String(repeating: "x", count: 200_000)
        source.add(Shard(id: one, parents: []), (0..<100).map { _ in payload(long) })
        let sink = FakeSink(central, .settlesWhenHastened)
        try await consumer([sink], memory: 4 << 20).run(until: whenever { sink.messages.count == 100 })
        #expect(sink.messages.count == 100)
    }

    /// A sink that settles nothing fills the budget; reading then waits and the process does not grow.
    @Test func aStalledSinkStopsTheReading() async throws {
        let long = String(repeating: "x", count: 200_000)
        source.add(Shard(id: one, parents: []), (0..<200).map { _ in payload(long) })
        let sink = FakeSink(central, .stalls)
        let memory = 4 << 20
        try await consumer([sink], memory: memory).run(until: {
            var before = -1
            while sink.messages.count != before || before < 1 {
                before = sink.messages.count
                try? await Task.sleep(for: .milliseconds(300))
                if Task.isCancelled { return }
            }
        })
        #expect(sink.messages.count * 200_000 < memory)
        #expect(sink.messages.count > 1)
    }

    @Test func latestIsRememberedAcrossARestart() async throws {
        source.add(Shard(id: one, parents: []), [payload("before")])
        let sink = FakeSink(central)
        try await consumer([sink], start: .latest).run(until: whenever { source.state.withLock { $0.polls } > 2 })
        #expect(sink.messages == [])
        let saved = store.state.withLock { $0.saved.checkpoints[one] }
        guard case .atTime = saved else {
            Issue.record("nothing tells where LATEST was: \(String(describing: saved))")
            return
        }
    }
}
