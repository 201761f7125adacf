import Core

/// Judges what the store is given.
extension World {
    func judgeBefore(_ save: Save) {
        for shard in save.checkpoints.keys.sorted() {
            guard let checkpoint = save.checkpoints[shard] else { continue }
            judge(checkpoint, of: shard, in: save)
        }
        for shard in save.forgotten { judgeForgotten(shard, save) }
        if save.isOfAnotherStream { judge.streamIsReadAnew(from: stream.firstShard, stream.records) }
    }

    func judgeAfter(_ save: Save) {
        guard store.ledger != judge.ledger else { return }
        report(.theLedgerIsExact, "saved is \(store.ledger), and checkpoints passed \(judge.ledger)")
    }

    private func judge(_ checkpoint: Checkpoint, of id: ShardID, in save: Save) {
        if let saved = store.checkpoints[id], checkpoint.isBehind(saved) {
            return report(.checkpointsNeverGoBack, "\(id) from \(text(saved)) to \(text(checkpoint))")
        }
        if let reading = save.readings[id] { count(reading, upTo: checkpoint) }
        guard !isOutdated else { return }
        guard let shard = stream.numbers[id] else {
            return report(.checkpointsKeepToTheirShard, "there is no \(id)")
        }
        switch checkpoint {
        case .atTime(let instant):
            judge.wantedSince[shard] = Int(instant.milliseconds)
        case .shardEnd where save.isBeginning:
            judge.wantedFrom[shard] = stream.shards[shard].records.count
            judge.endSaved.insert(shard)
        case .shardEnd:
            judge.endSaved.insert(shard)
            guard stream.shards[shard].closed != nil else {
                return report(.onlySettledIsPassed, "the end of \(id), which is open")
            }
            pass(shard, to: stream.shards[shard].records.count, save)
        case .after(let sequence):
            guard let record = stream.recordNumbers[sequence], stream.records[record].shard == shard else {
                return report(.checkpointsKeepToTheirShard, "\(text(sequence)) is no record of \(id)")
            }
            pass(shard, to: stream.records[record].place + 1, save)
        }
    }

    /// The records that a reading dispatched up to the checkpoint are in the ledger from now on.
    private func count(_ reading: Int, upTo checkpoint: Checkpoint) {
        let last: Int? =
            switch checkpoint {
            case .after(let sequence): stream.recordNumbers[sequence]
            case .atTime, .shardEnd: nil
            }
        for number in judge.takeUncounted(of: reading, upTo: last) { judge.ledger += counts(of: number) }
    }

    private func pass(_ shard: Int, to place: Int, _ save: Save) {
        let passed = judge.passed[shard] ?? 0
        guard place >= passed else {
            return report(.checkpointsNeverGoBack, "\(stream.shards[shard].id) from place \(passed) to \(place)")
        }
        let reading = save.readings[stream.shards[shard].id]
        for number in stream.shards[shard].records[passed..<place] { judgePassed(number, by: reading, save) }
        judge.passed[shard] = place
    }

    private func judgePassed(_ number: Int, by reading: Int?, _ save: Save) {
        let fate = judge.fates[number]
        let isRead = reading.map(fate.readBy.contains) ?? false
        let (file, letters) = (save.fileLength ?? store.fileLength, save.letterLength ?? store.letterLength)
        guard isWanted(number), !isSettled(number, fileLength: file, letterLength: letters) else { return }
        if isRead || !stream.isExpired(number, at: now) {
            report(.onlySettledIsPassed, "record \(number), \(stream.records[number].kind), \(fate)")
        } else if !fate.isTold, !fate.isUnknowable {
            report(.nothingIsLostInSilence, "record \(number) expired, \(fate)")
        }
    }

    private func judgeForgotten(_ id: ShardID, _ save: Save) {
        guard !save.isOfAnotherStream else {
            if !judge.isAnotherStream { report(.refusedIsWhatIsAnother, "\(id) is forgotten") }
            return
        }
        guard !isOutdated else { return }
        guard let shard = stream.numbers[id], stream.isGone(shard, at: now) else {
            return report(.forgottenIsWhatIsOver, "\(id) is still listed")
        }
        for child in stream.shards[shard].children
        where store.checkpoints[stream.shards[child].id] == nil && !stream.isGone(child, at: now) {
            report(.forgottenIsWhatIsOver, "\(stream.shards[child].id) has not begun, and \(id) is forgotten")
        }
    }

    /// The daemon takes the stream that is for the one it reads.
    func judgeListed() {
        guard let created = daemon.created else { return }
        judge.creation = Int(created.milliseconds)
        if judge.isAnotherStream, !isOutdated, store.checkpoints.isEmpty {
            judge.streamIsReadAnew(from: stream.firstShard, stream.records)
        }
    }

    /// The daemon says that the stream is another one.
    func judgeRefusal(_ finding: String) {
        if !judge.isAnotherStream { report(.refusedIsWhatIsAnother, finding) }
    }
}
