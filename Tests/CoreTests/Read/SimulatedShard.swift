import Core

/// A shard as Kinesis keeps it, judged by its documented rules: it counts calls and bytes, its iterators expire, it forgets.
struct SimulatedShard {
    struct Item {
        let sequence: SequenceNumber
        let arrival: Instant
        let bytes: Int
    }

    let id: ShardID
    /// In order of arrival.
    var items: [Item]
    /// The greatest number, once it is closed.
    var ending: SequenceNumber?
    var retention = Duration.seconds(86400)
    var pageRecordsMax = 10_000
    /// As other servers do: the last page names no children.
    var namesChildren = true
    /// Pages without records that come before each one with some.
    var emptyPages = 0

    static func sequence(_ number: Int) -> SequenceNumber {
        guard let sequence = SequenceNumber(String(1000 + 10 * number)) else { preconditionFailure("digits") }
        return sequence
    }

    var listed: Shard { Shard(id: id, parents: [], endingSequence: ending) }

    func open(at position: ShardPosition, now: Moment) -> Result<ShardIterator, ReadFault> {
        let kept = items.firstIndex { $0.arrival >= now.time.earlier(by: retention) } ?? items.count
        let wanted: Int
        switch position {
        case .trimHorizon: wanted = kept
        case .latest: wanted = items.firstIndex { $0.arrival > now.time } ?? items.count
        case .at(let sequence), .after(let sequence):
            if let ending, sequence >= ending { return .failure(.positionRefused) }
            let isAfter = position == .after(sequence)
            wanted = items.firstIndex { isAfter ? $0.sequence > sequence : $0.sequence >= sequence } ?? items.count
        case .atTime(let instant):
            if instant > now.time { return .failure(.positionRefused) }
            wanted = items.firstIndex { $0.arrival >= instant } ?? items.count
        }
        return .success(iterator(max(wanted, kept), empties: emptyPages, now))
    }

    /// The index of the next record, the empty pages that come first, and when it was given.
    private func iterator(_ index: Int, empties: Int, _ now: Moment) -> ShardIterator {
        ShardIterator("\(index) \(empties) \(now.uptime.components.seconds)")
    }

    func poll(_ iterator: ShardIterator, now: Moment) -> Result<RecordPage, ReadFault> {
        let parts = iterator.token.split(separator: " ").compactMap { Int($0) }
        guard now.uptime.components.seconds - Int64(parts[2]) <= 300 else { return .failure(.expiredIterator) }
        let arrived = items.firstIndex { $0.arrival > now.time } ?? items.count
        let end = parts[1] > 0 ? parts[0] : min(arrived, parts[0] + pageRecordsMax)
        let given = items[parts[0]..<max(parts[0], end)]
        let isLast = ending != nil && given.endIndex == items.count
        let next =
            isLast ? nil : self.iterator(given.endIndex, empties: parts[1] > 0 ? parts[1] - 1 : emptyPages, now)
        return .success(
            RecordPage(
                bytes: [],
                records: given.map { Record(sequence: $0.sequence, arrival: $0.arrival, payload: 0..<$0.bytes) },
                next: next, behindLatest: behindLatest(given.endIndex, arrived, now),
                children: isLast && namesChildren ? [Shard(id: id, parents: [id])] : []))
    }

    private func behindLatest(_ index: Int, _ arrived: Int, _ now: Moment) -> Duration {
        guard index < arrived else { return .zero }
        return .milliseconds(max(1, now.time.milliseconds - items[index].arrival.milliseconds))
    }
}
