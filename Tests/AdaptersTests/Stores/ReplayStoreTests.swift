import Core
import Foundation
import GRDB
import Pipeline
import Testing

@testable import Adapters

/// A replay's store says when it began and where it ends, until it is done.
@Suite struct ReplayStoreTests {
    private static let sink = SinkName.test("archive")
    private static let beginning = ReplayBeginning(
        begun: Instant(milliseconds: 5),
        bounds: ReplayBounds(
            others: .time(Instant(milliseconds: 9)), own: [.test(1): .record(.test(7)), .test(2): .shardEnd]))
    private let scratch: ScratchDirectory
    private var path: String { scratch.below("replay-1.db") }

    init() throws { scratch = try ScratchDirectory() }

    private func open() async throws -> SQLiteStateStore {
        try await afterLettingGo {
            try SQLiteStateStore(
                path: path, scope: .init(namespace: SQLiteStateStore.replayNamespace, stream: "s"),
                now: { Instant(milliseconds: 7) })
        }
    }

    @Test func whatWasSettledAtTheBeginningIsFoundAgain() async throws {
        #expect(try await open().replay() == nil)
        try await open().begin(Self.beginning, after: [.test(1): .after(.test(3))], created: Instant(milliseconds: 2))
        let again = try await open()
        #expect(try await again.replay() == Self.beginning)
        let state = SavedState(checkpoints: [.test(1): .after(.test(3))], created: Instant(milliseconds: 2))
        #expect(try await again.load() == state)
    }

    @Test func begunAgainItForgetsAllButTheLengthsOfItsFiles() async throws {
        let store = try await open()
        try await store.begin(Self.beginning, after: [:], created: nil)
        var counts = LedgerCounts()
        counts.recordsRead = 4
        let cut = FilesCut(sink: Self.sink, lengths: ["/f": 9], frontier: [.test(1): .test(4)])
        try await store.save(
            Commit(
                checkpoints: [.test(1): .after(.test(4))], files: [cut], ledger: counts,
                created: Instant(milliseconds: 1), intakes: [SinkName.test("other"): "everything"]))
        try await store.forgetReplay()
        #expect(try await store.replay() == nil)
        let files = [Self.sink: FilesCut(sink: Self.sink, lengths: ["/f": 9], frontier: [:])]
        #expect(try await store.load() == SavedState(files: files))
        try await store.begin(Self.beginning, after: [:], created: nil)
        #expect(try await store.replay() == Self.beginning)
    }

    @Test func aStoreThatIsDoneLeavesNothingBehind() async throws {
        let store = try await open()
        try await store.begin(Self.beginning, after: [.test(1): .after(.test(3))], created: nil)
        try await store.remove()
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.below("")) == [])
        #expect(try await open().replay() == nil)
    }

    @Test func whatNoTailraceWritesIsDamage() async throws {
        let store = try await open()
        try await store.begin(Self.beginning, after: [:], created: nil)
        try await store.database.write { try $0.execute(sql: "UPDATE bound SET until = 'soon' WHERE shard = ''") }
        await #expect(throws: StoreError.self) { try await store.replay() }
    }
}
