internal import Core
internal import GRDB

/// What a store holds of a replay besides its progress: when it began, and where it ends.
extension StoreTables {
    /// The shard that stands for all that have no bound of their own. No shard is called like this.
    private static let otherShards = ""

    static func createReplayTables(in database: Database) throws {
        try database.execute(
            sql: """
                -- One row once a replay has begun: when, in milliseconds since 1970.
                CREATE TABLE IF NOT EXISTS replay (begun INTEGER NOT NULL) STRICT;
                -- Where it ends in each shard; an empty name stands for all others.
                CREATE TABLE IF NOT EXISTS bound (shard TEXT NOT NULL PRIMARY KEY, until TEXT NOT NULL)
                    STRICT, WITHOUT ROWID;
                """)
    }

    static func replay(in database: Database) throws -> ReplayBeginning? {
        guard try database.tableExists("replay"),
            let begun = try Int64.fetchOne(database, sql: "SELECT begun FROM replay")
        else { return nil }
        var own: [ShardID: ReplayBound] = [:]
        var others: ReplayBound?
        for row in try Row.fetchAll(database, sql: "SELECT shard, until FROM bound") {
            let (name, text): (String, String) = (row["shard"], row["until"])
            guard let bound = ReplayBound(text: text) else {
                throw UnreadableRow(description: "a replay ends at '\(text)'")
            }
            if name == otherShards { others = bound } else { own[try shard(name)] = bound }
        }
        guard let others else { throw UnreadableRow(description: "a replay has no end") }
        return ReplayBeginning(
            begun: Instant(milliseconds: begun), bounds: ReplayBounds(others: others, own: own))
    }

    static func begin(_ beginning: ReplayBeginning, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO replay (begun) VALUES (?)", arguments: [beginning.begun.milliseconds])
        let bounds = beginning.bounds.own.map { ($0.name, $1) } + [(otherShards, beginning.bounds.others)]
        for (shard, bound) in bounds {
            try database.cachedStatement(sql: "INSERT INTO bound (shard, until) VALUES (?, ?)")
                .execute(arguments: [shard, bound.text])
        }
    }

    /// Forgets all of a replay but the lengths of its files, to which they are cut back.
    static func forgetReplay(_ scope: Scope, in database: Database) throws {
        try database.execute(sql: "DELETE FROM replay; DELETE FROM bound")
        for table in ["checkpoint", "frontier", "stream", "intake", "ledger"] {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE namespace = ? AND stream = ?",
                arguments: [scope.namespace, scope.stream])
        }
    }
}
