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
    package private(set) var savedMoments: [ShardID: Instant]
    /// What was cut and is not saved yet, because saving failed.
    private var unsaved = Commit(checkpoints: [:], files: [])
    private var isCommitting = false

    package init(
        store: any StateStore, saved: SavedState, outlets: Outlets, telemetry: Telemetry, surroundings: Surroundings
    ) {
        self.store = store
        self.saved = saved.checkpoints
        savedMoments = saved.currentAt
        self.outlets = outlets
        self.telemetry = telemetry
        self.surroundings = surroundings
    }

    func follow(_ progress: ShardProgress) {
        progresses[progress.shard] = progress
    }

    /// For a shard whose reading ended before the shard did: what settles from now on is not saved. Once nothing of it is on
    /// its way to the store, which `owes` tells, a new reading may begin at the saved checkpoint, and counts what it reads.
    func unfollow(_ shard: ShardID) { progresses[shard] = nil }

    func owes(_ shard: ShardID) -> Bool { isCommitting || unsaved.checkpoints[shard] != nil }

    /// Saves what no reading led to: the end of a shard that has nothing left.
    func save(_ checkpoints: [ShardID: Checkpoint]) async throws {
        try await save(Commit(checkpoints: checkpoints, files: []))
    }

    /// Saves where a stream never seen before begins, in one commit with what goes before it: the checkpoints of a
    /// deleted stream are forgotten, and the present one's time of creation is noted.
    ///
    /// `agedOut` shards aged out before their first record was settled: nothing but the ledger tells of them.
    func begin(
        _ checkpoints: [ShardID: Checkpoint], forgetting obsolete: Set<ShardID>, created: Instant?, agedOut: Int
    ) async throws {
        var ledger = LedgerCounts()
        ledger.expired = agedOut
        try await save(
            Commit(checkpoints: checkpoints, files: [], ledger: ledger, forgotten: obsolete, created: created))
    }

    /// Forgets shards that aged out. With the checkpoint of one whose end was not read goes what tells of it at every
    /// start, so that is when the saved ledger counts it.
    func forgetAgedOut(_ shards: [ShardID]) async throws {
        var ledger = LedgerCounts()
        ledger.expired = shards.count { saved[$0] != .shardEnd }
        try await save(Commit(checkpoints: [:], files: [], ledger: ledger, forgotten: Set(shards)))
    }

    private func save(_ commit: Commit) async throws {
        guard !commit.isEmpty else { return }
        try await store.save(commit)
        telemetry.report(.committed(shards: commit.checkpoints.count, files: commit.fileCount))
        note(commit)
    }

    private func note(_ commit: Commit) {
        for shard in commit.forgotten {
            saved[shard] = nil
            leave(shard)
        }
        saved.merge(commit.checkpoints) { $1 }
        savedMoments.merge(commit.currentAt) { $1 }
        for (shard, checkpoint) in commit.checkpoints where checkpoint == .shardEnd { leave(shard) }
    }

    /// Nothing more is saved of a shard that ended or is gone, whatever of it settles late.
    private func leave(_ shard: ShardID) {
        (savedMoments[shard], progresses[shard]) = (nil, nil)
        (unsaved.checkpoints[shard], unsaved.currentAt[shard]) = (nil, nil)
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
        for progress in progresses.values { take(progress.takeSettled(), of: progress.shard) }
        guard !unsaved.isEmpty else { return }
        try await store.save(unsaved)
        telemetry.report(.committed(shards: unsaved.checkpoints.count, files: unsaved.fileCount))
        note(unsaved)
        unsaved = Commit(checkpoints: [:], files: [])
    }

    private func take(_ settled: ShardProgress.Settled, of shard: ShardID) {
        unsaved.ledger += settled.counts
        var isNew = false
        if let checkpoint = settled.checkpoint, checkpoint != saved[shard] {
            unsaved.checkpoints[shard] = checkpoint
            isNew = true
        }
        guard let moment = settled.currentAt else { return }
        let isDue = isNew || savedMoments[shard].map { $0 <= moment.earlier(by: Self.momentAgeMax) } ?? true
        if isDue { unsaved.currentAt[shard] = moment }
    }

    /// How much older the saved moment of a quiet shard may be. Ours: streams keep records for a day at least, and each
    /// time it is saved costs a write to the disk.
    private static let momentAgeMax = Duration.seconds(60)

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
