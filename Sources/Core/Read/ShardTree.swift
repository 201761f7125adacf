/// The shards of a stream and what descends from what: which of them may be read now, and from where.
///
/// A shard starts once all its parents' ends are checkpointed: the one it was split from, or the two it was merged
/// from. Kinesis keeps a closed parent's records until they age out, so parents come first even long after a
/// resharding. A parent that a list lacks while it shows the child has aged out, and counts as done.
///
/// Its driver
/// - lists the shards from time to time and tells `listed`, saves what that answers, and tells `saved`;
/// - tells `discovered` the children that a shard's last page names, before it tells the shard's end;
/// - tells `saved` whatever it commits; a shard's end is `Checkpoint.shardEnd`;
/// - asks `takeReady` after each of these, and does what that answers.
package struct ShardTree: Sendable {
    /// Which shards of the stream are read.
    package struct Scope: Hashable, Sendable {
        /// `nil` for all.
        let chosen: Set<ShardID>?
        let followsChildren: Bool

        package static let all = Scope(chosen: nil, followsChildren: true)

        /// These, and with `followsChildren` what descends from them. Parents that are not read hold nobody up.
        package static func only(_ chosen: Set<ShardID>, followsChildren: Bool) -> Scope {
            Scope(chosen: chosen, followsChildren: followsChildren)
        }
    }

    /// What to do with a shard whose turn it is.
    package enum Start: Hashable, Sendable {
        case read(ShardID, from: ShardPosition)
        /// Its checkpoint is at or past the last sequence number it can have, so nothing is left to read, and Kinesis
        /// would refuse to resume there: commit SHARD_END, and tell `saved`.
        case end(ShardID)

        package var shard: ShardID {
            switch self {
            case .read(let shard, _), .end(let shard): shard
            }
        }
    }

    /// How long after its making a shard may be absent from lists, and so how long one must be absent to have aged out.
    ///
    /// AWS gives no figure. Lists lag by seconds, and nothing is lost by waiting longer.
    package static let listLagMax = Duration.seconds(300)

    let start: ShardPosition
    let scope: Scope
    let acceptsRecreated: Bool
    /// When the stream was created, as far as that is known.
    var created: Instant?
    /// Whether that was saved with the checkpoints, and so proves whose they are.
    let isCreationSaved: Bool

    /// What the store holds.
    var checkpoints: [ShardID: Checkpoint]
    /// What `start` means for each shard, as long as it is not saved; nothing is read until it is.
    var beginning: [ShardID: Checkpoint] = [:]
    /// Where a shard is read from at first, when that is not what its checkpoint says.
    var firstPositions: [ShardID: ShardPosition] = [:]
    /// A stream never seen before, and not yet now.
    var isNew: Bool

    var nodes: [ShardID: Node] = [:]
    /// By parent, known or not.
    var children: [ShardID: [ShardID]] = [:]
    /// Those that may have become free to start since `takeReady` was asked last.
    var candidates: [ShardID] = []
    /// How many shards the end of all reading waits for.
    var undecided = 0
    /// Ended shards whose children are to be expected, because no list has shown the shard closed yet.
    var childless: Set<ShardID> = []
    /// Since which uptime lists show a shard as open that was read to its end.
    var openSince: [ShardID: Duration] = [:]
    /// How many lists there were, and the uptime of the last one.
    var lists = 0
    var lastListed: Duration?
    /// Whether the last list has a shard with a checkpoint.
    var isAnchored = false

    /// `saved` is what the store holds of this stream; nothing means a stream never seen before, and only to that does
    /// `start` apply. `created` is the stream's creation time when that was saved, if it is known.
    ///
    /// A stream that was deleted and created again under its name is an error of `listed`, unless `acceptsRecreated`.
    package init(
        saved: [ShardID: Checkpoint], start: ShardPosition, scope: Scope = .all, created: Instant? = nil,
        acceptsRecreated: Bool = false
    ) {
        checkpoints = saved
        self.start = start
        self.scope = scope
        self.created = created
        isCreationSaved = created != nil
        self.acceptsRecreated = acceptsRecreated
        isNew = saved.isEmpty
        for shard in saved.keys where scope.chosen?.contains(shard) ?? true { add(shard) }
    }

    /// What may be done now: each shard once, and again only after `stopped`.
    package mutating func takeReady() -> [Start] {
        guard beginning.isEmpty else { return [] }
        var starts: [Start] = []
        for shard in candidates where canStart(shard) {
            move(shard, to: .reading)
            starts.append(start(of: shard))
        }
        candidates.removeAll(keepingCapacity: true)
        return starts
    }

    /// These checkpoints were committed, ends of shards among them: what descends from those may start.
    package mutating func saved(_ committed: [ShardID: Checkpoint]) {
        for (shard, checkpoint) in committed {
            checkpoints[shard] = checkpoint
            beginning[shard] = nil
        }
        // In order, so that what starts does not hang on how a dictionary is laid out.
        for shard in committed.filter({ $0.value == .shardEnd }).keys.sorted() { end(shard) }
    }

    /// The end of a shard was committed.
    package mutating func ended(_ shard: ShardID) { saved([shard: .shardEnd]) }

    /// A reading ended before its shard did, and nothing is wrong with the shard: it is given out again, from its
    /// checkpoint.
    package mutating func stopped(_ shard: ShardID) {
        guard nodes[shard]?.stage == .reading else { return }
        move(shard, to: .waiting)
        candidates.append(shard)
    }

    /// A replay has all that it wanted of a shard. The shard's children hold later records only, and are not read.
    package mutating func reachedBound(_ shard: ShardID) {
        guard nodes[shard]?.stage == .reading else { return }
        move(shard, to: .atBound)
    }

    /// Kinesis says that there is no such shard, and its reading was given up for that.
    ///
    /// A list decides: a shard that it shows is read again, one that lists keep lacking has aged out. So list soon.
    package mutating func notFound(_ shard: ShardID) {
        guard nodes[shard]?.stage == .reading else { return }
        move(shard, to: .notFound)
    }

    /// Whether a list is awaited that shows the children of a shard that ended.
    package var awaitsChildren: Bool { !childless.isEmpty }

    /// Nothing is being read and nothing can start any more: the end of a replay.
    ///
    /// Not while a list is awaited that may show more: children of a shard that ended, or a shard that was not found.
    package var isFinished: Bool {
        lists > 0 && undecided == 0 && childless.isEmpty && !candidates.contains(where: canStart)
    }
}

