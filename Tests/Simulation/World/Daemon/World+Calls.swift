import Core

/// The calls of Kinesis that a reading makes, and what may become of them.
extension World {
    func open(_ planned: ShardPosition, _ reading: Reading) {
        let asked = moment()
        let position = sabotaged(planned, reading)
        reading.opens += 1
        var answer = stream.open(reading.shard, at: position, now: now)
        if isTooYoung(reading.shard) { answer = .failure(.notFound) }
        if case .success = answer { judgeOpened(position, reading) }
        if isFaulty(conditions.callFaults) { answer = .failure(chance.one(of: ReadFault.allCases)) }
        reading.read = .opened(answer, asked: asked)
    }

    private func sabotaged(_ position: ShardPosition, _ reading: Reading) -> ShardPosition {
        guard reading.opens > 0 else { return position }
        if sabotage == .reopensAtTheStart { return reading.start }
        guard sabotage == .reopensOneTooLate, case .after(let sequence) = position,
            let number = stream.recordNumbers[sequence]
        else { return position }
        let (place, shard) = (stream.records[number].place + 1, stream.shards[stream.records[number].shard])
        guard shard.records.indices.contains(place) else { return position }
        return .after(stream.records[shard.records[place]].sequence)
    }

    func poll(_ iterator: ShardIterator, _ reading: Reading) {
        let asked = moment()
        var answer = stream.poll(iterator, serving(iterator), now: now)
        if isTooYoung(reading.shard) { answer = .failure(.notFound) }
        if case .success(let page) = answer { judgeServed(page, iterator) }
        // What fails may have been served all the same.
        if isFaulty(conditions.callFaults) {
            let fault = chance.one(of: ReadFault.allCases)
            answer = sabotaged(answer, fault) ?? .failure(fault)
        }
        reading.read = .polled(answer, asked: asked)
    }

    /// Not every part of Kinesis knows a shard at once.
    private func isTooYoung(_ id: ShardID) -> Bool {
        guard isTroubled, let shard = stream.numbers[id] else { return false }
        return stream.shards[shard].made > now - conditions.listLagMax && chance.percent(conditions.denials)
    }

    private func serving(_ iterator: ShardIterator) -> KinesisStream.Serving {
        var serving = KinesisStream.Serving(recordsMax: conditions.pageRecordsMax)
        guard isTroubled else { return serving }
        serving.isEmpty = chance.percent(10)
        serving.namesNoChildren = chance.percent(15)
        serving.endsLater = chance.percent(30)
        let isOpen = stream.shards[stream.iterator(iterator).shard].closed == nil
        serving.claimsTheEnd = isOpen && isFaulty(conditions.callFaults) && chance.percent(20)
        return serving
    }

    private func sabotaged(
        _ answer: Result<RecordPage, ReadFault>, _ fault: ReadFault
    ) -> Result<RecordPage, ReadFault>? {
        guard sabotage == .takesThrottledForRead, fault == .throttled, case .success(let page) = answer,
            page.next != nil
        else { return nil }
        return .success(
            RecordPage(bytes: [], records: [], next: page.next, behindLatest: page.behindLatest, children: []))
    }
}
