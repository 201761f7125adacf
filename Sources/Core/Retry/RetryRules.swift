/// The numbers of AWS's standard retry mode as they are since 10 November 2026.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
package struct RetryRules: Hashable, Sendable {
    /// How often one call is sent, the first time included. AWS_MAX_ATTEMPTS sets it.
    package var attemptsMax: Int
    /// The first delay's ceiling after a transient failure.
    package var transientBase: Duration

    package init(attemptsMax: Int, transientBase: Duration) {
        self.attemptsMax = attemptsMax
        self.transientBase = transientBase
    }

    /// Every service but DynamoDB.
    package static let standard = RetryRules(attemptsMax: 3, transientBase: .milliseconds(50))
    package static let dynamoDB = RetryRules(attemptsMax: 4, transientBase: .milliseconds(25))

    package static let throttleBase = Duration.seconds(1)
    package static let delayMax = Duration.seconds(20)
    /// How far a service's `x-amz-retry-after` may stretch a delay.
    package static let retryAfterExtraMax = Duration.seconds(5)
}

extension RetryRules {
    /// How long to wait after `failures` failures in a row, the last of them for `reason`.
    ///
    /// `jitter` is in `0..<1` and is the caller's. `retryAfter` is what the service asked for; it is kept between the
    /// delay and 5 s above it.
    package func delay(
        failures: Int, reason: RetryReason, retryAfter: Duration?, jitter: Double
    ) -> Duration {
        let base =
            switch reason {
            case .throttle: Self.throttleBase
            case .transient: transientBase
            }
        let doublings = min(max(failures, 1) - 1, 16)
        let delay = min(Self.delayMax, base * (1 << doublings)) * jitter
        guard let retryAfter else { return delay }
        return max(delay, min(retryAfter, delay + Self.retryAfterExtraMax))
    }
}
