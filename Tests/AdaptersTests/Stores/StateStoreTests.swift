import Adapters
import Core
import Pipeline
import Testing

/// What every store does.
@Suite struct StateStoreTests {
    enum Kind: CaseIterable { case memory, sqlite }

    private static let sink = SinkName.test("archive")
    private let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    private func store(_ kind: Kind) throws -> any StateStore {
        switch kind {
        case .memory: MemoryStateStore()
        case .sqlite:
            try SQLiteStateStore(
                path: scratch.below("state.db"), scope: .init(stream: "s"), now: { Instant(milliseconds: 7) })
        }
    }

    private func files(_ lengths: [String: Int], _ frontier: [ShardID: SequenceNumber] = [:]) -> FilesCut {
        FilesCut(sink: Self.sink, lengths: lengths, frontier: frontier)
    }

    @Test(arguments: Kind.allCases) func aNewStoreHoldsNothing(kind: Kind) async throws {
        #expect(try await store(kind).load() == SavedState())
    }

    @Test(arguments: Kind.allCases) func whatWasSavedIsLoaded(kind: Kind) async throws {
        let store = try store(kind)
        let checkpoints: [ShardID: Checkpoint] = [
            .test(0): .after(.test(5)), .test(1): .shardEnd, .test(2): .atTime(Instant(milliseconds: 9)),
        ]
        let dead = FilesCut(sink: .deadLetters, lengths: ["/d/dead": 3], frontier: [.zero: .test(2)])
        try await store.save(
            Commit(checkpoints: checkpoints, files: [files(["/a": 1, "/b": 2], [.zero: .test(5)]), dead]))
        #expect(
            try await store.load()
                == SavedState(
                    checkpoints: checkpoints,
                    files: [Self.sink: files(["/a": 1, "/b": 2], [.zero: .test(5)]), .deadLetters: dead]))
    }

    @Test(arguments: Kind.allCases) func theLedgerGrowsWithEachCommit(kind: Kind) async throws {
        let store = try store(kind)
        var counts = LedgerCounts()
        (counts.recordsRead, counts.recordsDelivered, counts.recordsControl) = (7, 1, 2)
        (counts.recordsFiltered, counts.recordsDeadLettered) = (3, 1)
        (counts.eventsRead, counts.eventsFiltered, counts.payloadBytes, counts.textBytes) = (9, 4, 100, 700)
        counts.sinks = [Self.sink: SinkCounts(routed: 5, delivered: 4, deadLettered: 1)]
        for _ in 0..<2 { try await store.save(Commit(checkpoints: [:], files: [], ledger: counts)) }
        var twice = counts
        twice += counts
        #expect(try await store.load().ledger == twice)
        #expect(twice.recordsRead == 14 && twice.sinks[Self.sink]?.deadLettered == 2)
    }

    @Test(arguments: Kind.allCases) func shardsAreForgottenAndTheirStreamIsKnown(kind: Kind) async throws {
        let store = try store(kind)
        let created = Instant(milliseconds: 1_763_632_800_000)
        try await store.save(
            Commit(
                checkpoints: [.test(0): .after(.test(1)), .test(1): .after(.test(2))],
                files: [files(["/a": 1], [.test(0): .test(1), .test(1): .test(2)])], created: created))
        try await store.save(Commit(checkpoints: [:], files: [], forgotten: [.test(0)]))
        let state = try await store.load()
        #expect(state.checkpoints == [.test(1): .after(.test(2))])
        #expect(state.files[Self.sink] == files(["/a": 1], [.test(1): .test(2)]))
        #expect(state.created == created)
    }

    /// A frontier says what a sink has had by the rule of its time.
    @Test(arguments: Kind.allCases) func aNewIntakeForgetsTheFrontier(kind: Kind) async throws {
        let store = try store(kind)
        let dead = FilesCut(sink: .deadLetters, lengths: ["/d": 1], frontier: [.zero: .test(9)])
        try await store.save(
            Commit(
                checkpoints: [.zero: .after(.test(2))], files: [files(["/a": 1], [.zero: .test(5)]), dead],
                intakes: [Self.sink: "+a"]))
        let before = try await store.load()
        #expect(before.intakes == [Self.sink: "+a"])
        #expect(before.files[Self.sink]?.frontier == [.zero: .test(5)])
        #expect(before.aheadOfCheckpoints([Self.sink, .test("other")]) == [Self.sink])
        try await store.save(Commit(checkpoints: [:], files: [], intakes: [Self.sink: "+b"]))
        let after = try await store.load()
        #expect(after.intakes == [Self.sink: "+b"])
        #expect(after.files == [Self.sink: files(["/a": 1]), .deadLetters: dead])
        var forgetful = before
        forgetful.forgetFrontiers(of: [Self.sink])
        #expect(forgetful.files == after.files)
    }

    @Test(arguments: Kind.allCases) func aCommitChangesOnlyWhatItNames(kind: Kind) async throws {
        let store = try store(kind)
        try await store.save(
            Commit(
                checkpoints: [.test(0): .after(.test(1)), .test(1): .after(.test(1))],
                files: [files(["/a": 1, "/b": 2], [.test(0): .test(1)])]))
        try await store.save(
            Commit(
                checkpoints: [.test(1): .after(.test(2))], files: [files(["/b": 3, "/c": 4], [.test(1): .test(2)])]))
        let state = try await store.load()
        #expect(state.checkpoints == [.test(0): .after(.test(1)), .test(1): .after(.test(2))])
        #expect(
            state.files[Self.sink]
                == files(["/a": 1, "/b": 3, "/c": 4], [.test(0): .test(1), .test(1): .test(2)]))
    }

    @Test(arguments: Kind.allCases) func aRegisteredFileIsKnownWithItsLength(kind: Kind) async throws {
        let store = try store(kind)
        try await store.register(["/a": 0, "/b": 12], of: Self.sink)
        try await store.save(Commit(checkpoints: [:], files: [files(["/a": 5])]))
        #expect(try await store.load().files[Self.sink]?.lengths == ["/a": 5, "/b": 12])
    }

    @Test(arguments: Kind.allCases) func onlyAFileWithThatLengthIsForgotten(kind: Kind) async throws {
        let store = try store(kind)
        try await store.register(["/a": 1, "/b": 2], of: Self.sink)
        #expect(try await store.forget(["/a": 1, "/b": 3, "/c": 0], of: Self.sink) == ["/a"])
        #expect(try await store.forget(["/b": 2], of: .deadLetters) == [])
        #expect(try await store.load().files[Self.sink]?.lengths == ["/b": 2])
    }

    @Test(arguments: Kind.allCases) func anEndedShardHasNoFrontier(kind: Kind) async throws {
        let store = try store(kind)
        try await store.save(
            Commit(checkpoints: [:], files: [files([:], [.test(0): .test(8), .test(1): .test(9)])]))
        try await store.save(Commit(checkpoints: [.test(0): .shardEnd], files: [files([:], [.test(0): .test(9)])]))
        #expect(try await store.load().files[Self.sink]?.frontier == [.test(1): .test(9)])
    }

    @Test(arguments: Kind.allCases) func aCheckpointNeverGoesBack(kind: Kind) async throws {
        let store = try store(kind)
        try await store.save(Commit(checkpoints: [.test(0): .after(.test(10))], files: []))
        try await store.save(Commit(checkpoints: [.test(0): .after(.test(10))], files: []))
        let back = Commit(
            checkpoints: [.test(0): .after(.test(9)), .test(1): .after(.test(1))], files: [files(["/a": 1])])
        await #expect(
            throws: CheckpointWouldGoBack(
                shard: .test(0), saved: .after(.test(10)), refused: .after(.test(9)))
        ) { try await store.save(back) }
        #expect(try await store.load() == SavedState(checkpoints: [.test(0): .after(.test(10))]))
    }
}
