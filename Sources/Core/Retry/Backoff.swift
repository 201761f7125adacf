/// The pipeline's own waits, above AWS's few attempts: it never gives up, so the wait grows and then stays.
package struct Backoff: Hashable, Sendable {
    package let first: Duration
    package let ceiling: Duration

    package init(first: Duration, ceiling: Duration) {
        self.first = first
        self.ceiling = ceiling
    }

    /// Half of the doubled wait for certain and half by chance. `attempt` counts from 0.
    ///
    /// `jitter` is in `0..<1` and is the caller's, so that a test can choose it.
    package func delay(attempt: Int, jitter: Double) -> Duration {
        let longest = min(ceiling, first * (1 << min(max(attempt, 0), Self.doublingsMax)))
        return longest / 2 + longest / 2 * jitter
    }

    /// 2^16 times a first wait of 100 ms is almost two hours: far above any sensible ceiling, far below an overflow.
    private static let doublingsMax = 16
}
