internal import Core
internal import Settings

/// What a replay is asked for, checked as far as that goes without the stream.
struct ReplayRequest {
    /// A position as it was written, and what it means.
    struct Written<Value> {
        let text: String
        let value: Value
    }

    let from: Written<ReplayPosition>
    let until: Written<ReplayEnd>
    /// `nil` for all.
    let shards: Set<ShardID>?
    /// In the order of the settings.
    let sinks: [SinkSettings]

    /// Takes the arguments as they were given. Throws a `CommandFailure` that says what is allowed.
    init(
        from: String, until: String, shards: [String], sinks: [String], of settings: TailraceSettings
    ) throws(CommandFailure) {
        self.from = Written(text: from, value: try Self.parsed(from, "--from", ReplayPosition.init))
        self.until = Written(text: until, value: try Self.parsed(until, "--until", ReplayEnd.init))
        let chosen = try Self.shards(shards)
        self.shards = try Self.scope(of: self.from.value, until: self.until.value, chosen)
        self.sinks = try Self.sinks(sinks, of: settings)
    }

    private static func parsed<Value>(
        _ text: String, _ flag: String, _ parse: (String) throws(PositionError) -> Value
    ) throws(CommandFailure) -> Value {
        do throws(PositionError) {
            return try parse(text)
        } catch {
            throw CommandFailure(.usage, "\(flag): \(error.description)")
        }
    }

    private static func shards(_ names: [String]) throws(CommandFailure) -> Set<ShardID>? {
        guard !names.isEmpty else { return nil }
        var shards: Set<ShardID> = []
        for name in names {
            guard let shard = ShardID(name) else {
                throw CommandFailure(
                    .usage, "--shard: '\(name)' is no shard; expected a name like shardId-000000000000")
            }
            shards.insert(shard)
        }
        return shards
    }

    private static func sinks(_ names: [String], of settings: TailraceSettings) throws(CommandFailure) -> [SinkSettings]
    {
        guard !names.isEmpty else { return settings.sinks }
        for name in names where !settings.sinks.contains(where: { $0.name.text == name }) {
            let known = settings.sinks.map(\.name.text).joined(separator: ", ")
            throw CommandFailure(.usage, "--to: no sink is called '\(name)'; the settings have \(known)")
        }
        return settings.sinks.filter { names.contains($0.name.text) }
    }
}

// MARK: What belongs together

extension ReplayRequest {
    /// The shards that positions name are the only ones that are wanted.
    private static func scope(
        of from: ReplayPosition, until: ReplayEnd, _ chosen: Set<ShardID>?
    ) throws(CommandFailure) -> Set<ShardID>? {
        var scope = chosen
        if case .record(let shard, _) = from {
            try expect(chosen, only: shard, "--from")
            scope = [shard]
        }
        if case .record(let shard, _) = until {
            try expect(chosen, only: shard, "--until")
            scope = [shard]
        }
        if case .record(let first, let begin) = from, case .record(let last, let end) = until {
            guard first == last else {
                throw CommandFailure(
                    .usage,
                    "--from names \(first), --until \(last): a replay between two records is of one shard; to follow what "
                        + "a shard became, give --until a time")
            }
            guard begin <= end else { throw endsBeforeItBegins }
        }
        if case .time(let begin) = from, case .time(let end) = until, begin > end { throw endsBeforeItBegins }
        return scope
    }

    private static let endsBeforeItBegins = CommandFailure(
        .usage, "--until lies before --from: nothing is between them")

    private static func expect(
        _ chosen: Set<ShardID>?, only shard: ShardID, _ flag: String
    ) throws(CommandFailure) {
        guard chosen == nil || chosen == [shard] else {
            throw CommandFailure(
                .usage, "\(flag) names shard \(shard), --shard names others: of those nothing is wanted")
        }
    }

    /// The shards to read. Parents that are not read hold nobody up.
    ///
    /// Up to checkpoints, what has none is not read at all; what a chosen shard became may have one.
    func scope(within bounds: ReplayBounds) -> ShardTree.Scope {
        switch (until.value, shards) {
        case (.record(let shard, _), _): .only([shard], followsChildren: false)
        case (.checkpoint, nil), (.checkpointFile, nil): .only(Set(bounds.own.keys), followsChildren: false)
        case (_, let shards?): .only(shards, followsChildren: true)
        case (.now, nil), (.time, nil): .all
        }
    }
}
