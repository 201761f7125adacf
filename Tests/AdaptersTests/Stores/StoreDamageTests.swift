import Core
import GRDB
import Glibc
import Pipeline
import Testing

@testable import Adapters

/// Whatever happens to a store, it is an error that says what to do, and never a fresh start.
@Suite struct StoreDamageTests {
    private let scratch: ScratchDirectory
    private var path: String { scratch.below("state.db") }

    init() throws { scratch = try ScratchDirectory() }

    private static let stream = SQLiteStateStore.Scope(stream: "s")

    private func open(_ path: String) async throws -> SQLiteStateStore {
        try await afterLettingGo {
            try SQLiteStateStore(path: path, scope: Self.stream, now: { Instant(milliseconds: 0) })
        }
    }

    /// A store that a daemon was killed over: `commits` commits, some of them in the write-ahead log only.
    ///
    /// Made elsewhere and copied while it is open.
    private func fillAndKill(_ path: String, commits: Int = 40) async throws {
        let elsewhere = try ScratchDirectory()
        let store = try await open(elsewhere.below("state.db"))
        for number in 1...commits {
            try await store.save(
                Commit(
                    checkpoints: [.test(0): .after(.test(1000 + number)), .test(number): .after(.test(number))],
                    files: [FilesCut(sink: .test("a"), lengths: ["/file/\(number)": number], frontier: [:])]))
        }
        for name in ["", "-wal", ".mark"] { try File.copy(elsewhere.below("state.db") + name, to: path + name) }
        withExtendedLifetime(store) {}
    }

