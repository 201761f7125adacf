import Core

extension KinesisStream {
    /// GetShardIterator.
    mutating func open(_ id: ShardID, at position: ShardPosition, now: Int) -> Result<ShardIterator, ReadFault> {
        guard let shard = numbers[id], !isGone(shard, at: now) else { return .failure(.notFound) }
        expire(shard, at: now)
        guard let place = place(of: position, in: shard, now: now) else { return .failure(.positionRefused) }
        return .success(give(shard, max(place, shards[shard].oldest), at: now))
    }

    private mutating func give(_ shard: Int, _ place: Int, at now: Int) -> ShardIterator {
        iterators.append(Iterator(shard: shard, place: place, given: now))
        return ShardIterator(String(iterators.count - 1))
    }

    /// The place of the next record; `nil` for a position that is refused.
    private func place(of position: ShardPosition, in shard: Int, now: Int) -> Int? {
        switch position {
        case .trimHorizon: 0
        case .latest: shards[shard].records.count
        case .atTime(let instant): instant.milliseconds > now ? nil : firstPlace(notBefore: instant, in: shard)
        case .at(let sequence): place(sequence, in: shard, after: 0)
        case .after(let sequence): place(sequence, in: shard, after: 1)
        }
    }

    func firstPlace(notBefore instant: Instant, in shard: Int) -> Int {
        let numbers = shards[shard].records
        return numbers.firstIndex { records[$0].arrival >= instant.milliseconds } ?? numbers.count
    }

    private func place(_ sequence: SequenceNumber, in shard: Int, after step: Int) -> Int? {
        // Nothing can follow it, so it is refused.
        if let ending = shards[shard].ending, sequence >= ending, step > 0 { return nil }
        guard let number = recordNumbers[sequence], records[number].shard == shard else { return nil }
        let place = records[number].place
        return refusesExpired && place < shards[shard].oldest ? nil : place + step
    }

    /// What a GetRecords call is to be answered with, besides what the iterator says.
    struct Serving {
        var recordsMax: Int
        /// Nothing, however much there is.
        var isEmpty = false
        /// The last page names no children.
        var namesNoChildren = false
        /// The last page is like any other one, and an empty one follows.
        var endsLater = false
        /// Garbage: the shard is open and the page says that it is the last one.
        var claimsTheEnd = false
    }

    func iterator(_ iterator: ShardIterator) -> Iterator {
        guard let number = Int(iterator.token), iterators.indices.contains(number) else {
            preconditionFailure("\(iterator.token) was never given")
        }
        return iterators[number]
    }

    /// GetRecords.
    mutating func poll(_ token: ShardIterator, _ serving: Serving, now: Int) -> Result<RecordPage, ReadFault> {
        let iterator = iterator(token)
        let shard = iterator.shard
        guard now - iterator.given <= Self.iteratorLife else { return .failure(.expiredIterator) }
        guard !isGone(shard, at: now) else { return .failure(.notFound) }
        expire(shard, at: now)
        let first = max(iterator.place, shards[shard].oldest)
        let count = shards[shard].records.count
        let end = serving.isEmpty ? first : min(count, first + serving.recordsMax)
        let isLast = shards[shard].closed != nil && end == count && !(serving.endsLater && first < end)
        let next = isLast || serving.claimsTheEnd ? nil : give(shard, end, at: now)
        return .success(
            RecordPage(
                bytes: [], records: shards[shard].records[first..<end].map(record), next: next,
                behindLatest: behindLatest(end, in: shard, now: now),
                children: isLast && !serving.namesNoChildren ? children(of: shard) : []))
    }

    private func record(_ number: Int) -> Record {
        let record = records[number]
        return Record(
            sequence: record.sequence, arrival: Instant(milliseconds: Int64(record.arrival)),
            payload: 0..<Self.payloadBytes(of: number))
    }

    /// No payload is made; only its length is of interest.
    static func payloadBytes(of record: Int) -> Int { 100 + record % 50 }

    private func behindLatest(_ place: Int, in shard: Int, now: Int) -> Duration {
        let numbers = shards[shard].records
        guard place < numbers.count else { return .zero }
        return .milliseconds(max(1, now - records[numbers[place]].arrival))
    }

    private func children(of shard: Int) -> [Shard] {
        shards[shard].children.map { Shard(id: shards[$0].id, parents: parents(of: $0)) }
    }
}
