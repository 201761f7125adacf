/// Which shards to read now, and from where.
///
/// A child starts once all its parents' ends are checkpointed; a parent that is no longer listed has aged out and
/// counts as read. Kinesis keeps records in a closed parent until they age out, so parents come first even long after
/// a resharding.
package struct ShardPlan: Sendable {
    package struct Start: Hashable, Sendable {
        package let shard: ShardID
        package let position: ShardPosition

        package init(shard: ShardID, position: ShardPosition) {
            self.shard = shard
            self.position = position
        }
    }

    /// Where the shards of a stream never seen before begin. Other shards without a checkpoint are read whole.
    private var beginnings: [ShardID: ShardPosition] = [:]
    private var started: Set<ShardID> = []

    package init() {}

    /// Applies the configured start to the shards of a stream never seen before: those listed now, and only those.
    ///
    /// Returns what to save before the first record is read, so that a restart begins at the same place. LATEST means
    /// another place each time it is asked, so it is saved as the moment of now, a little earlier; and with it the
    /// shards that are closed already are of no interest.
    package mutating func beginEverywhere(
        at start: ShardPosition, _ shards: [Shard], now: Instant
    ) -> [ShardID: Checkpoint] {
        var checkpoints: [ShardID: Checkpoint] = [:]
        for shard in shards {
            switch start {
            case .trimHorizon: break
            case .at, .after: beginnings[shard.id] = start
            case .atTime(let instant):
                beginnings[shard.id] = start
                checkpoints[shard.id] = .atTime(instant)
            case .latest where shard.isClosed: checkpoints[shard.id] = .shardEnd
            case .latest:
                beginnings[shard.id] = .latest
                checkpoints[shard.id] = .atTime(now.earlier(by: ShardReader.latestMargin))
            }
        }
        return checkpoints
    }

    /// The shards that may start now and were not given out before.
    package mutating func ready(_ shards: [Shard], checkpoints: [ShardID: Checkpoint]) -> [Start] {
        let listed = Set(shards.map(\.id))
        var starts: [Start] = []
        for shard in shards where !started.contains(shard.id) && checkpoints[shard.id] != .shardEnd {
            let waits = shard.parents.contains { listed.contains($0) && checkpoints[$0] != .shardEnd }
            if waits { continue }
            started.insert(shard.id)
            let position = beginnings[shard.id] ?? checkpoints[shard.id]?.resumption ?? .trimHorizon
            starts.append(Start(shard: shard.id, position: position))
        }
        return starts
    }
}
