/// How much of a shard one reader takes while it is behind the tip.
package enum ReadAllowance: Hashable, Sendable {
    /// So many bytes of payload a second. What is below `ReadLimits.shardBytesPerSecond` is left to the shard's other
    /// readers, and of the five calls a second the same share. More than that is for servers that give more.
    case bytesPerSecond(Int)
    /// For servers without limits: the next poll follows the last one at once.
    case unlimited

    /// All that a shard gives: right for its only reader.
    package static let wholeShard = ReadAllowance.bytesPerSecond(ReadLimits.shardBytesPerSecond)
}

extension ReadAllowance {
    /// The least time from the start of one poll to the start of the next.
    ///
    /// At a part of the shard's bytes a second it is longer by as much, and a second at most: a reader that polls once a
    /// second leaves four of five calls to others as it is.
    package var spacing: Duration {
        switch self {
        case .unlimited: .zero
        case .bytesPerSecond(let rate):
            min(
                .seconds(1),
                max(ReadLimits.pollSpacing, ReadLimits.pollSpacing * ReadLimits.shardBytesPerSecond / max(1, rate)))
        }
    }

    /// The time from the start of a poll that gave so many bytes of payload to the start of the next.
    ///
    /// A hundredth longer than it has to be: a call may be faster on its way than the one before, and Kinesis counts when
    /// they arrive.
    package func pause(after payloadBytes: Int) -> Duration {
        switch self {
        case .unlimited: .zero
        case .bytesPerSecond(let rate):
            // Rounded up, since rounding down would exceed the rate.
            max(spacing, .microseconds((payloadBytes * 1_010_000 + max(1, rate) - 1) / max(1, rate)))
        }
    }
}

/// How eagerly a shard is read.
package struct ReadPace: Hashable, Sendable {
    package let allowance: ReadAllowance
    /// From the start of one poll to the start of the next at the tip, where there is nothing to catch up with.
    package let idle: Duration
    /// After failures that pass by themselves.
    package let backoff: Backoff
    /// After the shard, or the key it is encrypted with, has given enough for now. A second at least, since that is how
    /// long Kinesis counts.
    package let throttleBackoff: Backoff
    /// After what a person must mend: long from the start, and short enough that mending it is soon seen.
    package let longBackoff: Backoff

    package init(
        allowance: ReadAllowance = .wholeShard, idle: Duration = .seconds(1),
        backoff: Backoff = Backoff(first: .seconds(1), ceiling: .seconds(30)),
        throttleBackoff: Backoff = Backoff(first: .seconds(2), ceiling: .seconds(8)),
        longBackoff: Backoff = Backoff(first: .seconds(60), ceiling: .seconds(60))
    ) {
        self.allowance = allowance
        self.idle = idle
        self.backoff = backoff
        self.throttleBackoff = throttleBackoff
        self.longBackoff = longBackoff
    }
}

extension ReadPace {
    /// The time from the start of a poll to the start of the next. `jitter` is in `0..<1`.
    ///
    /// At the tip a tenth of it is chance, which keeps shards apart that began together. An empty page behind the tip is
    /// followed by a rest even where there is no limit: what asks an empty place over and over only burns.
    func pause(after page: RecordPage, atTip: Bool, jitter: Double) -> Duration {
        let due = allowance.pause(after: page.records.reduce(0) { $0 + $1.payload.count })
        if atTip { return max(due, idle - idle / 10 * jitter) }
        return page.records.isEmpty ? max(due, ReadLimits.pollSpacing) : due
    }

    /// How long the first call of a shard waits when so many start together. `jitter` is in `0..<1`.
    ///
    /// Spread over an idle period at most: at the tip that many shards are polled in as long anyway.
    func startDelay(startingTogether shards: Int, jitter: Double) -> Duration {
        min(idle, ReadLimits.startSpacing * max(0, shards - 1)) * jitter
    }

    func delay(_ pause: ReadRemedy.Pause, attempt: Int, jitter: Double) -> Duration {
        switch pause {
        case .short: backoff.delay(attempt: attempt, jitter: jitter)
        case .throttled: throttleBackoff.delay(attempt: attempt, jitter: jitter)
        case .long: longBackoff.delay(attempt: attempt, jitter: jitter)
        }
    }
}
