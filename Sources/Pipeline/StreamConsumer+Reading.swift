internal import Core

// Which shards are read, and when their children may follow.
extension StreamConsumer {
    func readAll(ready: @escaping @Sendable () -> Void) async throws -> End {
        var tree = ShardTree(
            saved: await committer.saved, start: plan.start, scope: plan.scope, created: plan.created.saved,
            acceptsRecreated: plan.created.acceptsAnother)
        try await list(&tree)
        if plan.created.now != plan.created.saved { try await committer.forget([], created: plan.created.now) }
        ready()
        return try await withThrowingTaskGroup(of: Occasion.self) { tasks in
            defer { tasks.cancelAll() }
            tasks.addTask { try await relistingDue() }
            while true {
                let starts = tree.takeReady()
                for start in starts {
                    let shard = tree.shard(start.shard) ?? Shard(id: start.shard, parents: [])
                    tasks.addTask { try await begin(start, shard, together: starts.count) }
                }
                if plan.limits.bound != nil, tree.isFinished { return .replayed }
                switch try await tasks.next() {
                case .ended(let shard, let children):
                    tree.discovered(children, now: surroundings.now())
                    tree.ended(shard)
                    if tree.awaitsChildren { try await list(&tree) }
                case .atBound(let shard): tree.reachedBound(shard)
                case .vanished(let shard):
                    tree.saved(await committer.saved.filter { $0.key == shard })
                    tree.notFound(shard)
                    try await list(&tree)
                case .relistingDue, nil:
                    tasks.addTask { try await relistingDue() }
                    try await list(&tree)
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
    }

    /// A list costs one call of the thousand that a stream takes each second.
    private static let relistInterval = Duration.seconds(30)

    private func relistingDue() async throws -> Occasion {
        try await surroundings.sleep(Self.relistInterval)
        return .relistingDue
    }

    /// Reads one shard, or only saves its end, and returns when that is saved, which is when its children may start.
    private func begin(_ start: ShardTree.Start, _ shard: Shard, together: Int) async throws -> Occasion {
        switch start {
        case .end:
            try await saveEnd(of: shard.id)
            return .ended(shard.id, children: [])
        case .read(_, let position):
            let progress = ShardProgress(shard: shard.id)
            await committer.follow(progress)
            let end = try await ShardConsumer(
                progress: progress, shard: shard, position: position, startingTogether: together, source: source,
                outlets: outlets, limits: plan.limits, memory: memory, pool: pool, ledger: ledger, telemetry: telemetry,
                surroundings: surroundings
            ).run()
            switch end {
            case .ofReplay: return .atBound(shard.id)
            case .vanished: return .vanished(shard.id)
            case .ofShard(let children):
                while await committer.saved[shard.id] != .shardEnd { try await surroundings.sleep(plan.commitInterval) }
                return .ended(shard.id, children: children)
            }
        }
    }

    private func saveEnd(of shard: ShardID) async throws {
        try await untilItSucceeds(
            { try await committer.save([shard: .shardEnd]) },
            telling: { .commitFailed(cause: $0, retryIn: $1) })
    }

    // MARK: Listing

    /// Tells the tree a new list, and does what follows from it.
    private func list(_ tree: inout ShardTree) async throws {
        // Ends are told one by one, after the children they have.
        tree.saved(await committer.saved.filter { $0.value != .shardEnd })
        let shards = try await untilItSucceeds(
            { try await source.shards() }, telling: { .listFailed(cause: $0, retryIn: $1) })
        let listing = try tree.listed(shards, created: plan.created.now, now: surroundings.now())
        guard listing.abandoned.isEmpty else { throw StreamReplaced() }
        tell(of: listing)
        try await committer.forget(listing.obsolete)
        try await committer.save(listing.beginning)
        tree.saved(listing.beginning)
        let forgettable = tree.forgettable
        guard !forgettable.isEmpty else { return }
        try await committer.forget(Set(forgettable))
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
