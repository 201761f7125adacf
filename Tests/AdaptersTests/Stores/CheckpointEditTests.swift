import Core
import Glibc
import Pipeline
import Testing

@testable import Adapters

@Suite struct CheckpointEditTests {
    private static let sink = SinkName.test("archive")
    private let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    private func open(stream: String = "s") async throws -> SQLiteStateStore {
        try await afterLettingGo {
            try SQLiteStateStore(
                path: scratch.below("state.db"), scope: .init(stream: stream), now: { Instant(milliseconds: 7) })
        }
    }

    // MARK: What becomes of the frontiers

    private func frontiers(after change: (Checkpoint?, Checkpoint?)) async throws -> [[ShardID: SequenceNumber]] {
        let store = try await open()
        let frontier: [ShardID: SequenceNumber] = [.test(0): .test(8), .test(1): .test(8)]
        let sinks = [Self.sink, .deadLetters].map { FilesCut(sink: $0, lengths: ["/f": 9], frontier: frontier) }
        let checkpoints = change.0.map { [ShardID.test(0): $0, .test(1): .after(.test(5))] } ?? [:]
        try await store.save(Commit(checkpoints: checkpoints, files: sinks))
        try await store.apply([CheckpointChange(shard: .test(0), from: change.0, to: change.1)])
        let state = try await store.load()
        #expect(state.checkpoints[.test(0)] == change.1)
        #expect(state.checkpoints[.test(1)] == (change.0 == nil ? nil : .after(.test(5))))
        return sinks.map { sink in
            #expect(state.files[sink.sink]?.lengths == ["/f": 9])
            return state.files[sink.sink]?.frontier ?? [:]
        }
    }

    @Test(
        arguments: [
            (.after(.test(5)), .after(.test(4)), false), (.after(.test(5)), .atTime(Instant(milliseconds: 9)), false),
            (.after(.test(5)), nil, false), (.after(.test(5)), .shardEnd, false),
            (.after(.test(5)), .after(.test(6)), true), (nil, .after(.test(4)), true),
        ] as [(Checkpoint?, Checkpoint?, Bool)])
    func theFrontierOfAShardStaysOnlyOnTheWayForward(from: Checkpoint?, to: Checkpoint?, stays: Bool) async throws {
        let expected: [ShardID: SequenceNumber] =
            stays ? [.test(0): .test(8), .test(1): .test(8)] : [.test(1): .test(8)]
        #expect(try await frontiers(after: (from, to)) == [expected, expected])
    }

    @Test func otherStreamsAndNamespacesStayAsTheyAre() async throws {
        let commit = Commit(
            checkpoints: [.zero: .after(.test(5))],
            files: [FilesCut(sink: Self.sink, lengths: [:], frontier: [.zero: .test(8)])])
        try await open(stream: "other").save(commit)
        try await open().save(commit)
        try await open().apply([CheckpointChange(shard: .zero, from: .after(.test(5)), to: nil)])
        #expect(try await open(stream: "other").load().checkpoints == commit.checkpoints)
        #expect(try await open(stream: "other").load().files == [Self.sink: commit.files[0]])
        #expect(try await open().load() == SavedState())
        let left = try SQLiteStateStore.readEveryCheckpoint(path: scratch.below("state.db"))
        #expect(left.keys.map(\.stream) == ["other"])
    }

    // MARK: With files

    /// The daemon's way, in small: what is read after a restart goes to files once, and twice where an operator went back.
    @Test(arguments: [(Checkpoint.after(.test(1)), "1\n2\n3\n2\n3\n"), (.after(.test(3)), "1\n2\n3\n")])
    func filesHoldAgainWhatTheOperatorWantsAgain(moved: Checkpoint, text: String) async throws {
        // Another sink has kept the checkpoint behind what the files hold.
        try await deliver(1...3, saving: .after(.test(2)))
        try await open().apply([CheckpointChange(shard: .zero, from: .after(.test(2)), to: moved)])
        guard case .after(let last) = moved, let first = Int(last.digits) else { return }
        if first < 3 { try await deliver(first + 1...3, saving: .after(.test(3))) }
        #expect(scratch.contents(below: "logs") == ["s.log": text])
        try await deliver(3...3, saving: .after(.test(3)))
        #expect(scratch.contents(below: "logs") == ["s.log": text], "a restart alone repeats nothing")
    }

    /// Opens store and sink, delivers these records and commits.
    private func deliver(_ records: ClosedRange<Int>, saving checkpoint: Checkpoint) async throws {
        let store = try await open()
        let saved = try await store.load().files[Self.sink]
        let sink = try await afterLettingGo {
            try await FilesSink(
                name: Self.sink, directory: scratch.below("logs"), path: PathTemplate("{log-stream}.log"),
                format: .text,
                store: store, saved: saved, telemetry: .silent, now: Instant(milliseconds: 0))
        }
        for number in records {
            let receipt = Settled().receipt(number)
            try await sink.accept([TestRecord("s", "\(number)").delivery(sequence: number, receipt: receipt)])
        }
        let cut = try await sink.cut()
        try await store.save(Commit(checkpoints: [.zero: checkpoint], files: cut.map { [$0] } ?? []))
    }
}
