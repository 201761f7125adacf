extension ShardTree {
    /// What a list of the shards asks the driver to do and to tell.
    package struct Listing: Hashable, Sendable {
        /// To be removed from the store, before anything else is saved: they are of a stream that was deleted.
        package var obsolete: Set<ShardID> = []
        /// Shards of a deleted stream that are being read: end these readings, and tell the tree nothing of them,
        /// before the next `takeReady`.
        package var abandoned: Set<ShardID> = []
        /// To be saved in one commit, and told to `saved`: what the configured start means. Nothing starts before.
        package var beginning: [ShardID: Checkpoint] = [:]
        /// Shards that aged out before their end was committed, in order of their names.
        package var agedOut: [AgedOut] = []
        /// Open shards that a checkpoint says were read to their end. They are not read, and a person should see why.
        package var openThoughEnded: Set<ShardID> = []
        /// Shards chosen for a replay that the stream does not have and that have no checkpoint.
        package var unknownChoice: Set<ShardID> = []
    }

    /// A shard of which nothing more can be read. What it held after its checkpoint, or all it held if it had none, is
    /// lost unless it was nothing.
    package struct AgedOut: Hashable, Sendable {
        package let shard: ShardID
        package let checkpoint: Checkpoint?
    }

    /// Takes a complete answer of ListShards, asked at `now`; `created` is when the stream was created, if that is
    /// known.
    ///
    /// The answer may be older than the one before. How long lists lack a shard is told by uptime, as a wall clock may jump.
    /// Throws, and takes nothing, when the stream is another one than that
    /// of the checkpoints.
    package mutating func listed(
        _ shards: [Shard], created: Instant? = nil, now: Moment
    ) throws(RecreatedStream) -> Listing {
        var listing = Listing()
        let unclear = noteOpenThoughEnded(shards, now.uptime)
        if let finding = recreation(shards, created: created, openThoughEnded: unclear) {
            guard acceptsRecreated else { throw RecreatedStream(finding: finding) }
            startAnew(&listing)
        } else {
            listing.openThoughEnded = unclear
        }
        self.created = created ?? self.created
        lists += 1
        lastListed = now.uptime
        let wanted = inScope(shards)
        for shard in wanted { describe(shard, isListed: true) }
        isAnchored = wanted.contains { checkpoints[$0.id] != nil }
        noteMissing(now.uptime, &listing)
        if isNew, !wanted.isEmpty { begin(wanted, now.time) }
        listing.beginning = beginning
        listing.unknownChoice = scope.chosen?.filter { nodes[$0] == nil } ?? []
        return listing
    }

    /// Takes the children that a shard's last page names, at `now`. Lists may not show them yet.
    ///
    /// A parent of theirs that no list has shown may be as new as they are, so unlike with a list it does not count as
    /// aged out before one.
    package mutating func discovered(_ children: [Shard], now: Moment) {
        for shard in children where isInScope(shard) {
            describe(shard, isListed: false)
            if nodes[shard.id]?.lastList == 0 { nodes[shard.id]?.isMissing(now.uptime) }
            for parent in shard.parents where nodes[parent] == nil {
                add(parent)
                nodes[parent]?.isMissing(now.uptime)
            }
        }
    }

    private mutating func describe(_ shard: Shard, isListed: Bool) {
        add(shard.id)
        let known = nodes[shard.id]?.parents ?? []
        nodes[shard.id]?.describe(shard)
        for parent in shard.parents where !known.contains(parent) {
            children[parent, default: []].append(shard.id)
            childless.remove(parent)
        }
        if isListed {
            nodes[shard.id]?.lastList = lists
            nodes[shard.id]?.missingSince = nil
        }
        settleStage(of: shard, isListed: isListed)
    }

    private mutating func settleStage(of shard: Shard, isListed: Bool) {
        switch nodes[shard.id]?.stage {
        case .named:
            move(shard.id, to: .waiting)
            candidates.append(shard.id)
        case .notFound where isListed, .agedOut where isListed:
            move(shard.id, to: .waiting)
            candidates.append(shard.id)
        case .ended:
            if shard.isClosed { childless.remove(shard.id) } else { awaitChildren(of: shard.id) }
        case .waiting, .reading, .notFound, .agedOut, .atBound, nil: break
        }
    }

    /// Notes which shards the list of this uptime lacks, and what follows from that.
    private mutating func noteMissing(_ uptime: Duration, _ listing: inout Listing) {
        var agedOut: [ShardID] = []
        var removed: [ShardID] = []
        var index = nodes.startIndex
        while index != nodes.endIndex {
            defer { nodes.formIndex(after: &index) }
            guard nodes.values[index].lastList != lists else { continue }
            nodes.values[index].isMissing(uptime)
            let (shard, node) = nodes[index]
            let hasVanished = node.hasVanished(uptime)
            switch node.stage {
            case .named: if hasVanished || isShownWithout(shard) { agedOut.append(shard) }
            case .notFound: if hasVanished { agedOut.append(shard) }
            case .agedOut: if hasVanished, checkpoints[shard] == nil { removed.append(shard) }
            case .ended: if hasVanished { childless.remove(shard) }
            case .waiting, .reading, .atBound: break
            }
        }
        for shard in agedOut.sorted() {
            move(shard, to: .agedOut)
            candidates += children[shard] ?? []
            // A name alone, that only a child told, was never to be read.
            guard isWanted(shard) else { continue }
            listing.agedOut.append(AgedOut(shard: shard, checkpoint: checkpoints[shard]))
        }
        for shard in removed { remove(shard) }
    }

    /// Whether anything of the shard was to be read.
    private func isWanted(_ shard: ShardID) -> Bool {
        if nodes[shard]?.isDescribed ?? false { return true }
        return checkpoints[shard] != nil && scope.chosen?.contains(shard) ?? true
    }

    /// Whether the last list shows a child of the shard, and so is young enough to show the shard as well if it still
    /// was.
    private func isShownWithout(_ shard: ShardID) -> Bool {
        children[shard]?.contains { nodes[$0]?.lastList == lists } ?? false
    }
}

extension ShardTree {
    private func inScope(_ shards: [Shard]) -> [Shard] {
        guard let chosen = scope.chosen else { return shards }
        var included = chosen
        if scope.followsChildren {
            var byParent: [ShardID: [ShardID]] = [:]
            for shard in shards {
                for parent in shard.parents { byParent[parent, default: []].append(shard.id) }
            }
            included.formUnion(nodes.lazy.filter { $0.value.isDescribed }.map(\.key))
            var open = Array(included)
            while let parent = open.popLast() {
                for child in byParent[parent] ?? [] where included.insert(child).inserted { open.append(child) }
            }
        }
        return shards.filter { included.contains($0.id) }
    }

    private func isInScope(_ child: Shard) -> Bool {
        guard let chosen = scope.chosen, !chosen.contains(child.id) else { return true }
        guard scope.followsChildren else { return false }
        return child.parents.contains { chosen.contains($0) || nodes[$0]?.isDescribed ?? false }
    }
}
