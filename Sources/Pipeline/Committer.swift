package import Core

/// Saves how far every shard is settled, with the lengths of the files that hold what was settled.
///
/// The order is what makes the files exact. First each sink cuts: its data is made durable and only then are the
/// records in it settled. Then the safe positions are taken, which can pass only what is durable. Then both are saved
/// in one transaction. A crash before it leaves the last commit: files are cut back to its lengths and reading resumes
/// after its checkpoints. A crash after it leaves this one.
package actor Committer {
    private let store: any StateStore
    private let outlets: Outlets
    private let telemetry: Telemetry
    private let surroundings: Surroundings
    private let backoff = Backoff(first: .milliseconds(200), ceiling: .seconds(30))

    private var progresses: [ShardID: ShardProgress] = [:]
    /// What the store holds.
    package private(set) var saved: [ShardID: Checkpoint]
    /// What was cut and is not saved yet, because saving failed.
    private var unsaved = Commit(checkpoints: [:], files: [])
    private var isCommitting = false

    package init(
        store: any StateStore, saved: [ShardID: Checkpoint], outlets: Outlets, telemetry: Telemetry,
        surroundings: Surroundings
    ) {
        self.store = store
        self.saved = saved
        self.outlets = outlets
        self.telemetry = telemetry
        self.surroundings = surroundings
    }

    func follow(_ progress: ShardProgress) {
        progresses[progress.shard] = progress
    }

    /// Saves what no reading led to: where a stream never seen before begins, the end of a shard that has nothing left.
    func save(_ checkpoints: [ShardID: Checkpoint]) async throws {
        try await save(Commit(checkpoints: checkpoints, files: []))
    }

    /// Forgets the checkpoints of shards that nobody reads, those of a deleted stream for instance, and notes when the
    /// present one was created.
    func forget(_ shards: Set<ShardID>, created: Instant? = nil) async throws {
        try await save(Commit(checkpoints: [:], files: [], forgotten: shards, created: created))
    }

    private func save(_ commit: Commit) async throws {
        guard !commit.isEmpty else { return }
        try await store.save(commit)
        saved.merge(commit.checkpoints) { $1 }
        for shard in commit.forgotten { saved[shard] = nil }
    }

    /// One commit. Throws what the store or a sink's cut threw; what was cut is then saved by the next commit.
    ///
    /// One caller at a time.
    package func commit() async throws {
        precondition(!isCommitting, "commits follow one another")
        isCommitting = true
        defer { isCommitting = false }
        for sink in outlets.sinks {
            if let cut = try await sink.cut() { unsaved.merge(cut) }
        }
        if let cut = try await outlets.deadLetters.cut() { unsaved.merge(cut) }
        for (shard, progress) in progresses {
            let (checkpoint, counts) = progress.takeSettled()
            unsaved.ledger += counts
            guard let checkpoint, checkpoint != saved[shard] else { continue }
            unsaved.checkpoints[shard] = checkpoint
        }
        guard !unsaved.isEmpty else { return }
        try await store.save(unsaved)
        telemetry.report(.committed(shards: unsaved.checkpoints.count, files: unsaved.fileCount))
        saved.merge(unsaved.checkpoints) { $1 }
        for (shard, checkpoint) in unsaved.checkpoints where checkpoint == .shardEnd { progresses[shard] = nil }
        unsaved = Commit(checkpoints: [:], files: [])
    }

    /// Commits at the interval until cancelled. A commit that fails is told and tried again, for ever; only what was lost
    /// on the way to the disk ends it, by throwing `NotDurable`.
    func run(every interval: Duration) async throws -> Never {
        var failures = 0
        while true {
            try await surroundings.sleep(interval)
            do {
                try await commit()
                failures = 0
            } catch let error as NotDurable {
                throw error
            } catch {
                try Task.checkCancellation()
                let delay = backoff.delay(attempt: failures, jitter: surroundings.jitter())
                failures += 1
                telemetry.report(.commitFailed(cause: "\(error)", retryIn: delay))
                try await surroundings.sleep(delay)
            }
        }
    }
}

extension Commit {
    /// Adds a later cut of the same or another sink.
    fileprivate mutating func merge(_ cut: FilesCut) {
        guard let index = files.firstIndex(where: { $0.sink == cut.sink }) else { return files.append(cut) }
        files[index] = FilesCut(
            sink: cut.sink, lengths: files[index].lengths.merging(cut.lengths) { $1 },
            frontier: files[index].frontier.merging(cut.frontier) { $1 })
    }

    fileprivate var fileCount: Int { files.reduce(0) { $0 + $1.lengths.count } }
}
