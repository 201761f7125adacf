internal import Core
internal import GRDB

extension StoreTables {
    /// Does what an operator wants with some checkpoints, and with the frontiers that would undo it.
    static func apply(_ changes: [CheckpointChange], at moment: Instant, of scope: Scope, in database: Database) throws
    {
        for change in changes {
            if let checkpoint = change.to {
                try write(checkpoint, of: change.shard, at: moment, scope, in: database)
            } else {
                try database.execute(
                    sql: "DELETE FROM checkpoint WHERE namespace = ? AND stream = ? AND shard = ?",
                    arguments: [scope.namespace, scope.stream, change.shard.name])
            }
            // Of the position that was: how current the new one is nobody knows.
            try forgetMoment(of: change.shard, scope, in: database)
            if change.isBack || change.to == .shardEnd {
                try forgetFrontiers(of: change.shard, scope, in: database)
            }
        }
    }

    /// No sink passes over a record of this shard any more: for one that is read again on purpose, or never again.
    static func forgetFrontiers(of shard: ShardID, _ scope: Scope, in database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM frontier WHERE namespace = ? AND stream = ? AND shard = ?")
            .execute(arguments: [scope.namespace, scope.stream, shard.name])
    }

    /// All checkpoints in the store.
    static func everyCheckpoint(
        in database: Database
    ) throws -> [Scope: [ShardID: CheckpointExport.Entry]] {
        let scopes = try Row.fetchAll(database, sql: "SELECT DISTINCT namespace, stream FROM checkpoint").map { row in
            Scope(namespace: row["namespace"], stream: row["stream"])
        }
        return try Dictionary(uniqueKeysWithValues: scopes.map { ($0, try checkpoints(of: $0, in: database)) })
    }
}
