/// One call's attempts. It is told how each went and answers whether to try again; it never waits itself.
///
/// The quota belongs to the client and is handed in, because all its calls share it.
package struct RetrySession: Sendable {
    package enum Answer: Hashable, Sendable {
        case retry(after: Duration)
        case giveUp(GaveUp)
    }

    /// Why there is no further attempt.
    package enum GaveUp: Hashable, Sendable {
        /// Trying again would not help.
        case notRetryable
        case attemptsUsedUp
        /// Too many calls of this client failed lately.
        case quotaUsedUp
    }

    private let rules: RetryRules
    /// Attempts that failed and count.
    package private(set) var failures = 0
    /// What the last retry took from the quota.
    private var lastCost: Int?

    package init(rules: RetryRules) { self.rules = rules }

    /// An attempt failed. `reason` is `nil` when it is not one to repeat. `jitter` is in `0..<1`.
    package mutating func failed(
        _ reason: RetryReason?, retryAfter: Duration?, quota: inout RetryQuota, jitter: Double
    ) -> Answer {
        failures += 1
        guard let reason else { return .giveUp(.notRetryable) }
        guard failures < rules.attemptsMax else { return .giveUp(.attemptsUsedUp) }
        let cost = RetryQuota.cost(of: reason)
        guard quota.take(cost) else { return .giveUp(.quotaUsedUp) }
        lastCost = cost
        return .retry(after: rules.delay(failures: failures, reason: reason, retryAfter: retryAfter, jitter: jitter))
    }

    /// The call succeeded: what its last retry took goes back, or a token if it needed none.
    package func succeeded(quota: inout RetryQuota) {
        quota.giveBack(lastCost ?? RetryQuota.successRefund)
    }
}
