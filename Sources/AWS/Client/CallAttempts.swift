import Core

/// What one call has tried so far.
struct CallAttempts: Sendable {
    /// The attempts that count.
    var session: RetrySession
    /// How the next attempt is encoded.
    var encoding: CallEncoding
    private var signaturesRenewed = 0
    private var hasCorrectedClock = false
    private var hasRenewedCredentials = false
    private var mayHaveBeenDone = false

    /// A request that grows stale this often waits behind something that does not move: then it counts.
    static let signaturesRenewedMax = 5

    init(session: RetrySession, encoding: CallEncoding) {
        self.session = session
        self.encoding = encoding
    }

    mutating func noted(_ failure: FailedAttempt) {
        mayHaveBeenDone = mayHaveBeenDone || failure.error.mayHaveBeenDone
    }

    /// The last attempt's error, which must not hide that an earlier one may have reached its aim.
    func finalError(_ error: AWSError) -> AWSError {
        var error = error
        error.mayHaveBeenDone = mayHaveBeenDone
        return error
    }

    mutating func maySignAnew() -> Bool {
        signaturesRenewed += 1
        return signaturesRenewed <= Self.signaturesRenewedMax
    }

    mutating func mayCorrectClock() -> Bool {
        defer { hasCorrectedClock = true }
        return !hasCorrectedClock
    }

    mutating func mayRenewCredentials() -> Bool {
        defer { hasRenewedCredentials = true }
        return !hasRenewedCredentials
    }
}
