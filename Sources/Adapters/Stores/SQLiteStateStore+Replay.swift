package import Core
private import Glibc
internal import Pipeline

/// What is settled when a replay begins, however often it is resumed.
package struct ReplayBeginning: Hashable, Sendable {
    package let begun: Instant
    package let bounds: ReplayBounds

    package init(begun: Instant, bounds: ReplayBounds) {
        self.begun = begun
        self.bounds = bounds
    }
}

/// A replay has a store of its own, which lasts until it is done: the daemon's holds a lock and another position.
extension SQLiteStateStore {
    package static let replayNamespace = "replay"

    /// The replay that this store is of; `nil` when none has begun.
    package func replay() throws -> ReplayBeginning? { try database.read(StoreTables.replay) }

    /// Begins one of a stream that was created at `created`. `checkpoints` is where it resumes, for a replay from checkpoints.
    package func begin(
        _ beginning: ReplayBeginning, after checkpoints: [ShardID: Checkpoint], created: Instant?
    ) throws {
        let moment = now()
        try database.write { database in
            try StoreTables.createReplayTables(in: database)
            try StoreTables.begin(beginning, in: database)
            try StoreTables.save(
                Commit(checkpoints: checkpoints, files: [], created: created), at: moment, of: scope, in: database)
        }
        // Whatever becomes of the write-ahead log, the replay has begun.
        try database.settleLog()
    }

    /// Forgets how far a replay came. What it has committed to files stays, and what it has not is cut off.
    package func forgetReplay() throws {
        try database.write { database in
            try StoreTables.createReplayTables(in: database)
            try StoreTables.forgetReplay(scope, in: database)
        }
    }

    /// Closes the store and removes its files. It cannot be used any more.
    ///
    /// Throws `StoreError` and `SystemError`; then files of it are left, and the replay is resumed when it is run again.
    package func remove() throws {
        try database.close()
        let path = database.path
        // A mark or a log without its store is no more than a leftover; the lock goes last.
        for file in [
            path, path + "-wal", path + "-shm", StoreMark.path(ofStore: path), StoreDatabase.lockPath(of: path),
        ]
        where access(file, F_OK) == 0 {
            try system("remove \(file)") { unlink(file) }
        }
    }
}
