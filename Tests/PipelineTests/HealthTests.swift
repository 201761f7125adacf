import Core
import Locking
import Pipeline
import Testing

/// What goes wrong shows while it does, and what stands still is told.
@Suite(.timeLimit(.minutes(1))) struct HealthTests {
    private let source = FakeSource()
    private let store = FakeStore()
    private let events = Locked<[TelemetryEvent]>([])
    private let ledger = Ledger()
    private let surroundings = SteadyTime().surroundings(now: Instant(milliseconds: 1_763_632_800_000))
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

    /// Reads, and watches how it goes, until `body` returns.
    private func run(
        _ sinks: [any Sink], memory: Int = 64 << 20, saved: [ShardID: Checkpoint] = [:],
        until body: @escaping @Sendable (HealthBoard) async -> Void
    ) async throws {
        let board = HealthBoard(
            rule: StuckRule(after: .seconds(300)), sinks: sinks.map(\.name), ledger: ledger,
            surroundings: surroundings)
        let telemetry = Telemetry { [events] event in events.withLock { $0.append(event) } }
            .observed(by: board.note)
        let consumer = StreamConsumer(
            plan: StreamConsumer.Plan(
                start: .trimHorizon, limits: ConsumerLimits(pace: ReadPace(), maxRecord: 1 << 20)),
            source: source,
            outlets: Outlets(
                sinks: sinks, routes: try RouteTable(sinks: sinks.map(\.name), routes: []),
                deadLetters: FakeDeadLetters()),
            store: store, saved: SavedState(checkpoints: saved), memory: Memory(bytes: memory), ledger: ledger,
            telemetry: telemetry,
            health: board, surroundings: surroundings)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await HealthWatch(board, telemetry: telemetry, surroundings: surroundings).run()
            }
            group.addTask { try await consumer.run(until: { await body(board) }) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Returns once the shard stands like this.
    private static func when(
        _ shard: ShardID, on board: HealthBoard, _ condition: (ShardStanding) -> Bool
    ) async {
        await when(board) { picture in picture.shards.contains { $0.shard == shard && condition($0) } }
    }

    private static func when(_ board: HealthBoard, _ condition: (HealthPicture) -> Bool) async {
        await when { condition(board.picture) }
    }

    private func fail(_ fault: ReadFault) {
        source.state.withLock { $0.errors = (0..<100_000).map { _ in ReadTrouble(fault, "no: \(fault.rawValue)") } }
    }

    private func mend() { source.state.withLock { $0.errors = [] } }

    // MARK: Reading

    @Test func whileCallsFailAgesGrowAndThenAllIsWell() async throws {
        source.add(Shard(id: one, parents: []), [payload("a")])
        try await run([FakeSink(central)]) { board in
            await Self.when(one, on: board) { $0.state == .idle }
            await Self.when(board) { $0.verdict == HealthVerdict(status: .ok, causes: []) }
            fail(.accessDenied)
            await Self.when(one, on: board) { if case .backingOff(.accessDenied, _) = $0.state { true } else { false } }
            #expect(board.picture.verdict.status != .ok)
            let words = await board.snapshot().words[one]
            #expect(words == "no: access-denied")
            var last = Duration.zero
            for limit in [100, 300, 700] {
                await Self.when(one, on: board) { $0.sinceProgress ?? .zero >= .seconds(limit) }
                let behind = board.picture.shards.first?.behindLatest ?? .zero
                #expect(behind > last)
                last = behind
            }
            #expect(board.picture.verdict.status == .red)
            await whenToldStuck(.shard(one))
            mend()
            await Self.when(board) { $0.verdict.status == .ok }
            await Self.when(one, on: board) { $0.state == .idle }
            await whenToldMoving(.shard(one))
        }
        let stuck = periods(of: .shard(one))
        #expect(!stuck.isEmpty && stuck == Array(Set(stuck)).sorted(), "once per period: \(stuck)")
        #expect(moves(of: .shard(one)) == 1)
    }

    /// The periods that were told, one after the other.
    private func periods(of subject: HealthSubject) -> [Int] {
        events.withLock { $0 }.compactMap { event in
            guard case .stuck(subject, let lasting, _) = event else { return nil }
            return Int(lasting / .seconds(300))
        }
    }

    private func moves(of subject: HealthSubject) -> Int {
        events.withLock { $0 }.count { if case .moves(subject, _) = $0 { true } else { false } }
    }

    /// Returns once the log has said it, which is a little later than the board shows it.
    private func whenToldStuck(_ subject: HealthSubject) async { await Self.when { !periods(of: subject).isEmpty } }

    private func whenToldMoving(_ subject: HealthSubject) async { await Self.when { moves(of: subject) > 0 } }

    private static func when(_ condition: () -> Bool) async {
        while !condition(), !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
    }

    /// Nobody reads what no list shows.
    @Test func aListThatFailsIsSeenAndSoAreTheShardsThatWaitForIt() async throws {
        source.add(Shard(id: one, parents: []), [payload("a")])
        fail(.network)
        let saved: [ShardID: Checkpoint] = [one: .after(try #require(SequenceNumber("0")))]
        try await run([FakeSink(central)], saved: saved) { board in
            await Self.when(one, on: board) { $0.state == .unlisted && $0.sinceProgress ?? .zero >= .seconds(300) }
            await Self.when(board) { $0.listing?.lasting ?? .zero >= .seconds(300) }
            #expect(board.picture.verdict.status == .red)
            #expect(board.picture.verdict.causes.first?.hasPrefix("list of shards: no progress for ") == true)
            await whenToldStuck(.listing)
            mend()
            await Self.when(board) { $0.listing == nil && $0.verdict.status == .ok }
            await whenToldMoving(.listing)
        }
        #expect(!periods(of: .listing).isEmpty)
        #expect(moves(of: .listing) == 1)
    }

    @Test func aChildWaitsForItsParentsAndIsNotStuck() async throws {
        source.add(Shard(id: one, parents: [], endingSequence: SequenceNumber("9")), [payload("old")])
        source.add(Shard(id: two, parents: [one]), [payload("new")])
        let sink = FakeSink(central, .holds)
        try await run([sink]) { [one, two] board in
            await Self.when(one, on: board) { $0.sinceProgress ?? .zero >= .seconds(300) }
            let child = board.picture.shards.first { $0.shard == two }
            #expect(child?.state == .waiting(for: [one]))
            #expect(child?.sinceProgress == nil)
            sink.settleAll()
            await Self.when(one, on: board) { $0.isOver }
            let parent = board.picture.shards.first { $0.shard == one }
            #expect(parent == ShardStanding(shard: one, state: .ended))
            #expect(await board.snapshot().checkpoints[one] == .shardEnd)
            await Self.when(two, on: board) { $0.behindLatest != nil }
        }
    }

    // MARK: Sinks

    /// The shard is at the tip, and one of its sinks settles nothing.
    @Test func aSinkThatSettlesNothingIsNamed() async throws {
        source.add(Shard(id: one, parents: []), [payload("a"), payload("b")])
        let slow = FakeSink(archive, .holds)
        try await run([FakeSink(central), slow]) { board in
            await Self.when(one, on: board) { $0.stalledBy == archive }
            await Self.when(board) { $0.verdict.status == .red }
            #expect(board.picture.shards.first?.unsettled == 2)
            await whenToldStuck(.shard(one))
            slow.settleAll()
            await Self.when(one, on: board) { $0.state == .idle && $0.unsettled == 0 }
            await Self.when(board) { $0.verdict.status == .ok }
            await whenToldMoving(.shard(one))
        }
        #expect(moves(of: .shard(one)) == 1)
    }

    /// Only the oldest record is kept back, and all that came later is settled: the checkpoint does not move.
    @Test func oneRecordThatIsNeverSettledIsEnough() async throws {
        source.add(Shard(id: one, parents: []), (0..<20).map { payload("m\($0)") })
        try await run([FakeSink(central), FakeSink(archive, .holdsFirst)]) { [one, archive] board in
            await Self.when(one, on: board) { $0.stalledBy == archive && $0.unsettled == 1 }
            await Self.when(board) { $0.verdict.status == .red }
        }
    }

    @Test func aSinkThatHoldsTheMemoryIsNamed() async throws {
        let long = String(repeating: "x", count: 200_000)
        source.add(Shard(id: one, parents: []), (0..<200).map { _ in payload(long) })
        source.add(Shard(id: two, parents: []), [])
        let slow = FakeSink(archive, .stalls)
        try await run([FakeSink(central), slow], memory: 4 << 20) { [one, two, archive] board in
            await Self.when(one, on: board) { $0.stalledBy == archive && $0.sinceProgress ?? .zero >= .seconds(300) }
            // It has nothing to deliver, and no memory to find that out.
            await Self.when(two, on: board) { $0.stalledBy == archive && $0.unsettled == 0 }
        }
    }

    @Test func aSinkThatTakesNothingIsNamed() async throws {
        source.add(Shard(id: one, parents: []), [payload("a")])
        try await run([FakeSink(central), DeafSink(archive)]) { [one, archive] board in
            await Self.when(one, on: board) { $0.stalledBy == archive }
        }
    }

    @Test func aSinkThatFailsIsSeenUntilItDelivers() async throws {
        source.add(Shard(id: one, parents: []), [payload("a")])
        try await run([FakeSink(central)]) { [one, central] board in
            await Self.when(one, on: board) { $0.state == .idle }
            for target in ["/a:b", "/c:d"] {
                board.note(.sinkFailed(central, target: target, cause: "denied", attempt: 1, retryIn: .seconds(1)))
            }
            #expect(board.picture.sinks[central]?.map(\.target) == ["/a:b", "/c:d"])
            #expect(board.picture.verdict.status == .degraded)
            board.note(.sinkRecovered(central, target: "/a:b", after: 1))
            #expect(board.picture.sinks[central]?.map(\.target) == ["/c:d"])
            board.note(.sinkRecovered(central, target: "/c:d", after: 1))
            #expect(board.picture.sinks.isEmpty && board.picture.verdict.status == .ok)
        }
    }

    /// Senders choose how many log groups there are.
    @Test func noNumberOfFailingTargetsFillsTheMemory() {
        let board = HealthBoard(rule: .standard, sinks: [central], ledger: ledger, surroundings: surroundings)
        let long = String(repeating: "x", count: 10_000)
        for target in 0..<1000 {
            board.note(.sinkFailed(central, target: "\(target)", cause: long, attempt: 1, retryIn: .zero))
        }
        let faults = board.picture.sinks[central] ?? []
        #expect(faults.count == 100)
        #expect(faults.allSatisfy { $0.cause.count <= 501 })
    }

    // MARK: Commits

    @Test func checkpointsThatCannotBeSavedAreSeen() async throws {
        source.add(Shard(id: one, parents: []), [payload("a")])
        let store = store
        store.state.withLock { $0.failures = 100_000 }
        try await run([FakeSink(central)]) { board in
            await Self.when(board) { $0.commit?.lasting ?? .zero >= .seconds(300) }
            #expect(board.picture.verdict.status == .red)
            await whenToldStuck(.commit)
            store.state.withLock { $0.failures = 0 }
            await Self.when(board) { $0.commit == nil && $0.verdict.status == .ok }
            let snapshot = await board.snapshot()
            #expect(snapshot.committed != nil)
            #expect(snapshot.checkpoints[one] == SequenceNumber("0").map(Checkpoint.after))
            await whenToldMoving(.commit)
        }
        #expect(moves(of: .commit) == 1)
    }

    // MARK: The stream

    @Test func aStreamThatIsNotFoundIsSeen() async throws {
        let board = HealthBoard(rule: .standard, sinks: [central], ledger: ledger, surroundings: surroundings)
        board.note(.streamUnreachable(cause: "no route", retryIn: .seconds(1)))
        #expect(board.picture.verdict.causes == ["stream: fails for 0s (no route)"])
        #expect(await board.snapshot().stream == nil)
        board.found(stream: "arn")
        #expect(board.picture.verdict.status == .ok)
        #expect(await board.snapshot().stream == "arn")
    }
}

/// Never takes what it is given.
private final class DeafSink: Sink {
    let name: SinkName

    init(_ name: SinkName) { self.name = name }

    func accept(_ deliveries: [Delivery]) async throws { try await Task.sleep(for: .seconds(3600)) }

    func run() async throws {}

    func drain() async {}

    func cut() async throws -> FilesCut? { nil }
}

extension ShardStanding {
    fileprivate var stalledBy: SinkName? {
        if case .stalled(let sink, _) = state { sink } else { nil }
    }
}
