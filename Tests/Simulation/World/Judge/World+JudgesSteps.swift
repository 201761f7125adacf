import Core

/// What is looked at after every step, and at the end of all.
extension World {
    func checkStep() {
        guard downUntil == nil else { return }
        var pending = 0
        for progress in daemon.progresses { pending += progress.pending }
        let read = daemon.ledger.recordsRead - daemon.ledgerAtStart.recordsRead
        guard daemon.ledger.recordsPending != pending || read != daemon.recordsRead else { return }
        report(
            .theLedgerIsExact,
            "\(read) read and \(daemon.ledger.recordsPending) pending, in truth \(daemon.recordsRead) and \(pending)")
    }

    /// Whether nothing is left to do: checkpoints passed all that can be read.
    var isSettled: Bool { unsettled.isEmpty }

    var unsettled: [String] {
        var left: [String] = []
        for shard in stream.shards.indices.dropFirst(stream.firstShard) where !stream.isGone(shard, at: now) {
            let passed = judge.passed[shard] ?? 0
            let id = stream.shards[shard].id
            if stream.shards[shard].closed != nil, store.checkpoints[id] != .shardEnd {
                left.append("the end of \(id)")
            }
            for number in stream.shards[shard].records[passed...]
            where isWanted(number) && !stream.isExpired(number, at: now) {
                left.append("record \(number) of \(id)")
            }
        }
        return left + lost
    }

    /// What became of the records of the stream that is.
    var summary: String {
        let wanted = stream.records.indices.filter(isWanted)
        let left = wanted.filter { !isSettled($0) }.map { judge.fates[$0] }
        let told = left.count { $0.isTold }
        let unknowable = left.count { !$0.isTold && $0.isUnknowable }
        return "\(wanted.count - left.count) settled, \(told) told of, \(unknowable) unknowable, "
            + "\(left.count - told - unknowable) without a trace; \(stream.records.count - wanted.count) not wanted"
    }

    /// What expired, left a trace, and was not told.
    var lost: [String] {
        var lost: [String] = []
        for shard in stream.shards.indices.dropFirst(stream.firstShard) {
            let id = stream.shards[shard].id
            guard stream.isGone(shard, at: now), store.checkpoints[id] != nil else { continue }
            for number in stream.shards[shard].records[(judge.passed[shard] ?? 0)...] where isLostInSilence(number) {
                lost.append("record \(number) of \(id), which is gone")
            }
        }
        return lost
    }
}
