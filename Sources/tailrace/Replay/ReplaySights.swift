internal import Core
internal import Locking
internal import Pipeline

/// What is seen of a replay while it runs: how far each shard is, what has expired, what was refused.
struct ReplaySights: Sendable {
    struct ShardSight: Hashable, Sendable {
        enum End: Hashable, Sendable {
            case bound(ReplayBound)
            /// The bound is not in the stream.
            case tip(ReplayBound)
            case ofShard
        }

        /// `nil` when nothing of the shard was read.
        var from: ShardPosition?
        /// Read, and within the bound.
        var records = 0
        /// The arrivals between which what was read lies, as far as they are known.
        var first: Instant?
        var reached: Instant?
        /// `nil` while it is read.
        var end: End?
    }

    private(set) var shards: [ShardID: ShardSight] = [:]
    private(set) var gaps: [ReadGap] = []
    private(set) var agedOut: [ShardID: Checkpoint?] = [:]
    /// Events by sink.
    private(set) var refused: [SinkName: [Rejection: Int]] = [:]
    /// Records.
    private(set) var undecodable: [Undecodable.Reason: Int] = [:]

    mutating func note(_ event: TelemetryEvent) {
        switch event {
        case .shardStarted(let shard, let position):
            if shards[shard]?.from == nil { shards[shard, default: ShardSight()].from = position }
        case .pageReplayed(let shard, let records, let first, let reached):
            note(shard, records, first, reached)
        case .replayed(let shard, let bound, let isFound):
            shards[shard, default: ShardSight()].end = isFound ? .bound(bound) : .tip(bound)
        case .shardEnded(let shard): shards[shard, default: ShardSight()].end = .ofShard
        case .gap(let gap): gaps.append(gap)
        case .agedOut(let shard, let checkpoint): agedOut[shard] = .some(checkpoint)
        case .eventsRejected(let sink, _, let rejection, let events):
            refused[sink, default: [:]][rejection, default: 0] += events
        case .undecodable(_, _, let undecodable): self.undecodable[undecodable.reason, default: 0] += 1
        case .readFailed, .readForgiven, .readRecovered, .openThoughEnded, .notOfThisStream, .checkpointsForgotten,
            .listFailed, .streamUnreachable, .sinkFailed, .sinkRecovered, .targetCreated, .fileCutBack, .fileMissing,
            .intakeChanged, .filesElsewhere, .committed, .commitFailed, .stuck, .moves:
            break
        }
    }

    private mutating func note(_ shard: ShardID, _ records: Int, _ first: Instant?, _ reached: Instant?) {
        var sight = shards[shard] ?? ShardSight()
        sight.records += records
        sight.first = sight.first ?? first ?? reached
        // A page that a server tells less of is no step back.
        if let reached { sight.reached = max(sight.reached ?? reached, reached) }
        shards[shard] = sight
    }
}

/// Sees what a replay tells of itself, from whichever task.
final class ReplayObserver: Sendable {
    private let state = Locked(ReplaySights())

    var sights: ReplaySights { state.withLock { $0 } }

    func note(_ event: TelemetryEvent) { state.withLock { $0.note(event) } }
}
