package import Core
package import Pipeline

/// A store that lasts as long as the program: for `replay`, whose position is nobody else's, and for tests.
package actor MemoryStateStore: StateStore {
    private var checkpoints: [ShardID: Checkpoint]
    private var lengths: [SinkName: [String: Int]]
    private var frontiers: [SinkName: [ShardID: SequenceNumber]]
    private var currentAt: [ShardID: Instant]
    private var ledger: LedgerCounts
    private var created: Instant?
    private var intakes: [SinkName: String]

    package init(_ state: SavedState = SavedState()) {
        checkpoints = state.checkpoints
        lengths = state.files.mapValues(\.lengths)
        frontiers = state.files.mapValues(\.frontier)
        currentAt = state.currentAt
        ledger = state.ledger
        created = state.created
        intakes = state.intakes
    }

    package func load() -> SavedState {
        var files: [SinkName: FilesCut] = [:]
        for sink in Set(lengths.keys).union(frontiers.keys) {
            let cut = FilesCut(sink: sink, lengths: lengths[sink] ?? [:], frontier: frontiers[sink] ?? [:])
            if !cut.isEmpty { files[sink] = cut }
        }
        return SavedState(
            checkpoints: checkpoints, files: files, currentAt: currentAt, ledger: ledger, created: created,
            intakes: intakes)
    }

    package func save(_ commit: Commit) throws {
        for (shard, checkpoint) in commit.checkpoints where !commit.forgotten.contains(shard) {
            guard let saved = checkpoints[shard], checkpoint.isBehind(saved) else { continue }
            throw CheckpointWouldGoBack(shard: shard, saved: saved, refused: checkpoint)
        }
        for shard in commit.forgotten { forget(shard) }
        checkpoints.merge(commit.checkpoints) { $1 }
        currentAt.merge(commit.currentAt) { $1 }
        ledger += commit.ledger
        created = commit.created ?? created
        intakes.merge(commit.intakes) { $1 }
        for sink in commit.intakes.keys { frontiers[sink] = nil }
        for cut in commit.files {
            lengths[cut.sink, default: [:]].merge(cut.lengths) { $1 }
            frontiers[cut.sink, default: [:]].merge(cut.frontier) { $1 }
        }
        for (shard, checkpoint) in commit.checkpoints where checkpoint == .shardEnd { leave(shard) }
    }

    private func forget(_ shard: ShardID) {
        checkpoints[shard] = nil
        leave(shard)
    }

    /// A shard that ended or is gone is never read again, so nothing of it needs to be passed over.
    private func leave(_ shard: ShardID) {
        currentAt[shard] = nil
        for sink in frontiers.keys { frontiers[sink]?[shard] = nil }
    }

    package func register(_ lengths: [String: Int], of sink: SinkName) {
        self.lengths[sink, default: [:]].merge(lengths) { $1 }
    }

    package func forget(_ lengths: [String: Int], of sink: SinkName) -> Set<String> {
        let forgotten = lengths.filter { self.lengths[sink]?[$0.key] == $0.value }.keys
        for path in forgotten { self.lengths[sink]?[path] = nil }
        return Set(forgotten)
    }
}
