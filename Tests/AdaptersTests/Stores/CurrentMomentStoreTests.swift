import Adapters
import Core
import Pipeline
import Testing

/// By when all that had arrived in a shard is settled is kept as long as the shard's position is.
@Suite struct CurrentMomentStoreTests {
    private let scratch: ScratchDirectory
    private let moment = Instant(milliseconds: 1_763_632_800_000)

    init() throws { scratch = try ScratchDirectory() }

    private func sqlite() throws -> SQLiteStateStore {
        try SQLiteStateStore(
            path: scratch.below("state.db"), scope: .init(stream: "s"), now: { Instant(milliseconds: 7) })
    }

    private func store(_ kind: StateStoreTests.Kind) throws -> any StateStore {
        switch kind {
        case .memory: MemoryStateStore()
        case .sqlite: try sqlite()
        }
    }

    @Test(arguments: StateStoreTests.Kind.allCases)
    func itIsSavedWithAndWithoutACheckpoint(kind: StateStoreTests.Kind) async throws {
        let store = try store(kind)
        let later = Instant(milliseconds: moment.milliseconds + 1)
        try await store.save(
            Commit(
                checkpoints: [.test(0): .after(.test(1))], files: [], currentAt: [.test(0): moment, .test(1): moment]))
        try await store.save(Commit(checkpoints: [:], files: [], currentAt: [.test(1): later]))
        #expect(try await store.load().currentAt == [.test(0): moment, .test(1): later])
    }

    @Test(arguments: StateStoreTests.Kind.allCases)
    func itGoesWithItsShard(kind: StateStoreTests.Kind) async throws {
        let store = try store(kind)
        try await store.save(
            Commit(
                checkpoints: [.test(0): .after(.test(1)), .test(1): .after(.test(1)), .test(2): .after(.test(1))],
                files: [], currentAt: [.test(0): moment, .test(1): moment, .test(2): moment]))
        try await store.save(Commit(checkpoints: [.test(0): .shardEnd], files: [], forgotten: [.test(1)]))
        #expect(try await store.load().currentAt == [.test(2): moment])
    }

    /// A recreated stream may have a shard of the same name, which begins anew in the commit that forgets the old one.
    @Test(arguments: StateStoreTests.Kind.allCases)
    func whatIsForgottenGoesBeforeWhatBegins(kind: StateStoreTests.Kind) async throws {
        let store = try store(kind)
        try await store.save(
            Commit(
                checkpoints: [.test(0): .shardEnd, .test(1): .after(.test(9))], files: [], currentAt: [.test(1): moment]
            )
        )
        let beginning = Checkpoint.atTime(moment)
        try await store.save(
            Commit(
                checkpoints: [.test(0): beginning], files: [], forgotten: [.test(0), .test(1)], created: moment))
        let state = try await store.load()
        #expect(state.checkpoints == [.test(0): beginning])
        #expect(state.currentAt == [:])
        #expect(state.created == moment)
    }

    /// How current a position of the operator's choice is nobody knows.
    @Test func anOperatorsChangeForgetsIt() async throws {
        let store = try sqlite()
        try await store.save(
            Commit(
                checkpoints: [.test(0): .after(.test(5)), .test(1): .after(.test(5))], files: [],
                currentAt: [.test(0): moment, .test(1): moment]))
        try await store.apply([CheckpointChange(shard: .test(0), from: .after(.test(5)), to: .after(.test(6)))])
        #expect(try await store.load().currentAt == [.test(1): moment])
    }
}
