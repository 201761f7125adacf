import Core
import Signing

/// What all calls of one client share.
actor ClientMemory {
    private var quota = RetryQuota()
    private(set) var skew = ClockSkew()

    func succeeded(_ session: RetrySession) { session.succeeded(quota: &quota) }

    func failed(
        _ session: inout RetrySession, _ reason: RetryReason?, retryAfter: Duration?, jitter: Double
    ) -> RetrySession.Answer {
        session.failed(reason, retryAfter: retryAfter, quota: &quota, jitter: jitter)
    }

    /// Learns from a signature that was refused for its time. Answers whether signing anew is worth one more try.
    func refused(_ failure: FailedAttempt, ours: UTCTime) -> Bool {
        skew.refused(
            theirs: failure.theirTime, ours: ours, usedOffset: failure.signedWithOffset,
            isSurelySkew: failure.error.isSurelyClockSkew)
    }
}
