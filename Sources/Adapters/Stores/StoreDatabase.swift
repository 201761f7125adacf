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

    /// Makes the directory, refuses a network file system, and takes the lock beside the store.
    static func prepare(_ path: String, now: Instant) throws -> FileLock {
        let directory = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        try GuardedDirectory.make(directory)
        let resolved = try GuardedDirectory.resolved(directory)
        if let type = NetworkFileSystem.type(holding: resolved, mounts: NetworkFileSystem.mounts()) {
            throw StoreError.onNetworkFileSystem(path: path, type: type)
        }
        return try FileLock(path: path + ".lock", guarding: "the store \(path)", now: now)
    }

    init(path: String, access: Access) throws {
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(Self.busySeconds)
        switch access {
        case .alone:
            try Self.explained(path) { try Self.refuseForeign(path) }
            configuration.journalMode = .wal
        case .reading:
            configuration.readonly = true
            guard Glibc.access(path, F_OK) == 0 else { throw StoreError.missing(path: path) }
        }
        queue = try Self.explained(path) { try DatabaseQueue(path: path, configuration: configuration) }
        switch access {
        case .alone: try Self.explained(path) { try queue.writeWithoutTransaction(prepareAlone) }
        case .reading: try Self.explained(path) { try queue.read { try Self.checkLayout(of: path, $0) } }
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try Self.explained(path) { try queue.read(body) }
    }

    /// One transaction, undone when `body` throws.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try Self.explained(path) { try queue.write(body) }
    }
}

extension StoreDatabase {
    private func prepareAlone(_ database: Database) throws {
        // Only here: the library resets it to NORMAL when it turns the write-ahead log on.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1
        guard synchronous == Self.full else { throw StoreError.notDurable(path: path, synchronous: synchronous) }
        if try Self.isNew(database) {
            try database.inTransaction(.immediate) {
                try StoreTables.create(in: database)
                return .commit
            }
        }
        try Self.checkLayout(of: path, database)
        let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "no answer"
        guard verdict == "ok" else { throw StoreError.damaged(path: path, cause: verdict) }
    }

    /// Looks before anything is written: turning the write-ahead log on would change another program's file.
    private static func refuseForeign(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size > 0 else { return }
        var configuration = Configuration()
        configuration.readonly = true
        try DatabaseQueue(path: path, configuration: configuration).read { database in
            if try !isNew(database) { try checkLayout(of: path, database) }
        }
    }

    private static func isNew(_ database: Database) throws -> Bool {
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        return try tables == 0 && number("application_id", in: database) == 0
            && number("user_version", in: database) == 0
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
            case .SQLITE_CORRUPT: throw StoreError.damaged(path: path, cause: cause)
            default: throw StoreError.unusable(path: path, cause: cause)
            }
        } catch let error as UnreadableRow {
            throw StoreError.damaged(path: path, cause: error.description)
        }
    }
}
