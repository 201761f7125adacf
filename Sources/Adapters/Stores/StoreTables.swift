internal import Core
internal import GRDB
internal import Pipeline

/// A row that holds what no Tailrace writes.
struct UnreadableRow: Error, CustomStringConvertible {
    let description: String
}

/// The layout of a store, and what is said to it.
enum StoreTables {
    /// `PRAGMA user_version`. Goes up with every change of the layout.
    static let version = 1

    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                PRAGMA application_id = \(StoreDatabase.applicationID);
                PRAGMA user_version = \(version);
                -- Where to read on in each shard, and when that was saved, in milliseconds since 1970.
                CREATE TABLE checkpoint (
                    namespace TEXT NOT NULL, stream TEXT NOT NULL, shard TEXT NOT NULL,
                    position TEXT NOT NULL, saved INTEGER NOT NULL,
                    PRIMARY KEY (namespace, stream, shard)) STRICT, WITHOUT ROWID;
                -- Files that may be longer than what is committed of them.
                CREATE TABLE file (
                    namespace TEXT NOT NULL, stream TEXT NOT NULL, sink TEXT NOT NULL, path TEXT NOT NULL,
                    length INTEGER NOT NULL CHECK (length >= 0),
                    PRIMARY KEY (namespace, stream, sink, path)) STRICT, WITHOUT ROWID;
                -- The last record of each shard that the committed files of a sink hold.
                CREATE TABLE frontier (
                    namespace TEXT NOT NULL, stream TEXT NOT NULL, sink TEXT NOT NULL, shard TEXT NOT NULL,
                    sequence TEXT NOT NULL,
                    PRIMARY KEY (namespace, stream, sink, shard)) STRICT, WITHOUT ROWID;
                """)
    }

    typealias Scope = SQLiteStateStore.Scope
}

// MARK: Writing

extension StoreTables {
    static func save(_ commit: Commit, at moment: Instant, of scope: Scope, in database: Database) throws {
        for shard in commit.forgotten { try forget(shard, scope, in: database) }
        for (shard, checkpoint) in commit.checkpoints {
            try save(checkpoint, of: shard, at: moment, scope, in: database)
        }
        try setMoments(commit.currentAt, scope, in: database)
        try setIntakes(commit.intakes, scope, in: database)
        for cut in commit.files {
            try setLengths(cut.lengths, of: cut.sink, scope, in: database)
            try setFrontier(cut.frontier, of: cut.sink, scope, in: database)
        }
        try add(commit.ledger, scope, in: database)
        if let created = commit.created { try setCreated(created, scope, in: database) }
        for (shard, checkpoint) in commit.checkpoints where checkpoint == .shardEnd {
            try leave(shard, scope, in: database)
        }
    }

    private static func forget(_ shard: ShardID, _ scope: Scope, in database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM checkpoint WHERE namespace = ? AND stream = ? AND shard = ?")
            .execute(arguments: [scope.namespace, scope.stream, shard.name])
        try leave(shard, scope, in: database)
    }

    /// A shard that ended or is gone is never read again, so nothing of it needs to be passed over.
    private static func leave(_ shard: ShardID, _ scope: Scope, in database: Database) throws {
        try forgetFrontiers(of: shard, scope, in: database)
        try forgetMoment(of: shard, scope, in: database)
    }

    private static func save(
        _ checkpoint: Checkpoint, of shard: ShardID, at moment: Instant, _ scope: Scope, in database: Database
    ) throws {
        let saved = try String.fetchOne(
            database.cachedStatement(
                sql: "SELECT position FROM checkpoint WHERE namespace = ? AND stream = ? AND shard = ?"),
            arguments: [scope.namespace, scope.stream, shard.name])
        if let saved = try saved.map({ try self.checkpoint($0, of: shard) }), checkpoint.isBehind(saved) {
            throw CheckpointWouldGoBack(shard: shard, saved: saved, refused: checkpoint)
        }
        try write(checkpoint, of: shard, at: moment, scope, in: database)
    }

    static func write(
        _ checkpoint: Checkpoint, of shard: ShardID, at moment: Instant, _ scope: Scope, in database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO checkpoint (namespace, stream, shard, position, saved) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET position = excluded.position, saved = excluded.saved
                """
        ).execute(arguments: [scope.namespace, scope.stream, shard.name, checkpoint.text, moment.milliseconds])
    }

    static func setLengths(_ lengths: [String: Int], of sink: SinkName, _ scope: Scope, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO file (namespace, stream, sink, path, length) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET length = excluded.length
                """)
        for (path, length) in lengths {
            try statement.execute(arguments: [scope.namespace, scope.stream, sink.text, path, length])
        }
    }

    private static func setFrontier(
        _ frontier: [ShardID: SequenceNumber], of sink: SinkName, _ scope: Scope, in database: Database
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO frontier (namespace, stream, sink, shard, sequence) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET sequence = excluded.sequence
                """)
        for (shard, sequence) in frontier {
            try statement.execute(arguments: [scope.namespace, scope.stream, sink.text, shard.name, sequence.digits])
        }
    }

    static func forget(
        _ lengths: [String: Int], of sink: SinkName, _ scope: Scope, in database: Database
    ) throws -> Set<String> {
        let statement = try database.cachedStatement(
            sql: "DELETE FROM file WHERE namespace = ? AND stream = ? AND sink = ? AND path = ? AND length = ?")
        var forgotten: Set<String> = []
        for (path, length) in lengths {
            try statement.execute(arguments: [scope.namespace, scope.stream, sink.text, path, length])
            if database.changesCount > 0 { forgotten.insert(path) }
        }
        return forgotten
    }
}

