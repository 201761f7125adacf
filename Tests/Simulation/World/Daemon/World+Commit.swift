import Core

/// Saves how far every shard is settled: `Pipeline.Committer`.
extension World {
    func stepCommit() {
        switch daemon.commit {
        case .sleep: daemon.commit = .cutFiles
        case .cutFiles:
            // As when what was written cannot be made durable: only a new run is safe.
            if isFaulty(conditions.storeFaults), chance.percent(10) { return crash() }
            cutFiles()
            daemon.commit = .cutLetters
        case .cutLetters:
            cutLetters()
            daemon.commit = .take
        case .take: takeSettled()
        case .save(.sent(let save)):
            daemon.commit = .save(send(save))
            daemon.commitDue = uptime + delay()
        case .save(.answered(let save, let isSaved)): committed(save, isSaved || sabotage == .takesFailedForSaved)
        }
    }

    private func takeSettled() {
        for (index, progress) in daemon.followed.enumerated() {
            let (checkpoint, counts) = progress.takeSettled(sabotage)
            daemon.unsaved.counts += counts
            guard let checkpoint, checkpoint != daemon.saved[progress.shard] else { continue }
            var shard = progress.shard
            if sabotage == .savesUnderAnotherShard {
                shard = daemon.followed[(index + 1) % daemon.followed.count].shard
            }
            daemon.unsaved.checkpoints[shard] = checkpoint
            daemon.unsaved.readings[shard] = progress.reading
            if let safe = progress.safePosition, let record = stream.recordNumbers[safe] {
                daemon.unsaved.current[shard] = Instant(milliseconds: Int64(stream.records[record].arrival))
            }
        }
        daemon.unsaved.ledgerBefore = daemon.savedLedger
        guard !daemon.unsaved.isEmpty else { return rest(conditions.commitInterval) }
        daemon.commit = .save(.sent(daemon.unsaved))
        daemon.commitDue = uptime + delay()
    }

    private func delay() -> Int { isTroubled ? chance.below(conditions.storeDelay) : 0 }

    private func committed(_ save: Save, _ isSaved: Bool) {
        guard isSaved else {
            note("the commit fails")
            let delay = Daemon.commitBackoff.delay(attempt: daemon.commitFailures, jitter: chance.fraction())
            daemon.commitFailures += 1
            return rest(after(delay) - uptime)
        }
        daemon.commitFailures = 0
        noteSaved(save)
        daemon.savedLedger += save.counts
        for (shard, checkpoint) in save.checkpoints where checkpoint == .shardEnd { daemon.unfollow(shard) }
        daemon.unsaved = Save()
        rest(conditions.commitInterval)
    }

    /// Until the next commit; for ever when the run is over.
    private func rest(_ milliseconds: Int) {
        daemon.commit = .sleep(until: uptime + milliseconds)
        // Sinks go on for a while, so not every commit is the last one.
        if daemon.isOver, chance.percent(50) { end("is over") }
    }

    // MARK: The store

    /// What a transaction meets in the store: it is saved or not, and its answer may be lost.
    func send(_ save: Save) -> SaveCall {
        guard isFaulty(conditions.storeFaults) else {
            apply(save)
            return .answered(save, isSaved: true)
        }
        let isWritten = chance.percent(30)
        if isWritten { apply(save) }
        note("the store fails\(isWritten ? " after writing" : "")")
        return .answered(save, isSaved: false)
    }

    private func apply(_ save: Save) {
        note("saved: \(text(save.checkpoints))" + (save.forgotten.isEmpty ? "" : ", forgotten: \(save.forgotten)"))
        judgeBefore(save)
        store.apply(save, addingCounts: sabotage == .addsCountsAgain)
        judgeAfter(save)
    }

    func noteSaved(_ save: Save) {
        daemon.saved.merge(save.checkpoints) { $1 }
        daemon.current.merge(save.current) { $1 }
        for shard in save.forgotten {
            daemon.saved[shard] = nil
            daemon.current[shard] = nil
        }
    }
}

extension Daemon {
    /// Something of the committer's is on its way into the store, or waits for that.
    var isCommitting: Bool { if case .save = commit { true } else { !unsaved.isEmpty } }
}
