extension ShardTree {
    /// Checkpoints that may be removed from the store, in order of their shards.
    ///
    /// A shard's checkpoint may go when lists have lacked the shard for longer than any list can be old, nothing of the
    /// shard is left to be read, and each of its children that is known has a checkpoint of its own or has aged out
    /// itself. So a restart never finds a child without a trace of it and of its parents. And none goes unless the last
    /// list has a shard with a checkpoint: an emptied store would be a stream never seen before, to which the
    /// configured start applies, and the last sequence numbers would be gone by which a recreated stream is recognised.
    package var forgettable: [ShardID] {
        guard let lastListed, isAnchored else { return [] }
        return nodes.lazy.filter { shard, node in
            checkpoints[shard] != nil && node.stage.isDone && node.hasVanished(lastListed)
                && (children[shard] ?? []).allSatisfy(hasTrace)
        }.map(\.key).sorted()
    }

    /// Checkpoints were removed from the store.
    package mutating func forgot(_ shards: [ShardID]) {
        for shard in shards {
            checkpoints[shard] = nil
            remove(shard)
        }
    }

    private func hasTrace(_ child: ShardID) -> Bool {
        checkpoints[child] != nil || nodes[child].map { $0.stage == .agedOut } ?? true
    }
}
