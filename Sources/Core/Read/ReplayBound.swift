/// Where a replay ends in one shard.
///
/// Each record is judged by itself, and reading goes on until nothing that the bound includes can follow. An empty page is
/// not the end while it is behind the tip.
package enum ReplayBound: Hashable, Sendable {
    /// What arrived up to this moment, which is included. Arrival times do not rise strictly within a shard.
    case time(Instant)
    /// Up to this record, which is included. There need not be such a record.
    case record(SequenceNumber)
    /// All of the shard, which is closed or believed to be.
    case shardEnd
    case nothing

    /// What one more page says of the end.
    package enum Verdict: Hashable, Sendable {
        /// Something that is wanted may follow, or the shard's own end decides.
        case goesOn
        case reached
        /// The shard has no more records for now, and the bound is beyond: the record that it names is not in the stream, or
        /// the shard that was believed to be closed is open.
        case beyondTheTip
    }
}

extension ReplayBound {
    /// A record whose arrival Kinesis did not tell is included.
    package func includes(_ record: Record) -> Bool {
        switch self {
        case .time(let until): record.arrival.map { $0 <= until } ?? true
        case .record(let last): record.sequence <= last
        case .shardEnd: true
        case .nothing: false
        }
    }

    /// Whether nothing is wanted from this position on.
    package func isReached(at position: ShardPosition) -> Bool {
        switch (self, position) {
        case (.nothing, _): true
        case (.record(let last), .after(let sequence)): sequence >= last
        case (.record(let last), .at(let sequence)): sequence > last
        case (.time(let until), .atTime(let begin)): begin > until
        case (.record, _), (.time, _), (.shardEnd, _): false
        }
    }

    /// Judges the page that was read last of `shard`, as that was listed. `now` is the wall clock.
    ///
    /// At the tip of a closed shard nothing is decided: what the shard became may hold more, and the shard's last page
    /// comes soon. How far the tip is, some servers do not say: then only a record past the bound tells.
    package func verdict(on page: RecordPage, of shard: Shard, now: Instant) -> Verdict {
        guard page.next != nil else { return .goesOn }
        let isAtTip = page.behindLatest == .zero
        switch self {
        case .nothing:
            return .reached
        case .shardEnd:
            return isAtTip && !shard.isClosed ? .beyondTheTip : .goesOn
        case .record(let last):
            if let read = page.records.last?.sequence, read >= last { return .reached }
            return isAtTip && !shard.isClosed ? .beyondTheTip : .goesOn
        case .time(let until):
            if isAtTip, shard.isClosed { return .goesOn }
            let end = page.behindLatest.map { now.earlier(by: $0) } ?? page.records.last?.arrival
            return end.map { $0 > until } ?? false ? .reached : .goesOn
        }
    }
}

/// Where a replay ends, shard by shard.
package struct ReplayBounds: Hashable, Sendable {
    /// Of the shards that have none of their own.
    package let others: ReplayBound
    package let own: [ShardID: ReplayBound]

    package init(others: ReplayBound, own: [ShardID: ReplayBound] = [:]) {
        self.others = others
        self.own = own
    }

    /// What was settled when these were saved, and nothing of other shards.
    package init(upTo checkpoints: [ShardID: Checkpoint]) {
        self.init(others: .nothing, own: checkpoints.mapValues(ReplayBound.init(upTo:)))
    }

    package subscript(shard: ShardID) -> ReplayBound { own[shard] ?? others }
}

extension ReplayBound {
    /// What a checkpoint has passed.
    fileprivate init(upTo checkpoint: Checkpoint) {
        switch checkpoint {
        case .after(let sequence): self = .record(sequence)
        // Reading resumes at that moment, so what it has passed came earlier.
        case .atTime(let instant): self = .time(instant.earlier(by: .milliseconds(1)))
        case .shardEnd: self = .shardEnd
        }
    }
}

extension ReplayBound: CustomStringConvertible {
    /// As people say it.
    package var description: String {
        switch self {
        case .time(let instant): instant.rfc3339
        case .record(let sequence): "record \(sequence)"
        case .shardEnd: "its end"
        case .nothing: "nothing"
        }
    }
}

/// How a bound is written in a store.
///
/// `UNTIL:` and milliseconds since 1970, a sequence number's digits, `SHARD_END`, or `NOTHING`.
extension ReplayBound {
    private static let timePrefix = "UNTIL:"
    private static let endText = "SHARD_END"
    private static let nothingText = "NOTHING"

    package var text: String {
        switch self {
        case .time(let instant): Self.timePrefix + String(instant.milliseconds)
        case .record(let sequence): sequence.digits
        case .shardEnd: Self.endText
        case .nothing: Self.nothingText
        }
    }

    /// `nil` unless `text` is exactly what `text` gives.
    package init?(text: String) {
        switch text {
        case Self.endText: self = .shardEnd
        case Self.nothingText: self = .nothing
        default:
            if text.hasPrefix(Self.timePrefix) {
                guard let milliseconds = Int64(text.dropFirst(Self.timePrefix.count)) else { return nil }
                self = .time(Instant(milliseconds: milliseconds))
            } else if let sequence = SequenceNumber(text) {
                self = .record(sequence)
            } else {
                return nil
            }
            guard self.text == text else { return nil }
        }
    }
}
