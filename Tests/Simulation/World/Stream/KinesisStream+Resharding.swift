import Core

extension KinesisStream {
    /// A closed shard's last sequence number may be that of its last record, or a later one.
    mutating func split(_ shard: Int, at slot: Int, endsAtRecord: Bool, at now: Int) {
        let slots = shards[shard].slots
        close(shard, endsAtRecord: endsAtRecord, at: now)
        make(parents: [shard], slots: slots.lowerBound..<slot, at: now)
        make(parents: [shard], slots: slot..<slots.upperBound, at: now)
    }

    mutating func merge(_ left: Int, _ right: Int, endsAtRecord: Bool, at now: Int) {
        close(left, endsAtRecord: endsAtRecord, at: now)
        close(right, endsAtRecord: endsAtRecord, at: now)
        make(parents: [left, right], slots: shards[left].slots.lowerBound..<shards[right].slots.upperBound, at: now)
    }

    /// The open shard whose hash keys follow those of this one.
    func neighbour(of shard: Int) -> Int? {
        openShards.first { shards[$0].slots.lowerBound == shards[shard].slots.upperBound }
    }

    private mutating func close(_ shard: Int, endsAtRecord: Bool, at now: Int) {
        shards[shard].closed = now
        let last = shards[shard].records.last.map { records[$0].sequence }
        let ending = shards[shard].sequences.ending(after: shards[shard].records.count)
        shards[shard].ending = endsAtRecord ? last ?? ending : ending
    }

    /// What ListShards answers when it is as old as `then`.
    func list(asOf then: Int) -> [Shard] {
        let then = max(then, created)
        return (firstShard..<shards.count).filter { shards[$0].made <= then && !isGone($0, at: then) }.map { number in
            let shard = shards[number]
            let wasClosed = shard.closed.map { $0 <= then } ?? false
            return Shard(
                id: shard.id, parents: parents(of: number), startingSequence: shard.starting,
                endingSequence: wasClosed ? shard.ending : nil)
        }
    }

    func parents(of shard: Int) -> [ShardID] { shards[shard].parents.map { shards[$0].id } }
}
