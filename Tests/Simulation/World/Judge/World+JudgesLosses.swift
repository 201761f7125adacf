import Core

/// What somebody is told of records that expired, and what nobody can know of them.
extension World {
    func tell(_ gap: ReadGap) {
        note("told: gap of \(gap.shard) from \(text(gap.from)) to \(gap.to.map { text($0.sequence) } ?? "the end")")
        guard sabotage != .keepsGapsQuiet, !isOutdated, let shard = stream.numbers[gap.shard] else { return }
        let first: Int
        switch gap.from {
        case .trimHorizon, .latest: first = 0
        case .atTime(let instant): first = stream.firstPlace(notBefore: instant, in: shard)
        case .at, .after: first = firstPlace(of: gap.from, in: gap.shard) ?? 0
        }
        let end = gap.to.flatMap { stream.recordNumbers[$0.sequence] }.map { stream.records[$0].place }
        tell(shard, from: first, to: end)
    }

    func tell(_ lost: ShardTree.AgedOut) {
        note("told: \(lost.shard) aged out with \(text(lost.checkpoint)) saved")
        guard sabotage != .keepsAgedOutQuiet, !isOutdated, let shard = stream.numbers[lost.shard] else { return }
        switch lost.checkpoint {
        case .shardEnd: break
        case .after(let sequence): tell(shard, from: firstPlace(of: .after(sequence), in: lost.shard) ?? 0, to: nil)
        case .atTime, nil: tell(shard, from: 0, to: nil)
        }
    }

    private func tell(_ shard: Int, from first: Int, to end: Int?) {
        let records = stream.shards[shard].records
        for number in records[min(first, records.count)..<max(min(first, records.count), end ?? records.count)] {
            judge.fates[number].isTold = true
        }
    }

    /// An iterator was given. TRIM_HORIZON, or a moment before it, means the oldest record there is to a reading that
    /// knows of nothing before.
    func judgeOpened(_ position: ShardPosition, _ reading: Reading) {
        guard !isOutdated, let shard = stream.numbers[reading.shard] else { return }
        switch position {
        case .latest: judge.wantedFrom[shard] = stream.shards[shard].records.count
        case .trimHorizon, .atTime:
            if reading.currentAt == nil { noteUnknowable(shard, before: stream.shards[shard].oldest) }
        case .at, .after: break
        }
    }

    /// A page was served. Records that expire under a live iterator are passed over by Kinesis without a word, and an
    /// empty page at the tip says nothing of those that were there.
    func judgeServed(_ page: RecordPage, _ iterator: ShardIterator) {
        let (shard, place) = (stream.iterator(iterator).shard, stream.iterator(iterator).place)
        guard !isOutdated else { return }
        let oldest = stream.shards[shard].oldest
        if place < oldest { noteUnknowable(shard, from: place, before: oldest) }
        if page.records.isEmpty, page.behindLatest == .zero { noteUnknowable(shard, before: oldest) }
    }

    private func noteUnknowable(_ shard: Int, from first: Int = 0, before end: Int) {
        for number in stream.shards[shard].records[first..<end] { judge.fates[number].isUnknowable = true }
    }
}