    /// A store that a daemon has closed in order.
    private func fill(_ path: String) async throws {
        try await fillAndKill(path)
        try edit("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    private func edit(_ sql: String) throws {
        try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    /// What opening it says, for the daemon and for a reader beside it.
    private func errors() async -> [StoreError?] {
        var errors: [StoreError?] = []
        do {
            _ = try SQLiteStateStore.readEveryCheckpoint(path: path)
            errors.append(nil)
        } catch { errors.append(error as? StoreError) }
        do {
            _ = try await open(path).load()
            errors.append(nil)
        } catch { errors.append(error as? StoreError) }
        return errors
    }

    enum Damage: CaseIterable {
        case empty, halfAPage, onePage, withoutItsLastPage, noise, flippedHeader, flippedTree, flippedRows, gone
    }

    private func inflict(_ damage: Damage) throws {
        let size = try File.size(path)
        switch damage {
        case .empty: truncate(path, 0)
        case .halfAPage: truncate(path, 2048)
        case .onePage: truncate(path, 4096)
        case .withoutItsLastPage: truncate(path, size - 4096)
        case .noise: try File.overwrite(path, at: 0, with: [UInt8](repeating: 0xA5, count: size))
        case .flippedHeader: try File.flip(path, at: 3)
        case .flippedTree: for page in 1..<size / 4096 { try File.flip(path, at: page * 4096) }
        case .flippedRows: for page in 1..<size / 4096 { try File.flip(path, at: (page + 1) * 4096 - 20) }
        case .gone: unlink(path)
        }
    }

    @Test(arguments: Damage.allCases) func damageIsAnError(damage: Damage) async throws {
        try await fillAndKill(path)
        // What the log holds would mend the store, since it holds all of it; a log that a daemon closed holds nothing.
        if damage != .gone {
            try await fill(path)
            unlink(path + "-wal")
            unlink(path + "-shm")
        }
        try inflict(damage)
        let before = File.bytes(path)
        for error in await errors() {
            let error = try #require(error, "\(damage) was not noticed")
            switch error {
            case .damaged(_, let cause):
                #expect(error.description.contains("restore a copy"))
                #expect((damage == .empty) == (cause == "it is empty"))
            case .notAStore:
                #expect(error.description.contains("restore a copy") && damage != .empty)
            case .missing: #expect(damage == .gone)
            default: Issue.record("\(error)")
            }
        }
        let after = File.bytes(path)
        let changed = zip(before ?? [], after ?? []).enumerated().filter { $0.element.0 != $0.element.1 }.map(\.offset)
        #expect(before?.count == after?.count && changed.isEmpty, "bytes \(changed.prefix(20)) were changed")
    }

    enum LogDamage: CaseIterable { case gone, empty, cutInHalf, flipped, ofAnotherStore }

    @Test(arguments: LogDamage.allCases) func aWriteAheadLogThatIsNotItsOwnIsNoticed(damage: LogDamage) async throws {
        try await fillAndKill(path)
        let log = path + "-wal"
        let size = try File.size(log)
        switch damage {
        case .gone: unlink(log)
        case .empty: truncate(log, 0)
        case .cutInHalf: truncate(log, size / 2)
        case .flipped: try File.flip(log, at: size / 2)
        case .ofAnotherStore:
            try await fillAndKill(scratch.below("other.db"), commits: 60)
            try File.copy(scratch.below("other.db-wal"), to: log)
        }
        for error in await errors() {
            switch try #require(error, "\(damage) was not noticed") {
            case .behind(path: path, let commits, remembered: 40): #expect(commits < 40 && damage != .ofAnotherStore)
            case .exchanged(path: path): #expect(damage == .ofAnotherStore)
            case .damaged: #expect(damage == .ofAnotherStore)
            case let other: Issue.record("\(other)")
            }
        }
    }

    /// The remedy that the error names. The older state still knows the stream, so nothing begins anew.
    @Test func withoutItsMarkAnOlderStateGoesOn() async throws {
        try await fillAndKill(path)
        unlink(path + "-wal")
        unlink(path + ".mark")
        let state = try await open(path).load()
        #expect(state.checkpoints[.test(1)] == .after(.test(1)))
        #expect(state.checkpoints[.test(40)] == nil)
    }

    @Test func aStoreThatWasKilledGoesOn() async throws {
        try await fillAndKill(path)
        #expect(await errors() == [nil, nil])
        #expect(try await open(path).load().checkpoints[.test(0)] == .after(.test(1040)))
    }

    /// A power failure loses what was not synced.
    @Test(arguments: ["", "0123456789abcdef 00000000000000000007\n", "\0\0\0\0", "0123"])
    func aMarkThatRemembersLessMeansNothing(text: String) async throws {
        try await fillAndKill(path)
        let own = try #require(ScratchDirectory.read(path + ".mark"))
        try ScratchDirectory.write(text.replacingPrefix("0123456789abcdef", with: own.prefix(16)), to: path + ".mark")
        #expect(await errors() == [nil, nil])
    }

    @Test func aStoreOfBeforeThereWereMarksGetsOne() async throws {
        try await fill(path)
        _ = try await open(path).load()
        try edit("DROP TABLE mark")
        unlink(path + ".mark")
        #expect(await errors() == [nil, nil])
        try await open(path).save(Commit(checkpoints: [.test(0): .shardEnd], files: []))
        #expect(ScratchDirectory.read(path + ".mark")?.hasSuffix(" 00000000000000000001\n") == true)
    }

    /// Somebody looks into the store with a program of their own, which closes it as the last one.
    @Test func anotherProgramThatMovesTheLogIntoTheStoreIsNoHarm() async throws {
        try await fillAndKill(path)
        try edit("PRAGMA wal_checkpoint(TRUNCATE)")
        unlink(path + "-wal")
        #expect(await errors() == [nil, nil])
    }

    @Test func aNewStoreWhereOneWasMovedAwayForgetsIt() async throws {
        try await fillAndKill(path)
        for name in ["", "-wal"] { rename(path + name, scratch.below("old.db" + name)) }
        #expect(try await open(path).load() == SavedState())
    }

    @Test func whatIsLeftOfABirthThatWasKilledIsNoHarm() async throws {
        try ScratchDirectory.write("half", to: path + ".new")
        try ScratchDirectory.write("half", to: path + ".new-journal")
        try await open(path).save(Commit(checkpoints: [.zero: .shardEnd], files: []))
        #expect(try await open(path).load().checkpoints == [.zero: .shardEnd])
        #expect(!scratch.contents().keys.contains { $0.contains(".new") })
    }

    @Test func anotherProgramThatLocksItIsTold() async throws {
        try await fill(path)
        var configuration = Configuration()
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
        let other = try await afterLettingGo { try DatabaseQueue(path: path, configuration: configuration) }
        try await other.write { try $0.execute(sql: "CREATE TABLE theirs (x)") }
        for error in await errors() {
            guard case .locked = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        withExtendedLifetime(other) {}
    }

    @Test func aNetworkFileSystemIsRefusedForReadersToo() async throws {
        try await fill(path)
        let mounts = "40 22 0:35 / \(scratch.path) rw,relatime - nfs4 server:/x rw"
        let refused = StoreError.onNetworkFileSystem(path: path, type: "nfs4")
        #expect(throws: refused) { try StoreDatabase.prepare(path, now: Instant(milliseconds: 0), mounts: mounts) }
        #expect(throws: refused) { try StoreDatabase(path: path, access: .reading, mounts: mounts) }
    }

    @Test func aDirectoryInItsPlaceIsAnError() async throws {
        mkdir(path, 0o755)
        for error in await errors() {
            guard case .unusable = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }
}

/// A file's bytes, for damage.
private enum File {
    static func size(_ path: String) throws -> Int {
        var status = stat()
        try #require(stat(path, &status) == 0, "\(path)")
        return Int(status.st_size)
    }

    static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var (bytes, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    static func copy(_ path: String, to other: String) throws {
        let bytes = try #require(Self.bytes(path), "\(path)")
        let file = try #require(fopen(other, "w"))
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    static func overwrite(_ path: String, at offset: Int, with bytes: [UInt8]) throws {
        let file = try #require(fopen(path, "r+"))
        fseek(file, offset, SEEK_SET)
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    static func flip(_ path: String, at offset: Int) throws {
        let bytes = try #require(Self.bytes(path))
        try overwrite(path, at: offset, with: [~bytes[offset]])
    }
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String, with other: some StringProtocol) -> String {
        hasPrefix(prefix) ? String(other) + dropFirst(prefix.count) : self
    }
}
