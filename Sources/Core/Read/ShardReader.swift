/// Reads one shard: decides, poll by poll, what to do next.
///
/// The position is ours and moves with the records handed over; an iterator is only Kinesis's token for it, so losing
/// one costs a call and no record. No error ends the reading: it is tried again for ever.
package struct ShardReader: Sendable {
    package enum Action: Sendable {
        case openIterator(ShardPosition)
        /// Poll, with room for this many bytes of reply.
        case poll(ShardIterator, replyBytes: Int)
        case handOver(RecordPage)
        case wait(Duration)
        /// The shard has no more records, ever, and all it had was handed over.
        case end
    }

    private enum State {
        /// No live iterator. Becomes `reading` once one is opened.
        case locating
        /// Has a live iterator. Becomes `handing` with a page, `locating` when the iterator expires.
        case reading(ShardIterator)
        /// A page is being handed over. Becomes `reading` with the page's next iterator, `ended` after the last page.
        case handing(next: ShardIterator?, atTip: Bool)
        /// The shard has no more records.
        case ended
    }

    private var state: State
    private var position: ShardPosition
    private let pace: ReadPace
    private var failures = 0
    private var replyBytes = ReadLimits.replyBytesFirst

    package init(from position: ShardPosition, pace: ReadPace) {
        self.position = position
        self.pace = pace
        state = .locating
    }

    /// How many attempts in a row have failed.
    package var failuresInARow: Int { failures }

    /// What to do now: at the start, and whenever a wait is over.
    package var action: Action {
        switch state {
        case .locating: .openIterator(position)
        case .reading(let iterator): .poll(iterator, replyBytes: replyBytes)
        case .handing: preconditionFailure("a page is being handed over")
        case .ended: .end
        }
    }

    /// An iterator was opened. `now` is when it was asked for.
    ///
    /// LATEST means another place each time it is asked, so from here on it is the moment of the first asking, a little
    /// earlier so that a clock ahead of Kinesis's loses nothing.
    package mutating func opened(_ iterator: ShardIterator, at now: Instant) -> Action {
        guard case .locating = state else { preconditionFailure("opened while \(state)") }
        failures = 0
        if position == .latest { position = .atTime(now.earlier(by: Self.latestMargin)) }
        state = .reading(iterator)
        return action
    }

    package static let latestMargin = Duration.seconds(10)

    package mutating func polled(_ page: RecordPage) -> Action {
        guard case .reading = state else { preconditionFailure("polled while \(state)") }
        failures = 0
        if let last = page.records.last { position = .after(last.sequence) }
        replyBytes = min(ReadLimits.replyBytesMax, max(ReadLimits.replyBytesFirst, 2 * page.bytes.count))
        let atTip = page.behindLatest.map { $0 == .zero } ?? page.records.isEmpty
        state = .handing(next: page.next, atTip: atTip)
        return .handOver(page)
    }

    /// The iterator expired: costs one call and no record.
    package mutating func iteratorExpired() -> Action {
        guard case .reading = state else { preconditionFailure("expired while \(state)") }
        state = .locating
        return action
    }

    /// The reply was larger than the room for it. The same iterator gives it again; when there was all the room that any
    /// reply needs, that is a failure like others.
    package mutating func replyTooLarge(jitter: Double) -> Action {
        guard case .reading = state else { preconditionFailure("reply while \(state)") }
        guard replyBytes < ReadLimits.replyBytesMax else { return failed(jitter: jitter) }
        replyBytes = ReadLimits.replyBytesMax
        return action
    }

    /// The page was handed over. `took` is the time since its poll began.
    package mutating func handedOver(took: Duration) -> Action {
        guard case .handing(let next, let atTip) = state else {
            preconditionFailure("handed over while \(state)")
        }
        guard let next else {
            state = .ended
            return .end
        }
        state = .reading(next)
        let rest = (atTip ? pace.idle : pace.spacing) - took
        return rest > .zero ? .wait(rest) : action
    }

    /// Opening or polling failed. The same is tried again after the wait; every few failures with a fresh iterator,
    /// for the case that the iterator is what Kinesis refuses. `jitter` is in `0..<1`.
    package mutating func failed(jitter: Double) -> Action {
        switch state {
        case .locating: break
        case .reading: if failures % 3 == 2 { state = .locating }
        case .handing, .ended: preconditionFailure("failed while \(state)")
        }
        return backOff(jitter)
    }

    /// The shard gave enough for now: the same iterator is polled again after the wait, since another one would only cost
    /// another call. `jitter` is in `0..<1`.
    package mutating func throttled(jitter: Double) -> Action {
        guard case .reading = state else { preconditionFailure("throttled while \(state)") }
        return backOff(jitter)
    }

    private mutating func backOff(_ jitter: Double) -> Action {
        let delay = pace.backoff.delay(attempt: failures, jitter: jitter)
        failures += 1
        return .wait(delay)
    }
}
