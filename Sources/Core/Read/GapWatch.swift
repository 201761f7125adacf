/// Notices that records may have expired between what was read and what is read next, and tells it once.
///
/// Kinesis may refuse a position that has aged out, or serve the oldest records there are without a word. The first is
/// evidence; of the second only times can tell. The rule for it:
///
/// - `currentAt` is the latest moment for which it is known that everything which had arrived by then was read. It is
///   given at the start and moves with every page: a page whose end is `behindLatest` from the tip has all that arrived
///   until then. So a shard that was quiet and polled is current, however old its last record is.
/// - Whenever an iterator is opened and `currentAt` is within the retention, nothing can have expired since.
/// - Otherwise what arrived between `currentAt` and the retention's beginning is gone, if there was anything. The first
///   record that comes before the tip decides: one that had arrived by `currentAt` proves that nothing is missing, since
///   records expire in order; a later one, or one whose arrival is not told, is told as a gap.
/// - At the tip without any record the shard was quiet for the whole retention. Nothing speaks for a loss then, so none is
///   told, and what arrives later raises no alarm either.
///
/// What it cannot see: records that expire under a live iterator, those of a child shard that expire before its parents'
/// are read, and a `currentAt` that its giver set too late.
struct GapWatch: Hashable, Sendable {
    private enum State: Hashable {
        /// Nothing is missing, as far as is known.
        case calm
        /// Kinesis refused this position. Becomes `calm` once it is told.
        case refused(ShardPosition, currentAt: Instant?)
        /// This position was opened when it was older than the retention. Becomes `calm` with the first record or the tip.
        case suspicious(ShardPosition, currentAt: Instant)
    }

    private var state = State.calm
    private let retention: Duration?
    private var currentAt: Instant?

    /// What may be saved as the moment that `currentAt` is the next time; `nil` before the first page, and while a gap is
    /// suspected that a restart would have to suspect again.
    var settledMoment: Instant? { state == .calm ? currentAt : nil }

    init(currentAt: Instant?, retention: Duration?) {
        self.currentAt = currentAt
        self.retention = retention
    }

    /// LATEST was opened: what had arrived by then is of no interest.
    mutating func begin(at instant: Instant) { currentAt = instant }

    /// Reading goes on at the oldest record, because Kinesis refused the position.
    mutating func refused(_ position: ShardPosition) {
        switch state {
        case .calm, .suspicious: state = .refused(position, currentAt: currentAt)
        case .refused: break
        }
    }

    /// An iterator for `position` was opened. `now` is when it was asked for.
    mutating func opened(_ position: ShardPosition, at now: Instant) {
        guard state == .calm, let retention, let currentAt, currentAt < now.earlier(by: retention) else { return }
        state = .suspicious(position, currentAt: currentAt)
    }

    /// A page was read. `asked` is when its poll began.
    mutating func polled(_ page: RecordPage, of shard: ShardID, atTip: Bool, asked: Instant) -> ReadGap? {
        defer { currentAt = page.currentAt(asked: asked, atTip: atTip) ?? currentAt }
        let first = page.records.first.map { ReadGap.Resumed(sequence: $0.sequence, arrival: $0.arrival) }
        switch state {
        case .calm:
            return nil
        case .refused(let position, let currentAt):
            guard let first else { return nil }
            state = .calm
            // Then it was refused for another reason than that it had expired.
            guard position.isBefore(first.sequence) else { return nil }
            return ReadGap(shard: shard, from: position, currentAt: currentAt, to: first, cause: .positionRefused)
        case .suspicious(let position, let currentAt):
            guard first != nil || atTip else { return nil }
            state = .calm
            guard let first, first.arrival.map({ $0 > currentAt }) ?? true else { return nil }
            return ReadGap(shard: shard, from: position, currentAt: currentAt, to: first, cause: .olderThanRetention)
        }
    }

    /// The shard was read to its end. What was refused has no other side then: the rest of the shard has expired.
    func ended(_ shard: ShardID) -> ReadGap? {
        switch state {
        case .calm, .suspicious: nil
        case .refused(let position, let currentAt):
            ReadGap(shard: shard, from: position, currentAt: currentAt, to: nil, cause: .positionRefused)
        }
    }

    /// The shard is gone; `position` is where its reading stood.
    func vanished(_ shard: ShardID, at position: ShardPosition) -> ReadGap {
        switch state {
        case .calm:
            ReadGap(shard: shard, from: position, currentAt: currentAt, to: nil, cause: .shardGone)
        case .refused(let position, let currentAt):
            ReadGap(shard: shard, from: position, currentAt: currentAt, to: nil, cause: .shardGone)
        case .suspicious(let position, let currentAt):
            ReadGap(shard: shard, from: position, currentAt: currentAt, to: nil, cause: .shardGone)
        }
    }
}

extension ShardPosition {
    /// Whether reading from here on gives the record, and not only others of before.
    fileprivate func gives(_ sequence: SequenceNumber) -> Bool {
        switch self {
        case .after(let last): last < sequence
        case .at(let first): first <= sequence
        case .trimHorizon, .latest, .atTime: true
        }
    }

    /// Whether records may be missing between this position and the record.
    fileprivate func isBefore(_ sequence: SequenceNumber) -> Bool {
        switch self {
        case .after(let known), .at(let known): known < sequence
        case .trimHorizon, .latest, .atTime: true
        }
    }
}

extension RecordPage {
    /// The page with only those of its records that reading from the position on gives.
    func without(before position: ShardPosition) -> RecordPage {
        guard let first = records.first, !position.gives(first.sequence) else { return self }
        return RecordPage(
            bytes: bytes, records: records.filter { position.gives($0.sequence) }, next: next,
            behindLatest: behindLatest, children: children)
    }

    /// Whether there is nothing more to read for now. Where the reply does not say, an empty page is taken for the tip.
    var isAtTip: Bool { behindLatest.map { $0 == .zero } ?? records.isEmpty }

    /// By when all that had arrived is in this page or earlier ones; `nil` when it does not tell.
    fileprivate func currentAt(asked: Instant, atTip: Bool) -> Instant? {
        if let behindLatest { return asked.earlier(by: behindLatest) }
        return atTip ? asked : records.last?.arrival
    }
}
