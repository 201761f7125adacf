import Core

/// What happens without the daemon's doing.
extension World {
    func happen() {
        if chance.below(1_000) < conditions.crashes * 5 { return crash() }
        if chance.percent(conditions.leaps) { return leap() }
        switch chance.below(100) {
        case 0..<65: happenInTheStream()
        case 65..<88: pass(chance.below(3_000))
        case 88..<94: stall()
        case 94..<97: if conditions.clockJumps { jump() }
        case 97..<99: if downUntil == nil { stop("is told to stop") }
        default: recreate()
        }
    }

    private func leap() {
        let isLong = conditions.retention != nil && chance.percent(33)
        pass(isLong ? chance.within(300_000...1_500_000) : chance.within(30_000...400_000))
    }

    func happenInTheStream() {
        pass(1 + chance.below(200))
        if chance.percent(conditions.reshardings) {
            if chance.percent(60) { split() } else { merge() }
        } else {
            for _ in 0..<chance.within(1...2) { put() }
        }
    }

    private func put() {
        let key = chance.below(KinesisStream.keys)
        let kind = kind()
        stream.put(key: key, kind, at: now)
        judge.fates.append(Fate())
        note("put \(stream.records.count - 1) of log stream \(key): \(kind)")
    }

    private func kind() -> StreamRecord.Kind {
        switch chance.below(100) {
        case 0..<8: return .control
        case 8..<16: return .filtered(events: chance.within(1...3))
        case 16..<24: return .undecodable
        default:
            let events = chance.within(1...3)
            let first = chance.below(conditions.sinkCount)
            let sinks = (0..<conditions.sinkCount).filter { $0 == first || chance.percent(50) }
            return .data(
                sinks.map { sink in
                    let refused = sink == Outlet.logGroup && chance.percent(15) ? chance.within(1...events) : 0
                    return StreamRecord.Share(sink: sink, events: events, refused: refused)
                })
        }
    }

    private static let shardsMax = 14

    private func split() {
        let shard = chance.one(of: stream.openShards)
        let slots = stream.shards[shard].slots
        guard slots.count > 1, stream.shards.count < Self.shardsMax else { return }
        stream.split(
            shard, at: chance.within(slots.lowerBound + 1...slots.upperBound - 1),
            endsAtRecord: chance.percent(40), at: now)
        note("\(stream.shards[shard].id) is split")
        pass(1)
    }

    private func merge() {
        let left = chance.one(of: stream.openShards)
        guard let right = stream.neighbour(of: left), stream.shards.count < Self.shardsMax else { return }
        stream.merge(left, right, endsAtRecord: chance.percent(40), at: now)
        note("\(stream.shards[left].id) and \(stream.shards[right].id) are merged")
        pass(1)
    }

    /// A stream may be deleted and made again under its name.
    func recreate() {
        guard conditions.mayBeRecreated, store.created != nil, stream.firstShard == 0 else { return }
        pass(5_000)
        stream.recreate(shards: chance.within(1...3), at: now)
        judge.isAnotherStream = true
        note("the stream is deleted and made again")
    }

    private func stall() {
        let sink = chance.below(stalledUntil.count)
        stalledUntil[sink] = uptime + chance.one(of: [1_000, 30_000, 400_000])
        note("sink \(sink) stalls")
    }

    /// LATEST is saved as a moment a little before now, by our clock: one that is ahead by more would lose records.
    func jump() {
        let ahead = conditions.start == .latest ? 8_000 : 7_200_000
        skew = chance.percent(50) ? chance.within(-7_200_000...ahead) : chance.within(-400_000...min(ahead, 400_000))
        note("the wall clock jumps to \(skew) ms from Kinesis's")
    }
}
