package import Core
private import GRDB

/// What a store holds of one stream for whoever only looks.
package struct StoredStream: Hashable, Sendable {
    package let checkpoints: [ShardID: CheckpointExport.Entry]
    /// Of all records that the checkpoints passed.
    package let ledger: LedgerCounts

    package init(checkpoints: [ShardID: CheckpointExport.Entry], ledger: LedgerCounts) {
        self.checkpoints = checkpoints
        self.ledger = ledger
    }
}

extension SQLiteStateStore {
    /// What a daemon resumes by, per stream's ARN, read beside one that may be running. Throws `StoreError`.
    package static func readStreams(path: String) throws -> [String: StoredStream] {
        let database = try StoreDatabase(path: path, access: .reading)
        return try database.read { database in
            let daemons = try StoreTables.everyCheckpoint(in: database)
                .filter { $0.key.namespace == Scope.daemonNamespace }
            // A store that only an older Tailrace has opened keeps no ledger.
            let hasLedger = try database.tableExists("ledger")
            return try Dictionary(
                uniqueKeysWithValues: daemons.map { scope, checkpoints in
                    let ledger = hasLedger ? try StoreTables.ledger(of: scope, in: database) : LedgerCounts()
                    return (scope.stream, StoredStream(checkpoints: checkpoints, ledger: ledger))
                })
        }
    }

    /// Who holds the store at `path` now, by its own words; `nil` when nobody is seen to.
    ///
    /// Only looks: trying the lock would refuse a daemon that starts at this very moment.
    package static func holder(path: String) -> String? { FileLock.holder(path: path + ".lock") }
}
