extension ShardTree {
    /// Applies the configured start to the shards of a stream never seen before: those listed first, and only those.
    ///
    /// What it means is saved before the first record is read, so that a restart begins at the same place. LATEST means
    /// another place each time it is asked, so it is saved as the moment of now, a little earlier; and with it the
    /// shards that are closed already are of no interest. A record's place is that of one shard: the chosen ones begin
    /// there, or those that can hold such a record. Kinesis's `AT_SEQUENCE_NUMBER` is no checkpoint, so it is not
    /// saved: as long as no record of the shard is settled, a restart applies the start again.
    mutating func begin(_ shards: [Shard], _ now: Instant) {
        isNew = false
        for shard in shards {
            switch start {
            case .trimHorizon: break
            case .atTime(let instant): beginning[shard.id] = .atTime(instant)
            case .latest where shard.isClosed: beginning[shard.id] = .shardEnd
            case .latest:
                firstPositions[shard.id] = .latest
                beginning[shard.id] = .atTime(now.earlier(by: ShardReader.latestMargin))
            case .at(let sequence):
                guard scope.chosen?.contains(shard.id) ?? shard.canHold(sequence) else { continue }
                firstPositions[shard.id] = start
            case .after(let sequence):
                guard scope.chosen?.contains(shard.id) ?? true, shard.canHold(sequence) else { continue }
                beginning[shard.id] = .after(sequence)
            }
        }
    }

    /// Forgets everything of a stream that was deleted.
    mutating func startAnew(_ listing: inout Listing) {
        listing.obsolete = Set(checkpoints.keys)
        listing.abandoned = Set(nodes.lazy.filter { $0.value.stage == .reading }.map(\.key))
        self = ShardTree(saved: [:], start: start, scope: scope, acceptsRecreated: acceptsRecreated)
    }
}

extension Shard {
    /// Whether a record of the shard can have this number, as far as the shard's range is known.
    fileprivate func canHold(_ sequence: SequenceNumber) -> Bool {
        (startingSequence.map { $0 <= sequence } ?? true) && (endingSequence.map { sequence <= $0 } ?? true)
    }
}
