internal import Core
internal import GRDB
internal import Pipeline

/// What a store holds of a stream besides its positions: when it was created, how its records reach sinks, its ledger.
extension StoreTables {
    /// Makes the tables, unless a newer Tailrace than the one that made the store was here before.
    static func createStreamTables(in database: Database) throws {
        try database.execute(
            sql: """
                -- When the stream of these checkpoints was created, in milliseconds since 1970.
                CREATE TABLE IF NOT EXISTS stream (
                    namespace TEXT NOT NULL, stream TEXT NOT NULL, created INTEGER NOT NULL,
                    PRIMARY KEY (namespace, stream)) STRICT, WITHOUT ROWID;
                -- By what rule the records reached a sink that its frontier is of.
                CREATE TABLE IF NOT EXISTS intake (
                    namespace TEXT NOT NULL, stream TEXT NOT NULL, sink TEXT NOT NULL, rule TEXT NOT NULL,
                    PRIMARY KEY (namespace, stream, sink)) STRICT, WITHOUT ROWID;
                -- By when all that had arrived in a shard is settled, in milliseconds since 1970.
                CREATE TABLE IF NOT EXISTS current (
                    namespace TEXT NOT NULL, stream TEXT NOT NULL, shard TEXT NOT NULL, moment INTEGER NOT NULL,
                    PRIMARY KEY (namespace, stream, shard)) STRICT, WITHOUT ROWID;
                -- What became of the records that the checkpoints passed; sink is empty for what no sink has a part in.
                CREATE TABLE IF NOT EXISTS ledger (
                    namespace TEXT NOT NULL, stream TEXT NOT NULL, sink TEXT NOT NULL, counter TEXT NOT NULL,
                    count INTEGER NOT NULL,
                    PRIMARY KEY (namespace, stream, sink, counter)) STRICT, WITHOUT ROWID;
                """)
    }

    static func setCreated(_ created: Instant, _ scope: Scope, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO stream (namespace, stream, created) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET created = excluded.created
                """
        ).execute(arguments: [scope.namespace, scope.stream, created.milliseconds])
    }

    static func created(of scope: Scope, in database: Database) throws -> Instant? {
        let milliseconds = try Int64.fetchOne(
            database, sql: "SELECT created FROM stream WHERE namespace = ? AND stream = ?",
            arguments: [scope.namespace, scope.stream])
        return milliseconds.map(Instant.init(milliseconds:))
    }
}

// MARK: Moments

extension StoreTables {
    static func setMoments(_ moments: [ShardID: Instant], _ scope: Scope, in database: Database) throws {
        guard !moments.isEmpty else { return }
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO current (namespace, stream, shard, moment) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET moment = excluded.moment
                """)
        for (shard, moment) in moments {
            try statement.execute(arguments: [scope.namespace, scope.stream, shard.name, moment.milliseconds])
        }
    }

    static func forgetMoment(of shard: ShardID, _ scope: Scope, in database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM current WHERE namespace = ? AND stream = ? AND shard = ?")
            .execute(arguments: [scope.namespace, scope.stream, shard.name])
    }

    static func moments(of scope: Scope, in database: Database) throws -> [ShardID: Instant] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT shard, moment FROM current WHERE namespace = ? AND stream = ?",
            arguments: [scope.namespace, scope.stream])
        return try Dictionary(
            rows.map { (try shard($0["shard"]), Instant(milliseconds: $0["moment"])) }, uniquingKeysWith: { $1 })
    }
}

// MARK: Intakes

extension StoreTables {
    static func setIntakes(_ intakes: [SinkName: String], _ scope: Scope, in database: Database) throws {
        for (sink, rule) in intakes {
            try database.cachedStatement(
                sql: """
                    INSERT INTO intake (namespace, stream, sink, rule) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET rule = excluded.rule
                    """
            ).execute(arguments: [scope.namespace, scope.stream, sink.text, rule])
            try database.cachedStatement(sql: "DELETE FROM frontier WHERE namespace = ? AND stream = ? AND sink = ?")
                .execute(arguments: [scope.namespace, scope.stream, sink.text])
        }
    }

    static func intakes(of scope: Scope, in database: Database) throws -> [SinkName: String] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT sink, rule FROM intake WHERE namespace = ? AND stream = ?",
            arguments: [scope.namespace, scope.stream])
        return try Dictionary(rows.map { (try sink($0["sink"]), $0["rule"]) }, uniquingKeysWith: { $1 })
    }
}

// MARK: The ledger

extension StoreTables {
    private static var counters: [(name: String, count: WritableKeyPath<LedgerCounts, Int>)] {
        [
            ("records-read", \.recordsRead), ("records-delivered", \.recordsDelivered),
            ("records-control", \.recordsControl), ("records-filtered", \.recordsFiltered),
            ("records-dead-lettered", \.recordsDeadLettered), ("events-read", \.eventsRead),
            ("events-filtered", \.eventsFiltered), ("expired", \.expired), ("payload-bytes", \.payloadBytes),
            ("text-bytes", \.textBytes),
        ]
    }

    private static var sinkCounters: [(name: String, count: WritableKeyPath<SinkCounts, Int>)] {
        [("routed", \.routed), ("delivered", \.delivered), ("dead-lettered", \.deadLettered)]
    }

    static func add(_ counts: LedgerCounts, _ scope: Scope, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO ledger (namespace, stream, sink, counter, count) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET count = count + excluded.count
                """)
        func add(_ count: Int, to counter: String, of sink: String) throws {
            guard count != 0 else { return }
            try statement.execute(arguments: [scope.namespace, scope.stream, sink, counter, count])
        }
        for (name, path) in counters { try add(counts[keyPath: path], to: name, of: "") }
        for (sink, answers) in counts.sinks {
            for (name, path) in sinkCounters { try add(answers[keyPath: path], to: name, of: sink.text) }
        }
    }

    static func ledger(of scope: Scope, in database: Database) throws -> LedgerCounts {
        let rows = try Row.fetchAll(
            database, sql: "SELECT sink, counter, count FROM ledger WHERE namespace = ? AND stream = ?",
            arguments: [scope.namespace, scope.stream])
        var counts = LedgerCounts()
        for row in rows {
            let (of, counter, count): (String, String, Int) = (row["sink"], row["counter"], row["count"])
            if of.isEmpty, let path = counters.first(where: { $0.name == counter })?.count {
                counts[keyPath: path] = count
            } else if !of.isEmpty, let path = sinkCounters.first(where: { $0.name == counter })?.count {
                counts.sinks[try sink(of), default: SinkCounts()][keyPath: path] = count
            } else {
                throw UnreadableRow(description: "the ledger counts '\(counter)'")
            }
        }
        return counts
    }
}
