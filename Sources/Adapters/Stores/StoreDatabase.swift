internal import Core
internal import GRDB
private import Glibc

/// A store's file: how it is opened, what is checked, and what a failure means.
struct StoreDatabase: Sendable {
    enum Access: Sendable {
        /// For the program that holds the lock.
        case alone
        /// Beside it.
        case reading
    }

    /// Marks the file as ours: "Tail". https://www.sqlite.org/pragma.html#pragma_application_id
    static let applicationID = 0x5461_696C
    /// How long a reader's lock is waited for. Readers are short.
    private static let busySeconds = 5.0
    /// `PRAGMA synchronous` as a number.
    private static let full = 2

    let path: String
    private let queue: DatabaseQueue
    /// Where each commit is remembered; `nil` for a reader.
    private let mark: Descriptor?

    /// Makes the directory, refuses a network file system, and takes the lock beside the store.
    static func prepare(_ path: String, now: Instant, mounts: String = NetworkFileSystem.mounts()) throws -> FileLock {
        try GuardedDirectory.make(directory(of: path))
        try refuseNetwork(path, mounts: mounts)
        return try FileLock(path: lockPath(of: path), guarding: "the store \(path)", now: now)
    }

    static func lockPath(of path: String) -> String { path + ".lock" }

    init(path: String, access: Access, mounts: String = NetworkFileSystem.mounts()) throws {
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(Self.busySeconds)
        let exists = Glibc.access(path, F_OK) == 0
        switch access {
        case .alone:
            try Self.explained(path) {
                if exists { try Self.look(at: path) } else { try StoreBirth.make(at: path) }
            }
            configuration.journalMode = .wal
        case .reading:
            guard exists else { throw StoreError.missing(path: path) }
            try Self.refuseNetwork(path, mounts: mounts)
            try Self.refuseEmpty(path)
            configuration.readonly = true
        }
        let queue = try Self.explained(path) { try DatabaseQueue(path: path, configuration: configuration) }
        self.queue = queue
        switch access {
        case .alone:
            mark = try Self.explained(path) { try queue.writeWithoutTransaction { try Self.prepare(path, $0) } }
        case .reading:
            mark = nil
            try Self.explained(path) { try Self.check(path, queue) }
        }
    }

    static func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try Self.explained(path) { try queue.read(body) }
    }

    /// One transaction, undone when `body` throws.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        let (result, commit) = try Self.explained(path) {
            try queue.write { (try body($0), try StoreMark.count(in: $0)) }
        }
        if let mark { commit.write(to: mark) }
        return result
    }

    /// Moves all that the write-ahead log holds into the store itself, and ends its use.
    func close() throws {
        try Self.explained(path) {
            _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try queue.close()
        }
    }

    /// Moves what the write-ahead log holds into the store itself, so that losing the log does not lose that.
    func settleLog() throws {
        try Self.explained(path) { _ = try queue.writeWithoutTransaction { try $0.checkpoint(.passive) } }
    }
}

extension StoreDatabase {
    /// Answers where to remember commits.
    private static func prepare(_ path: String, _ database: Database) throws -> Descriptor {
        // Only here: the library resets it to NORMAL when it turns the write-ahead log on.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1
        guard synchronous == full else { throw StoreError.notDurable(path: path, synchronous: synchronous) }
        try StoreTables.createStreamTables(in: database)
        try StoreMark.create(in: database)
        return try StoreMark.open(StoreMark.path(ofStore: path))
    }

    /// Whether all of the store can be read, and it is the one that is remembered.
    private static func check(_ path: String, _ queue: DatabaseQueue) throws {
        // Before the store is looked at, since a daemon beside may commit in between.
        let remembered = StoreMark.remembered(at: StoreMark.path(ofStore: path))
        try queue.read { database in
            try checkLayout(of: path, database)
            let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "no answer"
            guard verdict == "ok" else { throw StoreError.damaged(path: path, cause: verdict) }
            guard try StoreMark.exists(in: database), let mark = try StoreMark.read(in: database) else { return }
            try mark.check(against: remembered, path: path)
        }
    }

    private static func refuseNetwork(_ path: String, mounts: String) throws {
        let resolved = try GuardedDirectory.resolved(directory(of: path))
        if let type = NetworkFileSystem.type(holding: resolved, mounts: mounts) {
            throw StoreError.onNetworkFileSystem(path: path, type: type)
        }
    }

    private static func refuseEmpty(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw SystemError(attempt: "look at \(path)", code: errno) }
        if status.st_mode & S_IFMT == S_IFREG, status.st_size == 0 {
            throw StoreError.damaged(path: path, cause: "it is empty")
        }
    }

    /// Checks before anything is written: turning the write-ahead log on would change what is damaged or is not ours.
    private static func look(at path: String) throws {
        try refuseEmpty(path)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(busySeconds)
        try check(path, try DatabaseQueue(path: path, configuration: configuration))
    }

    private static func checkLayout(of path: String, _ database: Database) throws {
        guard try number("application_id", in: database) == applicationID else {
            throw StoreError.notAStore(path: path, cause: "a database of another program")
        }
        let version = try number("user_version", in: database)
        guard version <= StoreTables.version else {
            throw StoreError.newer(path: path, version: version, known: StoreTables.version)
        }
        guard version == StoreTables.version else {
            throw StoreError.damaged(path: path, cause: "its layout is \(version)")
        }
    }

    private static func number(_ pragma: String, in database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA \(pragma)") ?? 0
    }

    /// Gives SQLite's errors the file's name and a remedy. Its own words stay.
    private static func explained<Result>(_ path: String, _ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error as DatabaseError {
            let cause = "\(error.extendedResultCode): \(error.message ?? "no message")"
            switch error.resultCode {
            case .SQLITE_NOTADB: throw StoreError.notAStore(path: path, cause: cause)
            case .SQLITE_CORRUPT, .SQLITE_FORMAT: throw StoreError.damaged(path: path, cause: cause)
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw StoreError.locked(path: path, cause: cause)
            default: throw StoreError.unusable(path: path, cause: cause)
            }
        } catch let error as UnreadableRow {
            throw StoreError.damaged(path: path, cause: error.description)
        }
    }
}
