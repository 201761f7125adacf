internal import Adapters
internal import Core
internal import Settings

// Where a replay begins and ends, in the terms of the consumer.

extension ReplayPosition {
    /// For shards without a checkpoint.
    var shardPosition: ShardPosition {
        switch self {
        case .trimHorizon, .checkpoint, .checkpointFile: .trimHorizon
        case .latest: .latest
        case .time(let instant): .atTime(instant)
        case .record(_, let sequence): .at(sequence)
        }
    }

    /// After which records a replay begins, as the daemon's store or an exported file say now. `stream` is the ARN.
    func checkpoints(_ settings: TailraceSettings, stream: String) throws -> [ShardID: Checkpoint] {
        switch self {
        case .trimHorizon, .latest, .time, .record: [:]
        case .checkpoint: try SavedCheckpoints.ofDaemon(settings, stream: stream, for: "--from")
        case .checkpointFile(let path): try SavedCheckpoints.ofFile(path, stream: stream)
        }
    }
}

extension ReplayEnd {
    /// The same as it is now: what moves is fixed.
    func bounds(_ settings: TailraceSettings, stream: String, now: Instant) throws -> ReplayBounds {
        switch self {
        case .now: ReplayBounds(others: .time(now))
        case .time(let instant): ReplayBounds(others: .time(instant))
        case .checkpoint:
            ReplayBounds(upTo: try SavedCheckpoints.ofDaemon(settings, stream: stream, for: "--until"))
        case .checkpointFile(let path): ReplayBounds(upTo: try SavedCheckpoints.ofFile(path, stream: stream))
        case .record(let shard, let sequence): ReplayBounds(others: .nothing, own: [shard: .record(sequence)])
        }
    }
}

/// Checkpoints that positions refer to.
private enum SavedCheckpoints {
    static func ofDaemon(
        _ settings: TailraceSettings, stream: String, for flag: String
    ) throws -> [ShardID: Checkpoint] {
        let path = settings.checkpoints.sqlite
        let export = try SQLiteStateStore.readCheckpoints(path: path, scope: .init(stream: stream))
        guard !export.shards.isEmpty else {
            throw CommandFailure(.failed, "\(path) holds no checkpoint of \(stream); use another \(flag)")
        }
        return export.checkpoints
    }

    static func ofFile(_ path: String, stream: String) throws -> [ShardID: Checkpoint] {
        let export = try ExportFile.read(path)
        guard export.isOf(arn: stream) else {
            throw CommandFailure(.failed, "\(path) holds checkpoints of \(export.stream), not of \(stream)")
        }
        return export.checkpoints
    }
}

extension RouteTable {
    /// The same routes as far as they lead to `kept`, which count from zero in that order.
    ///
    /// A route to other sinks only still decides: what it matches goes nowhere.
    func only(_ kept: [SinkName]) throws -> RouteTable {
        try RouteTable(
            sinks: kept, routes: routes.map { Route(match: $0.match, sinks: $0.sinks.filter(kept.contains)) })
    }
}
