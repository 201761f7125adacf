import Core
import Signing

/// What all calls of one client share.
actor ClientMemory {
    private var quota = RetryQuota()
    private(set) var skew = ClockSkew()
    private var cbor = CBORAcceptance()

    /// How a call begins that can be made in CBOR, or cannot.
    func encoding(ofCallWithCBOR hasCBOR: Bool) -> CallEncoding { hasCBOR ? cbor.encoding : .json(insteadOf: nil) }

    /// Answers what was refused when that settles that the endpoint does not take CBOR: once in a client's life.
    func succeeded(_ session: RetrySession, in encoding: CallEncoding) -> AWSError? {
        session.succeeded(quota: &quota)
        return cbor.succeeded(in: encoding)
    }

    /// How to make a call again at once, when an error may be no more than a refusal of CBOR.
    func encoding(after error: AWSError, in encoding: CallEncoding) -> CallEncoding? {
        cbor.encoding(after: error, in: encoding)
    }

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
