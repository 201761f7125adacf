import Core
import GRDB
import Glibc
import Pipeline
import Testing

@testable import Adapters

@Suite struct SQLiteStateStoreTests {
    private let scratch: ScratchDirectory
    private var path: String { scratch.below("state.db") }

    init() throws { scratch = try ScratchDirectory() }

    private func open(_ path: String? = nil, scope: SQLiteStateStore.Scope = .init(stream: "s")) throws
        -> SQLiteStateStore
    {
        try SQLiteStateStore(path: path ?? self.path, scope: scope, now: { Instant(milliseconds: 1_763_632_800_000) })
    }

    private let commit = Commit(
        checkpoints: [.zero: .after(.test(5))],
        files: [FilesCut(sink: .test("a"), lengths: ["/f": 9], frontier: [.zero: .test(6)])])

    private func reopen(scope: SQLiteStateStore.Scope = .init(stream: "s")) async throws -> SQLiteStateStore {
        try await afterLettingGo { try open(scope: scope) }
    }

    // MARK: Lasting

    @Test func whatWasSavedIsThereAfterReopening() async throws {
        try await open().save(commit)
        let state = try await reopen().load()
        #expect(state.checkpoints == commit.checkpoints)
        #expect(state.files == [.test("a"): commit.files[0]])
    }

    @Test func streamsAndNamespacesAreApart() async throws {
        try await open().save(commit)
        for scope in [SQLiteStateStore.Scope(stream: "other"), .init(namespace: "replay", stream: "s")] {
            #expect(try await reopen(scope: scope).load() == SavedState())
        }
    }

    @Test func aMissingDirectoryIsMade() async throws {
        let path = scratch.below("a/b/state.db")
        try await open(path).save(commit)
        #expect(try SQLiteStateStore.readCheckpoints(path: path, scope: .init(stream: "s")).checkpoints.count == 1)
    }

    @Test func commitsAreSynced() throws {
        _ = try StoreDatabase(path: path, access: .alone)
        let database = try StoreDatabase(path: path, access: .alone)
        let (synchronous, journal) = try database.write {
            (try Int.fetchOne($0, sql: "PRAGMA synchronous"), try String.fetchOne($0, sql: "PRAGMA journal_mode"))
        }
        #expect(synchronous == 2)
        #expect(journal == "wal")
    }

    /// A cancelled task still gets a whole answer: a half-heard commit would be worse than a late one.
    @Test func aCancelledTaskStillSaves() async throws {
        let store = try open()
        let saving = Task { [commit] in
            while !Task.isCancelled { await Task.yield() }
            try await store.save(commit)
        }
        saving.cancel()
        try await saving.value
        #expect(try await store.load().checkpoints == commit.checkpoints)
    }

    // MARK: Beside a running daemon

    @Test func aSecondProgramIsRefused() throws {
        let first = try open()
        let error = #expect(throws: FileLockHeld.self) { try open() }
        #expect(try #require(error).description.contains("the store \(path) is in use by"))
        withExtendedLifetime(first) {}
    }

    @Test func checkpointsAreReadBesideTheDaemon() async throws {
        let daemon = try open()
        try await daemon.save(commit)
        let read = try SQLiteStateStore.readCheckpoints(path: path, scope: .init(stream: "s"))
        let saved = Instant(milliseconds: 1_763_632_800_000)
        #expect(
            read
                == CheckpointExport(
                    stream: "s", shards: [.zero: .init(checkpoint: .after(.test(5)), saved: saved)]))
        try await daemon.save(Commit(checkpoints: [.zero: .after(.test(6))], files: []))
    }

    @Test func aMissingStoreIsNotMadeByReading() throws {
        #expect(throws: StoreError.missing(path: path)) {
            try SQLiteStateStore.readCheckpoints(path: path, scope: .init(stream: "s"))
        }
        #expect(scratch.contents() == [:])
    }
}

// MARK: - Never a silent fresh start

extension SQLiteStateStoreTests {
    private func edit(_ sql: String) throws {
        try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    private func openingError() async throws -> StoreError {
        do {
            _ = try await reopen().load()
        } catch let error as StoreError {
            return error
        }
        throw Unexpected()
    }

    private struct Unexpected: Error {}

    @Test func textIsNoStore() async throws {
        try ScratchDirectory.write(String(repeating: "not a database\n", count: 500), to: path)
        guard case .notAStore = try await openingError() else { throw Unexpected() }
        #expect(scratch.contents()["state.db"]?.hasPrefix("not a database") == true)
    }

    @Test func anotherProgramsDatabaseIsNoStore() async throws {
        try edit("CREATE TABLE theirs (x)")
        let before = scratch.contents()
        guard case .notAStore = try await openingError() else { throw Unexpected() }
        #expect(scratch.contents()["state.db"] == before["state.db"])
    }

    @Test func aNewerLayoutIsNotTouched() async throws {
        try await open().save(commit)
        try edit("PRAGMA user_version = 99")
        #expect(try await openingError() == .newer(path: path, version: 99, known: 1))
    }

    @Test func aDamagedPageIsNoticed() async throws {
        try await open().save(commit)
        try edit("PRAGMA wal_checkpoint(TRUNCATE)")
        try overwritePages(of: path)
        switch try await openingError() {
        case .damaged, .notAStore: break
        case let other: throw other
        }
    }

    @Test(arguments: [
        "UPDATE checkpoint SET position = 'abc'", "UPDATE checkpoint SET position = '007'",
        "UPDATE checkpoint SET shard = 'no shard'", "UPDATE frontier SET sequence = '-1'",
        "UPDATE file SET sink = 'no sink'",
    ]) func aRowThatMakesNoSenseIsDamage(sql: String) async throws {
        try await open().save(commit)
        try edit(sql)
        guard case .damaged = try await openingError() else { throw Unexpected() }
    }

    @Test func aPlaceThatCannotBeWrittenIsAnError() throws {
        try ScratchDirectory.write("a file", to: scratch.below("file"))
        #expect(throws: SystemError.self) { try open(scratch.below("file/state.db")) }
    }

    private func overwritePages(of path: String) throws {
        let file = try #require(fopen(path, "r+"))
        defer { fclose(file) }
        fseek(file, 4096, SEEK_SET)
        let noise = [UInt8](repeating: 0xA5, count: 4096 * 3)
        fwrite(noise, 1, noise.count, file)
    }
}
