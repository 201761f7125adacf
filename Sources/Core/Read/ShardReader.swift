/// Reads one shard: decides, call by call, what to do next.
///
/// The position is ours and moves with the records handed over; an iterator is only Kinesis's token for it, so losing
/// one costs a call and no record. No fault ends the reading: it is tried again for ever.
///
/// Its driver does what `action(at:)` or the last event answered, and tells what came of it:
///
/// | action | the driver | then |
/// |---|---|---|
/// | `wait` | sleeps | asks `action(at:)` |
/// | `openIterator` | calls GetShardIterator | `opened` or `failed` |
/// | `poll` | calls GetRecords | `polled` or `failed` |
/// | `handOver` | passes the page on, and tells of the gap if there is one | `handedOver` |
/// | `relist` | calls ListShards | `listed` or `failed` |
/// | `end`, `vanished` | tells of the gap if there is one, and stops | |
package struct ShardReader: Sendable {
    package enum Action: Sendable {
        case wait(Duration)
        case openIterator(ShardPosition)
        /// Poll for so many records at most, with room for this many bytes of reply.
        case poll(ShardIterator, recordsMax: Int, replyBytes: Int)
        /// With the gap that this page's first record ends, if there is one: each gap comes once.
        case handOver(RecordPage, ReadGap?)
        /// Look whether the shard is listed, and as what.
        case relist
        /// The shard has no more records, ever, and all it had was handed over. With the gap that has no other side.
        case end(ReadGap?)
        /// The stream does not have the shard any more, and its end was not read: what the gap begins with is lost.
        case vanished(ReadGap)
    }

    enum State {
        /// No live iterator. Becomes `reading` once one is opened, `doubting` when Kinesis does not know the shard or the
        /// position, `ended` when nothing can follow the position.
        case locating(Place)
        /// Has a live iterator. Becomes `handing` with a page, `locating` when the iterator is of no more use, `doubting`
        /// when Kinesis does not know the shard.
        case reading(ShardIterator, atTip: Bool)
        /// A page is being handed over. Becomes `reading` with the page's next iterator, and after the last page `ended`,
        /// `doubting` when nothing else says that the shard is closed, or `locating` when it cannot be the last one.
        case handing(Then)
        /// Only the list of shards can tell. Becomes `vanished`, `locating`, or, when nothing can follow the position, `ended`.
        case doubting(Doubt)
        /// The shard has no more records.
        case ended(ReadGap?)
        /// The shard is gone before its end was read.
        case vanished(ReadGap)
    }

    enum Place {
        case position
        /// The oldest record there is, in place of a position that Kinesis refused.
        case horizon
    }

    enum Then {
        case poll(ShardIterator, atTip: Bool)
        case end
        case askForTheEnd
        /// The page's records were right, and the rest of it was not.
        case goOn

        /// An answer that may be garbage is no success: the shard would look well for ever.
        var isBelieved: Bool {
            switch self {
            case .poll, .end: true
            case .askForTheEnd, .goOn: false
            }
        }
    }

    enum Doubt {
        /// Kinesis does not know the shard.
        case existence
        /// Kinesis refuses the position, as it does when that is at the end of a shard that has been closed meanwhile.
        case position
        /// A page said that it is the last one, but named no children, and the shard was open when it was last listed.
        case end
    }

    /// Failures in a row: no page came since the first of them.
    package struct Trouble: Hashable, Sendable {
        /// The last one.
        package internal(set) var fault: ReadFault
        /// The uptime of the first.
        package let since: Duration
        package internal(set) var failures: Int
    }

    var state: State
    var shard: Shard
    var position: ShardPosition
    let pace: ReadPace
    /// What LATEST means from the first failure on.
    private let latest: Instant
    var replyBytes = ReadLimits.replyBytesFirst
    var recordsMax = ReadLimits.recordsMax
    /// Pages in a row that said nothing but that they are the last one.
    private var bareEnds = 0
    /// Before this uptime no call is made: a start that is spread, a backoff.
    var callDue: Duration
    /// Before this uptime the shard is not polled: its pace.
    var pollDue: Duration
    var gaps: GapWatch
    /// A position that was refused, so that reading goes on at the oldest record; `nil` once it is past that position.
    /// What was read before it is not handed over again.
    var refusedPosition: ShardPosition?
    package internal(set) var trouble: Trouble?
    /// Faults since the last page that were answered at once, as the first of a kind may be.
    var forgiven: Set<ReadFault> = []
    var progress: ReadProgress

    /// - Parameters:
    ///   - shard: as it was last listed.
    ///   - currentAt: the latest moment for which it is known that everything which had arrived by then was read before
    ///     `position`: when the shard was last seen at the tip with all its records settled, or the arrival of the last
    ///     settled record, whichever is later. For a position that nobody had before, as a configured start, `nil`.
    ///   - latest: where LATEST is, once asking for it has failed: the moment that is saved for it, so that a restart reads the
    ///     same. By default a little before now.
    ///   - retention: of the stream; `nil` when unknown, and then only a refused position makes a gap.
    ///   - startingTogether: how many shards start at about this moment, this one included.
    package init(
        _ shard: Shard, from position: ShardPosition, latest: Instant? = nil, currentAt: Instant? = nil,
        retention: Duration? = nil, pace: ReadPace, startingTogether: Int = 1, at now: Moment
    ) {
        self.shard = shard
        self.position = position
        self.pace = pace
        self.latest = latest ?? now.time.earlier(by: Self.latestMargin)
        pollDue = now.uptime + pace.startDelay(startingTogether: startingTogether, jitter: now.jitter)
        // LATEST is the moment of asking, so that is not put off.
        callDue = position == .latest ? now.uptime : pollDue
        gaps = GapWatch(currentAt: currentAt, retention: retention)
        progress = ReadProgress(from: position, currentAt: currentAt, at: now)
        state = .locating(.position)
        locate()
    }

    /// By when all that had arrived was in the pages so far; `nil` while that is not known.
    package var currentAt: Instant? { gaps.settledMoment }

    /// How many calls in a row have failed.
    package var failuresInARow: Int { trouble?.failures ?? 0 }

    /// What to do now: at the start, and whenever a wait is over.
    package func action(at now: Moment) -> Action {
        let rest = due - now.uptime
        return rest > .zero ? .wait(rest) : call
    }

    private var due: Duration {
        switch state {
        case .locating, .doubting: callDue
        case .reading: max(callDue, pollDue)
        case .handing, .ended, .vanished: .zero
        }
    }

    private var call: Action {
        switch state {
        case .locating(.position): .openIterator(position)
        case .locating(.horizon): .openIterator(.trimHorizon)
        case .reading(let iterator, _): .poll(iterator, recordsMax: recordsMax, replyBytes: replyBytes)
        case .handing: preconditionFailure("a page is being handed over")
        case .doubting: .relist
        case .ended(let gap): .end(gap)
        case .vanished(let gap): .vanished(gap)
        }
    }

    /// The position, when it is a moment that has not come by our clock.
    func momentToCome(at now: Moment) -> Instant? {
        guard case .atTime(let instant) = position, instant > now.time else { return nil }
        return instant
    }
}

