package import Core
private import GRDB
package import Pipeline

/// The embedded store: one SQLite file that one program at a time writes.
///
/// Every change is one transaction that is on the disk when its call returns (write-ahead log, `synchronous` FULL).
/// A change that was begun is finished even when the task that asked for it is cancelled.
package actor SQLiteStateStore: StateStore {
    /// Apart from each other, so that a replay never touches the daemon's position.
    package struct Scope: Hashable, Sendable {
        /// The daemon's.
        package static let daemonNamespace = "run"

        package let namespace: String
        /// The stream's name or ARN, as the settings have it.
        package let stream: String

        package init(namespace: String = Scope.daemonNamespace, stream: String) {
            self.namespace = namespace
            self.stream = stream
        }
    }

    /// Whether the first commit may be in the write-ahead log alone.
    private var owesSettledLog = false
    private let queue = BlockingQueue("state store")
    private let lock: FileLock
    let database: StoreDatabase
    let scope: Scope
    let now: @Sendable () -> Instant

    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// Opens the store at `path`, made with its directory if it is missing, for this program alone.
    ///
    /// Throws `StoreError`, `FileLockHeld` and `SystemError`.
    package init(path: String, scope: Scope, now: @escaping @Sendable () -> Instant) throws {
        lock = try StoreDatabase.prepare(path, now: now())
        database = try StoreDatabase(path: path, access: .alone)
        self.scope = scope
        self.now = now
    }

    package func load() throws -> SavedState { try database.read { try StoreTables.state(of: scope, in: $0) } }

    package func save(_ commit: Commit) throws {
        guard !commit.isEmpty else { return }
        let moment = now()
        let isFirst = try database.write { database in
            let isFirst = try !StoreTables.knows(scope, in: database)
            try StoreTables.save(commit, at: moment, of: scope, in: database)
            return isFirst
        }
        owesSettledLog = owesSettledLog || isFirst
        settleLog()
    }

    /// Whatever becomes of the write-ahead log, the stream was seen before: it never begins anew in silence.
    ///
    /// The commit is saved all the same when this fails, and must not be saved again, as its ledger would count twice. So a
    /// failure is no error, and the next commit tries again.
    private func settleLog() {
        guard owesSettledLog else { return }
        do {
            try database.settleLog()
            owesSettledLog = false
        } catch {}
    }

    package func register(_ lengths: [String: Int], of sink: SinkName) throws {
        try database.write { try StoreTables.setLengths(lengths, of: sink, scope, in: $0) }
    }

    /// Does what an operator wants, in one transaction.
    ///
    /// For the time between two runs of the daemon: it is told nothing.
    package func apply(_ changes: [CheckpointChange]) throws {
        let moment = now()
        try database.write { try StoreTables.apply(changes, at: moment, of: scope, in: $0) }
    }

    package func forget(_ lengths: [String: Int], of sink: SinkName) throws -> Set<String> {
        try database.write { try StoreTables.forget(lengths, of: sink, scope, in: $0) }
    }
}

extension SQLiteStateStore {
    /// The checkpoints of a stream, read beside a daemon that may be running. Throws `StoreError`.
    package static func readCheckpoints(path: String, scope: Scope) throws -> CheckpointExport {
        let database = try StoreDatabase(path: path, access: .reading)
        let shards = try database.read { try StoreTables.checkpoints(of: scope, in: $0) }
        return CheckpointExport(stream: scope.stream, shards: shards)
    }

    /// All checkpoints in the store, read beside a daemon that may be running. Throws `StoreError`.
    package static func readEveryCheckpoint(path: String) throws -> [Scope: [ShardID: CheckpointExport.Entry]] {
        let database = try StoreDatabase(path: path, access: .reading)
        return try database.read(StoreTables.everyCheckpoint)
    }
}
