internal import Adapters
internal import Core
internal import Settings

/// Where a replay begins, in the terms of the consumer.
struct ReplayStart {
    /// For shards without a checkpoint.
    let position: ShardPosition
    let checkpoints: [ShardID: Checkpoint]
    /// `nil` for all.
    let shards: Set<ShardID>?

    /// Reads the daemon's store or the exported file where the position names one. `stream` is the ARN.
    init(
        _ position: ReplayPosition, settings: TailraceSettings, stream: String, shards: Set<ShardID>?
    ) throws {
        switch position {
        case .trimHorizon: self.init(position: .trimHorizon, checkpoints: [:], shards: shards)
        case .latest: self.init(position: .latest, checkpoints: [:], shards: shards)
        case .time(let instant): self.init(position: .atTime(instant), checkpoints: [:], shards: shards)
        case .record(let shard, let sequence):
            guard shards == nil || shards == [shard] else {
                throw CommandFailure(.usage, "--from names shard \(shard), --shard names others")
            }
            self.init(position: .at(sequence), checkpoints: [:], shards: [shard])
        case .checkpoint:
            let path = settings.checkpoints.sqlite
            let export = try SQLiteStateStore.readCheckpoints(path: path, scope: .init(stream: stream))
            guard !export.shards.isEmpty else {
                throw CommandFailure(.failed, "\(path) holds no checkpoint of \(stream); use another --from")
            }
            self.init(position: .trimHorizon, checkpoints: export.checkpoints, shards: shards)
        case .checkpointFile(let path):
            let export = try Self.export(at: path, of: stream)
            self.init(position: .trimHorizon, checkpoints: export.checkpoints, shards: shards)
        }
    }

    private init(position: ShardPosition, checkpoints: [ShardID: Checkpoint], shards: Set<ShardID>?) {
        self.position = position
        self.checkpoints = checkpoints
        self.shards = shards
    }

    private static func export(at path: String, of stream: String) throws -> CheckpointExport {
        let export = try ExportFile.read(path)
        guard export.isOf(arn: stream) else {
            throw CommandFailure(.failed, "\(path) holds checkpoints of \(export.stream), not of \(stream)")
        }
        return export
    }
}

extension ReplayStart {
    /// The shards, and what descends from them.
    var scope: ShardTree.Scope { shards.map { .only($0, followsChildren: true) } ?? .all }
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