// MARK: - What goes well

extension ShardReader {
    /// An iterator was opened. `asked` is when that call began.
    ///
    /// LATEST means another place each time it is asked, so from here on it is the moment of the first asking, a little
    /// earlier so that a clock ahead of Kinesis's loses nothing.
    package mutating func opened(_ iterator: ShardIterator, asked: Moment) -> Action {
        guard case .locating(let place) = state else { preconditionFailure("opened while \(state)") }
        switch place {
        case .position where position == .latest:
            fixLatest(at: asked.time.earlier(by: Self.latestMargin))
        case .position:
            gaps.opened(position, at: asked.time)
        case .horizon:
            gaps.refused(position)
            refusedPosition = position
            position = .trimHorizon
        }
        state = .reading(iterator, atTip: false)
        return action(at: asked)
    }

    package static let latestMargin = Duration.seconds(10)

    private mutating func fixLatest(at instant: Instant) {
        position = .atTime(instant)
        gaps.begin(at: instant)
    }

    /// LATEST was asked for in vain: asked again it would be a later place, and what came in between would be lost.
    mutating func latestFailed() { fixLatest(at: latest) }

    /// A page came. `asked` is when its poll began: after the room for the reply was there.
    package mutating func polled(_ page: RecordPage, asked: Moment) -> Action {
        guard case .reading = state else { preconditionFailure("polled while \(state)") }
        let atTip = page.isAtTip
        let then = what(follows: page, atTip: atTip)
        let gap = then.isBelieved || !page.records.isEmpty ? progressed(with: page, atTip: atTip, asked: asked) : nil
        let unread = refusedPosition.map(page.without(before:)) ?? page
        if let last = unread.records.last {
            position = .after(last.sequence)
            refusedPosition = nil
        }
        replyBytes = min(ReadLimits.replyBytesMax, max(ReadLimits.replyBytesFirst, 2 * page.bytes.count))
        recordsMax = min(ReadLimits.recordsMax, 2 * recordsMax)
        pollDue = asked.uptime + pace.pause(after: page, atTip: atTip, jitter: asked.jitter)
        state = .handing(then)
        return .handOver(unread, gap)
    }

    private mutating func progressed(with page: RecordPage, atTip: Bool, asked: Moment) -> ReadGap? {
        trouble = nil
        forgiven = []
        progress.polled(page, atTip: atTip, asked: asked)
        return gaps.polled(page, of: shard.id, atTip: atTip, asked: asked.time)
    }

    private mutating func what(follows page: RecordPage, atTip: Bool) -> Then {
        bareEnds = page.next == nil && page.records.isEmpty ? bareEnds + 1 : 0
        if let next = page.next { return .poll(next, atTip: atTip) }
        if !page.children.isEmpty { return .end }
        guard shard.isClosed else { return .askForTheEnd }
        let isAtTheEnd = page.behindLatest == .zero || bareEnds >= ReadLimits.bareEndsBelieved
        return isAtTheEnd || page.records.last.map { isTheLast($0.sequence) } ?? false ? .end : .goOn
    }

    private func isTheLast(_ sequence: SequenceNumber) -> Bool { shard.endingSequence.map { sequence >= $0 } ?? false }

    /// The page was handed over.
    package mutating func handedOver(at now: Moment) -> Action {
        guard case .handing(let then) = state else { preconditionFailure("handed over while \(state)") }
        switch then {
        case .poll(let iterator, let atTip): state = .reading(iterator, atTip: atTip)
        case .end: end()
        case .askForTheEnd: state = .doubting(.end)
        case .goOn: goOn(at: now)
        }
        return action(at: now)
    }
}
