import Core

/// Judges where readings begin, and what they hand over.
extension World {
    func judgeStart(_ start: ShardTree.Start) {
        guard !isOutdated else { return }
        let id = start.shard
        guard let shard = stream.numbers[id] else { return report(.checkpointsKeepToTheirShard, "there is no \(id)") }
        if daemon.readings.contains(where: { $0.shard == id }) || daemon.endings.contains(where: { $0.shard == id }) {
            report(.oneReadingPerShard, "\(id)")
        }
        for parent in stream.shards[shard].parents { judgeParent(parent, of: id) }
        judgePosition(start, shard)
    }

    private func judgeParent(_ parent: Int, of child: ShardID) {
        guard !judge.endSaved.contains(parent) else { return }
        let id = stream.shards[parent].id
        guard stream.isGone(parent, at: now) else {
            return report(.parentsComeFirst, "\(child) begins, and the end of \(id) is not saved")
        }
        guard store.checkpoints[id] != nil else { return }
        for number in stream.shards[parent].records[(judge.passed[parent] ?? 0)...] where isLostInSilence(number) {
            report(.nothingIsLostInSilence, "\(child) begins, and record \(number) of \(id) is gone")
        }
    }

    /// Nobody can read the record any more, and nobody was told.
    func isLostInSilence(_ number: Int) -> Bool {
        let fate = judge.fates[number]
        return isWanted(number) && stream.isExpired(number, at: now) && !fate.isTold && !fate.isUnknowable
            && !isSettled(number)
    }

    private func judgePosition(_ start: ShardTree.Start, _ shard: Int) {
        let saved = store.checkpoints[stream.shards[shard].id]
        switch start {
        case .end(let id):
            let isAtTheEnd =
                switch saved {
                case .shardEnd: true
                case .after(let sequence): stream.shards[shard].ending.map { sequence >= $0 } ?? false
                case .atTime, nil: false
                }
            if !isAtTheEnd { report(.readingsBeginWhereTheyShould, "\(id) is ended, saved is \(text(saved))") }
        case .read(let id, .latest):
            let isFirst = judge.begunAtLatest.insert(shard).inserted
            guard isFirst, conditions.start == .latest, case .atTime = saved else {
                return report(.readingsBeginWhereTheyShould, "\(id) begins at LATEST")
            }
        case .read(let id, let position):
            guard position != saved?.resumption ?? .trimHorizon else { return }
            report(.readingsBeginWhereTheyShould, "\(id) begins \(text(position)), saved is \(text(saved))")
        }
    }

    /// Where a reading from here begins; `nil` when that is not known yet.
    func firstPlace(of position: ShardPosition, in id: ShardID) -> Int? {
        switch position {
        case .trimHorizon: return 0
        case .latest, .atTime: return nil
        case .at(let sequence): return stream.recordNumbers[sequence].map { stream.records[$0].place }
        case .after(let sequence): return stream.recordNumbers[sequence].map { stream.records[$0].place + 1 }
        }
    }

    func judgePage(_ page: RecordPage, _ reading: Reading) {
        guard !isOutdated else { return }
        for record in page.records {
            guard let number = stream.recordNumbers[record.sequence], let shard = stream.numbers[reading.shard],
                stream.records[number].shard == shard
            else { return report(.readingsLeaveNothingOut, "\(record.sequence) is not of \(reading.shard)") }
            let place = stream.records[number].place
            let next = reading.nextPlace ?? place
            reading.nextPlace = place + 1
            if place < next {
                return report(.readingsLeaveNothingOut, "\(reading.shard) goes back from \(next) to \(place)")
            }
            for skipped in stream.shards[shard].records[next..<place] where !stream.isExpired(skipped, at: now) {
                return report(.readingsLeaveNothingOut, "record \(skipped) of \(reading.shard) is left out")
            }
        }
    }
}