extension ShardTree {
    func canStart(_ shard: ShardID) -> Bool {
        guard let node = nodes[shard], node.stage == .waiting else { return false }
        return !node.parents.contains(where: isAwaited)
    }

    /// Whether children of `parent` wait for it. One that is not in the tree has aged out or is not to be read.
    func isAwaited(_ parent: ShardID) -> Bool { nodes[parent].map { !$0.stage.isDone } ?? false }

    private mutating func start(of shard: ShardID) -> Start {
        if firstPositions[shard] == .latest {
            // Only the first time: asked again it would be a later place.
            firstPositions[shard] = nil
            return .read(shard, from: .latest)
        }
        let (starting, ending) = (nodes[shard]?.startingSequence, nodes[shard]?.endingSequence)
        switch checkpoints[shard] {
        case nil: return .read(shard, from: firstPositions[shard] ?? .trimHorizon)
        case .atTime(let instant): return .read(shard, from: .atTime(instant))
        case .shardEnd: return .end(shard)
        case .after(let sequence):
            if let ending, sequence >= ending { return .end(shard) }
            // All the shard has comes after it, but Kinesis refuses numbers that are not the shard's.
            if let starting, sequence < starting { return .read(shard, from: .trimHorizon) }
            return .read(shard, from: .after(sequence))
        }
    }

    private mutating func end(_ shard: ShardID) {
        guard let node = nodes[shard], node.stage != .ended else { return }
        move(shard, to: .ended)
        candidates += children[shard] ?? []
        awaitChildren(of: shard)
    }

    mutating func awaitChildren(of shard: ShardID) {
        let mayCome = scope.followsChildren && nodes[shard]?.endingSequence == nil && children[shard] == nil
        if mayCome { childless.insert(shard) }
    }

    /// Adds a shard of which only the name is known, unless it is there.
    mutating func add(_ shard: ShardID) {
        guard nodes[shard] == nil else { return }
        let stage: Node.Stage = checkpoints[shard] == .shardEnd ? .ended : .named
        nodes[shard] = Node(stage: stage)
        if stage.isUndecided { undecided += 1 }
    }

    mutating func move(_ shard: ShardID, to stage: Node.Stage) {
        guard let before = nodes[shard]?.stage else { return }
        nodes[shard]?.stage = stage
        undecided += (stage.isUndecided ? 1 : 0) - (before.isUndecided ? 1 : 0)
    }

    mutating func remove(_ shard: ShardID) {
        guard let node = nodes.removeValue(forKey: shard) else { return }
        if node.stage.isUndecided { undecided -= 1 }
        childless.remove(shard)
        openSince[shard] = nil
        firstPositions[shard] = nil
        for parent in node.parents {
            children[parent]?.removeAll { $0 == shard }
            if children[parent]?.isEmpty ?? false { children[parent] = nil }
        }
    }
}
