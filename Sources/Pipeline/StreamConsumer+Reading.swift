internal import Core

// Which shards are read, and when their children may follow.
extension StreamConsumer {
    func readAll(ready: @escaping @Sendable () -> Void) async throws -> End {
        var tree = ShardTree(
            saved: await committer.saved, start: plan.start, scope: plan.scope, created: plan.created.saved,
            acceptsRecreated: plan.created.acceptsAnother)
        health.publish(tree)
        let isNewlyCreated = plan.created.now != plan.created.saved
        try await take(try await list(source.shards), to: &tree, created: isNewlyCreated ? plan.created.now : nil)
        ready()
        let listing = SharedListing(source)
        var lists = ListsUnderWay()
        return try await withThrowingTaskGroup(of: Occasion.self) { tasks in
            defer { tasks.cancelAll() }
            tasks.addTask {
                await listing.run()
                throw CancellationError()
            }
            tasks.addTask { try await relistingDue() }
            while true {
                let starts = tree.takeReady()
                health.publish(tree)
                for start in starts {
                    let shard = tree.shard(start.shard) ?? Shard(id: start.shard, parents: [])
                    tasks.addTask { try await begin(start, shard, listing, together: starts.count) }
                }
                if lists.mayBegin() { tasks.addTask { .listed(try await list(listing.shards)) } }
                if plan.limits.bounds != nil, tree.isFinished { return .replayed }
                switch try await tasks.next() {
                case .ended(let shard, let children):
                    tree.discovered(children, now: surroundings.moment)
                    tree.ended(shard)
                    if tree.awaitsChildren { lists.isWanted = true }
                case .atBound(let shard): tree.reachedBound(shard)
                case .vanished(let shard):
                    tree.saved(await committer.saved.filter { $0.key == shard })
                    tree.notFound(shard)
                    lists.isWanted = true
                case .relistingDue, nil:
                    tasks.addTask { try await relistingDue() }
                    lists.isWanted = true
                case .listed(let list):
                    lists.isUnderWay = false
                    try await take(list, to: &tree)
                }
            }
        }
    }

    private enum Occasion {
        /// Its end is saved.
        case ended(ShardID, children: [Shard])
        case atBound(ShardID)
        case vanished(ShardID)
        /// For shards that nobody told of yet.
        case relistingDue
        case listed(ShardList)
    }

    private struct ShardList {
        let shards: [Shard]
        /// The stream's time of creation, before the list.
        let created: Instant?
        /// Before the call: a list that took minutes is as old as that.
        let asked: Moment
    }

    /// One list at a time, and none that was begun before there was something to look for.
    private struct ListsUnderWay {
        var isWanted = false
        var isUnderWay = false

        mutating func mayBegin() -> Bool {
            guard isWanted, !isUnderWay else { return false }
            (isWanted, isUnderWay) = (false, true)
            return true
        }
    }

    /// A list costs one call of the thousand that a stream takes each second.
    private static let relistInterval = Duration.seconds(30)

    private func relistingDue() async throws -> Occasion {
        try await surroundings.sleep(Self.relistInterval)
        return .relistingDue
    }

    /// Reads one shard, or only saves its end, and returns when that is saved, which is when its children may start.
    private func begin(
        _ start: ShardTree.Start, _ shard: Shard, _ listing: SharedListing, together: Int
    ) async throws -> Occasion {
        switch start {
        case .end:
            try await saveEnd(of: shard.id)
            return .ended(shard.id, children: [])
        case .read(_, let position):
            let progress = ShardProgress(shard: shard.id)
            let latest: Instant? = if case .atTime(let saved) = await committer.saved[shard.id] { saved } else { nil }
            await committer.follow(progress)
            let end = try await ShardConsumer(
                progress: progress, pulse: health.pulse(of: progress), shard: shard, position: position, latest: latest,
                currentAt: await committer.savedMoments[shard.id] ?? plan.currentAt(position),
                startingTogether: together, source: source, listing: listing, outlets: outlets, limits: plan.limits,
                memory: memory, pool: pool, ledger: ledger, telemetry: telemetry, surroundings: surroundings
            ).run()
            switch end {
            case .ofReplay: return .atBound(shard.id)
            case .vanished:
                await committer.unfollow(shard.id)
                while await committer.owes(shard.id) { try await surroundings.sleep(plan.commitInterval) }
                return .vanished(shard.id)
            case .ofShard(let children, _):
                while await committer.saved[shard.id] != .shardEnd { try await surroundings.sleep(plan.commitInterval) }
                return .ended(shard.id, children: children)
            }
        }
    }

    private func saveEnd(of shard: ShardID) async throws {
        try await saving { try await committer.save([shard: .shardEnd]) }
    }

    /// A store that fails is waited for: reading goes on meanwhile, and the commits tell it as well.
    private func saving(_ save: () async throws -> Void) async throws {
        try await untilItSucceeds(save, telling: { .commitFailed(cause: $0, retryIn: $1) })
    }

    // MARK: Listing

    private func list(_ shards: () async throws -> [Shard]) async throws -> ShardList {
        let list = try await untilItSucceeds(
            {
                let asked = surroundings.moment
                let created = try await source.created()
                return ShardList(shards: try await shards(), created: created ?? plan.created.now, asked: asked)
            }, telling: { .listFailed(cause: $0, retryIn: $1) })
        health.works(.listing)
        return list
    }

    /// Tells the tree a new list, and does what follows from it.
    private func take(_ list: ShardList, to tree: inout ShardTree, created: Instant? = nil) async throws {
        // Ends are told one by one, after the children they have.
        tree.saved(await committer.saved.filter { $0.value != .shardEnd })
        let listing = try tree.listed(list.shards, created: list.created, now: list.asked)
        guard listing.abandoned.isEmpty else { throw StreamReplaced() }
        tell(of: listing)
        health.unread(listing.openThoughEnded)
        ledger.update { $0.expired += listing.agedOut.count }
        try await saving {
            try await committer.begin(
                listing.beginning, forgetting: listing.obsolete, created: created,
                agedOut: listing.agedOut.count { $0.checkpoint == nil })
        }
        tree.saved(listing.beginning)
        let forgettable = tree.forgettable
        guard !forgettable.isEmpty else { return }
        try await saving { try await committer.forgetAgedOut(forgettable) }
        tree.forgot(forgettable)
        telemetry.report(.checkpointsForgotten(shards: forgettable.count))
    }

    private func tell(of listing: ShardTree.Listing) {
        for lost in listing.agedOut { telemetry.report(.agedOut(lost.shard, lost.checkpoint)) }
        for shard in listing.openThoughEnded.sorted() { telemetry.report(.openThoughEnded(shard)) }
        for shard in listing.unknownChoice.sorted() { telemetry.report(.notOfThisStream(shard)) }
    }

    private func untilItSucceeds<Answer>(
        _ call: () async throws -> Answer, telling event: (_ cause: String, _ retryIn: Duration) -> TelemetryEvent
    ) async throws -> Answer {
        var failures = 0
        while true {
            do {
                return try await call()
            } catch {
                try Task.checkCancellation()
                let delay = plan.limits.pace.backoff.delay(attempt: failures, jitter: surroundings.jitter())
                failures += 1
                telemetry.report(event("\(error)", delay))
                try await surroundings.sleep(delay)
            }
        }
    }
}
