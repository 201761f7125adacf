/// The stream was deleted, and another one was created under its name: the checkpoints are not this one's.
package struct RecreatedStream: Error, Hashable, Sendable {
    /// What gave it away.
    package enum Finding: Hashable, Sendable {
        case created(Instant, notAt: Instant)
        /// One shard's first sequence number changed while it was known.
        case startChanged(ShardID, from: SequenceNumber, to: SequenceNumber)
        /// The checkpoint is before all that the shard can hold.
        case checkpointBeforeStart(ShardID, checkpoint: SequenceNumber, starting: SequenceNumber)
        /// Every shard there is began after every record that is checkpointed, and yet this one's name is not later
        /// than the name of a checkpointed one.
        case startedLater(ShardID, starting: SequenceNumber, than: ShardID, checkpoint: SequenceNumber)
        /// The checkpoint says that the shard was read to its end, but it stays open.
        case openThoughEnded(ShardID)
    }

    package let finding: Finding

    package init(finding: Finding) { self.finding = finding }
}

extension RecreatedStream: CustomStringConvertible {
    package var description: String {
        "the stream is not the one that its checkpoints are of: \(finding). It was deleted and created again under its "
            + "name, so nothing is read before it is accepted as a new stream (tailrace run --accept-recreated-stream)"
    }
}

extension RecreatedStream.Finding: CustomStringConvertible {
    package var description: String {
        switch self {
        case .created(let now, let saved):
            "it was created at \(now.rfc3339), that of the checkpoints at \(saved.rfc3339)"
        case .startChanged(let shard, let known, let listed):
            "\(shard) began at sequence number \(known) and now begins at \(listed)"
        case .checkpointBeforeStart(let shard, let checkpoint, let starting):
            "the checkpoint of \(shard) is \(checkpoint), and the shard begins at \(starting), after that"
        case .startedLater(let shard, let starting, let other, let checkpoint):
            "\(shard) begins at \(starting), although \(other), which cannot be older, was read up to \(checkpoint)"
        case .openThoughEnded(let shard):
            "the checkpoint of \(shard) says that it was read to its end, but it stays open"
        }
    }
}

extension ShardTree {
    /// How far apart two accounts of one creation may be: one protocol tells it in milliseconds, another in fractional
    /// seconds. No stream is deleted and created again within a second.
    package static let creationPrecision = Duration.seconds(1)

    /// What shows that the shards are those of another stream than the one known, if anything does.
    ///
    /// That no listed shard has a checkpoint shows nothing: retention may have taken every shard that had one, and an
    /// idle shard of a low number never got one. So names count only together with sequence numbers.
    func recreation(
        _ shards: [Shard], created: Instant?, openThoughEnded: Set<ShardID>
    ) -> RecreatedStream.Finding? {
        guard !checkpoints.isEmpty || !nodes.isEmpty else { return nil }
        // Two lists of one run: what they contradict each other in, no creation time excuses.
        if let finding = changedStart(shards) { return finding }
        if let saved = self.created, let created {
            let (early, late) = (min(saved, created), max(saved, created))
            if late.earlier(by: Self.creationPrecision) > early { return .created(created, notAt: saved) }
            if isCreationSaved { return nil }
        }
        if let finding = checkpointBeforeStart(shards) { return finding }
        if let finding = laterStart(shards) { return finding }
        guard let shard = openThoughEnded.min(), !shards.contains(where: matchesCheckpoint) else { return nil }
        return .openThoughEnded(shard)
    }

    private func changedStart(_ shards: [Shard]) -> RecreatedStream.Finding? {
        for shard in shards {
            guard let starting = shard.startingSequence, let known = nodes[shard.id]?.startingSequence else { continue }
            if known != starting { return .startChanged(shard.id, from: known, to: starting) }
        }
        return nil
    }

    private func checkpointBeforeStart(_ shards: [Shard]) -> RecreatedStream.Finding? {
        for shard in shards {
            guard let starting = shard.startingSequence, case .after(let sequence) = checkpoints[shard.id] else {
                continue
            }
            if sequence < starting {
                return .checkpointBeforeStart(shard.id, checkpoint: sequence, starting: starting)
            }
        }
        return nil
    }

    /// Within one stream a shard's number and its first sequence number both grow with the time of its making. So when
    /// retention took every shard that was read, those left are younger and have higher numbers.
    ///
    /// Every listed shard has to be younger than every checkpoint, because shards made in the same second are not
    /// ordered by their sequence numbers.
    private func laterStart(_ shards: [Shard]) -> RecreatedStream.Finding? {
        var latest: (shard: ShardID, sequence: SequenceNumber)?
        var highest: (shard: ShardID, sequence: SequenceNumber)?
        for case (let shard, .after(let sequence)) in checkpoints {
            if latest.map({ $0.sequence < sequence }) ?? true { latest = (shard, sequence) }
            if highest.map({ $0.shard < shard }) ?? true { highest = (shard, sequence) }
        }
        guard let latest, let highest else { return nil }
        for shard in shards {
            guard let starting = shard.startingSequence, starting > latest.sequence else { return nil }
        }
        guard let lowest = shards.min(by: { $0.id < $1.id }), lowest.id <= highest.shard,
            let starting = lowest.startingSequence
        else { return nil }
        return .startedLater(lowest.id, starting: starting, than: highest.shard, checkpoint: highest.sequence)
    }

    /// Whether the shard is the one that its checkpoint is of.
    private func matchesCheckpoint(_ shard: Shard) -> Bool {
        guard case .after(let sequence) = checkpoints[shard.id], let starting = shard.startingSequence else {
            return false
        }
        return starting <= sequence
    }

    /// The shards that lists have shown as open for longer than a list can be old, although they were read to their
    /// end.
    mutating func noteOpenThoughEnded(_ shards: [Shard], _ uptime: Duration) -> Set<ShardID> {
        var open: [ShardID: Duration] = [:]
        for shard in shards where !shard.isClosed {
            guard let node = nodes[shard.id], node.stage == .ended, node.endingSequence == nil else { continue }
            open[shard.id] = openSince[shard.id] ?? uptime
        }
        openSince = open
        return Set(open.lazy.filter { $0.value + Self.listLagMax <= uptime }.map(\.key))
    }
}