// MARK: Reading

extension StoreTables {
    /// Whether the stream has a checkpoint.
    static func knows(_ scope: Scope, in database: Database) throws -> Bool {
        let statement = try database.cachedStatement(
            sql: "SELECT EXISTS (SELECT * FROM checkpoint WHERE namespace = ? AND stream = ?)")
        return try Bool.fetchOne(statement, arguments: [scope.namespace, scope.stream]) ?? false
    }

    static func checkpoints(of scope: Scope, in database: Database) throws -> [ShardID: CheckpointExport.Entry] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT shard, position, saved FROM checkpoint WHERE namespace = ? AND stream = ?",
            arguments: [scope.namespace, scope.stream])
        var entries: [ShardID: CheckpointExport.Entry] = [:]
        for row in rows {
            let shard = try shard(row["shard"])
            entries[shard] = CheckpointExport.Entry(
                checkpoint: try checkpoint(row["position"], of: shard), saved: Instant(milliseconds: row["saved"]))
        }
        return entries
    }

    static func state(of scope: Scope, in database: Database) throws -> SavedState {
        var lengths: [SinkName: [String: Int]] = [:]
        var frontiers: [SinkName: [ShardID: SequenceNumber]] = [:]
        let files = try Row.fetchAll(
            database, sql: "SELECT sink, path, length FROM file WHERE namespace = ? AND stream = ?",
            arguments: [scope.namespace, scope.stream])
        for row in files { lengths[try sink(row["sink"]), default: [:]][row["path"]] = row["length"] }
        let places = try Row.fetchAll(
            database, sql: "SELECT sink, shard, sequence FROM frontier WHERE namespace = ? AND stream = ?",
            arguments: [scope.namespace, scope.stream])
        for row in places {
            frontiers[try sink(row["sink"]), default: [:]][try shard(row["shard"])] = try sequence(row["sequence"])
        }
        var state = SavedState(
            checkpoints: try checkpoints(of: scope, in: database).mapValues(\.checkpoint),
            currentAt: try moments(of: scope, in: database), ledger: try ledger(of: scope, in: database),
            created: try created(of: scope, in: database),
            intakes: try intakes(of: scope, in: database))
        for sink in Set(lengths.keys).union(frontiers.keys) {
            state.files[sink] = FilesCut(
                sink: sink, lengths: lengths[sink] ?? [:], frontier: frontiers[sink] ?? [:])
        }
        return state
    }

    private static func checkpoint(_ text: String, of shard: ShardID) throws -> Checkpoint {
        guard let checkpoint = Checkpoint(text: text) else {
            throw UnreadableRow(description: "the checkpoint of \(shard) is '\(text)'")
        }
        return checkpoint
    }

    static func shard(_ text: String) throws -> ShardID {
        guard let shard = ShardID(text) else { throw UnreadableRow(description: "a shard is named '\(text)'") }
        return shard
    }

    private static func sequence(_ text: String) throws -> SequenceNumber {
        guard let sequence = SequenceNumber(text) else {
            throw UnreadableRow(description: "a sequence number is '\(text)'")
        }
        return sequence
    }

    static func sink(_ text: String) throws -> SinkName {
        if text == SinkName.deadLetters.text { return .deadLetters }
        guard let sink = SinkName(text) else { throw UnreadableRow(description: "a sink is named '\(text)'") }
        return sink
    }
}
