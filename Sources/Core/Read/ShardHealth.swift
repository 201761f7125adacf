/// How the reading of one shard is, for `status` and gauges.
package struct ShardHealth: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        /// On the way to its first page, or to the next one with a fresh iterator.
        case locating
        /// Its position is a moment that has not come.
        case waitingForTime(Instant)
        /// Pages come, or one is being handed over.
        case reading
        /// At the tip, between polls.
        case idle
        /// Calls fail, the last one with this fault, and are tried again; the first of them is so long ago.
        case backingOff(ReadFault, for: Duration)
        case ended
        /// Gone before its end was read.
        case vanished
    }

    package let state: State
    /// How far reading is from the tip: what was told last and the time since then, so that it grows while nothing is
    /// answered. Before the first answer it counts from when the position was current, as far as that is known, and from
    /// the start otherwise. `nil` once the shard has ended.
    package let behindLatest: Duration?
    /// Since the last page that had records or was at the tip; since the reader's start before that.
    package let sinceProgress: Duration
}

/// What the last answers told of the way to the tip.
struct ReadProgress: Hashable, Sendable {
    private var behindLatest: Duration
    /// Uptimes: of the answer that told it, and of the last progress.
    private var told: Duration
    private var last: Duration

    init(from position: ShardPosition, currentAt: Instant?, at now: Moment) {
        let begin =
            switch position {
            case .atTime(let instant): currentAt ?? instant
            case .trimHorizon, .latest, .at, .after: currentAt
            }
        behindLatest = max(.zero, begin.map { now.time.elapsed(since: $0) } ?? .zero)
        told = now.uptime
        last = now.uptime
    }

    /// Where the reply does not say how far the tip is, its last record's arrival does.
    mutating func polled(_ page: RecordPage, atTip: Bool, asked: Moment) {
        if atTip || !page.records.isEmpty { last = asked.uptime }
        let arrival = page.records.last?.arrival.map { max(.zero, asked.time.elapsed(since: $0)) }
        guard let behindLatest = page.behindLatest ?? (atTip ? .zero : arrival) else { return }
        self.behindLatest = behindLatest
        told = asked.uptime
    }

    func behindLatest(at now: Moment) -> Duration { behindLatest + max(.zero, now.uptime - told) }

    func sinceProgress(at now: Moment) -> Duration { max(.zero, now.uptime - last) }
}

extension ShardReader {
    package func health(at now: Moment) -> ShardHealth {
        let state = healthState(at: now)
        let sinceProgress = progress.sinceProgress(at: now)
        return switch state {
        case .ended, .vanished: ShardHealth(state: state, behindLatest: nil, sinceProgress: sinceProgress)
        // Nothing to read yet, so nothing is late.
        case .waitingForTime: ShardHealth(state: state, behindLatest: .zero, sinceProgress: .zero)
        case .locating, .reading, .idle, .backingOff:
            ShardHealth(state: state, behindLatest: progress.behindLatest(at: now), sinceProgress: sinceProgress)
        }
    }

    private func healthState(at now: Moment) -> ShardHealth.State {
        switch (state, trouble) {
        case (.ended, _): .ended
        case (.vanished, _): .vanished
        case (_, let trouble?): .backingOff(trouble.fault, for: max(.zero, now.uptime - trouble.since))
        case (.locating, nil): momentToCome(at: now).map { .waitingForTime($0) } ?? .locating
        case (.reading(_, atTip: true), nil): .idle
        case (.reading, nil), (.handing, nil): .reading
        case (.doubting, nil): .locating
        }
    }
}
