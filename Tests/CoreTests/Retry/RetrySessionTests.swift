import Core
import Testing

@Suite struct RetryDelays {
    /// Reason, failures, jitter, and the wait in milliseconds: of DynamoDB last.
    @Test(arguments: [
        (RetryReason.transient, 1, 1.0, 50, 25), (.transient, 2, 1.0, 100, 50), (.transient, 3, 0.5, 100, 50),
        (.transient, 1, 0.0, 0, 0), (.transient, 99, 1.0, 20_000, 20_000),
        (.throttle, 1, 1.0, 1000, 1000), (.throttle, 2, 0.25, 500, 500), (.throttle, 5, 1.0, 16_000, 16_000),
        (.throttle, 6, 1.0, 20_000, 20_000),
    ])
    func doubleUpToTwentySeconds(reason: RetryReason, failures: Int, jitter: Double, standard: Int, dynamoDB: Int) {
        func wait(_ rules: RetryRules) -> Duration {
            rules.delay(failures: failures, reason: reason, retryAfter: nil, jitter: jitter)
        }
        #expect(wait(.standard) == .milliseconds(standard))
        #expect(wait(.dynamoDB) == .milliseconds(dynamoDB))
    }

    /// A first throttle at half chance waits 500 ms; what the service asks for is kept within 500 ms to 5.5 s.
    @Test(arguments: [(0, 500), (499, 500), (700, 700), (5500, 5500), (5501, 5500), (3_600_000, 5500)])
    func aServiceMayAskForMoreWithinLimits(asked: Int, milliseconds: Int) {
        let wait = RetryRules.standard.delay(
            failures: 1, reason: .throttle, retryAfter: .milliseconds(asked), jitter: 0.5)
        #expect(wait == .milliseconds(milliseconds))
    }
}

@Suite struct RetrySessions {
    @Test(arguments: [(RetryRules.standard, 3), (.dynamoDB, 4)])
    func endAfterTheLastAttempt(rules: RetryRules, attempts: Int) {
        var session = RetrySession(rules: rules)
        var quota = RetryQuota()
        for _ in 1..<attempts {
            let answer = session.failed(.transient, retryAfter: nil, quota: &quota, jitter: 0)
            #expect(answer == .retry(after: .zero))
        }
        #expect(
            session.failed(.transient, retryAfter: nil, quota: &quota, jitter: 0) == .giveUp(.attemptsUsedUp))
        #expect(quota.tokens == 500 - 14 * (attempts - 1))
    }

    @Test func oneAttemptMeansNoRetry() {
        var session = RetrySession(rules: RetryRules(attemptsMax: 1, transientBase: .zero))
        var quota = RetryQuota()
        #expect(
            session.failed(.throttle, retryAfter: nil, quota: &quota, jitter: 0) == .giveUp(.attemptsUsedUp))
        #expect(quota.tokens == 500)
    }

    @Test func aFinalErrorCostsNothing() {
        var session = RetrySession(rules: .standard)
        var quota = RetryQuota()
        #expect(session.failed(nil, retryAfter: nil, quota: &quota, jitter: 0) == .giveUp(.notRetryable))
        #expect(quota.tokens == 500)
    }

    @Test(arguments: [(RetryReason.throttle, 100, 0), (.transient, 35, 500 - 35 * 14)])
    func theQuotaOfOneClientRunsOut(reason: RetryReason, retries: Int, left: Int) {
        var quota = RetryQuota()
        for _ in 0..<retries {
            var session = RetrySession(rules: .standard)
            let answer = session.failed(reason, retryAfter: nil, quota: &quota, jitter: 0)
            #expect(answer == .retry(after: .zero))
        }
        var session = RetrySession(rules: .standard)
        #expect(session.failed(reason, retryAfter: nil, quota: &quota, jitter: 0) == .giveUp(.quotaUsedUp))
        #expect(quota.tokens == left)
    }

    @Test func successGivesBackItsLastRetryOrOneToken() {
        var quota = RetryQuota()
        var session = RetrySession(rules: .standard)
        _ = session.failed(.throttle, retryAfter: nil, quota: &quota, jitter: 0)
        _ = session.failed(.transient, retryAfter: nil, quota: &quota, jitter: 0)
        #expect(quota.tokens == 500 - 5 - 14)
        session.succeeded(quota: &quota)
        #expect(quota.tokens == 500 - 5)
        RetrySession(rules: .standard).succeeded(quota: &quota)
        #expect(quota.tokens == 500 - 4)
    }

    @Test func theQuotaNeverOverflows() {
        var quota = RetryQuota()
        RetrySession(rules: .standard).succeeded(quota: &quota)
        #expect(quota.tokens == 500)
    }
}

@Suite struct Backoffs {
    @Test(arguments: [
        (0, 0.0, 100), (0, 0.5, 150), (1, 0.0, 200), (3, 0.0, 800), (9, 0.0, 30_000), (1_000_000, 0.0, 30_000),
        (-1, 0.0, 100),
    ])
    func growToTheCeilingAndStay(attempt: Int, jitter: Double, milliseconds: Int) {
        let backoff = Backoff(first: .milliseconds(200), ceiling: .seconds(60))
        #expect(backoff.delay(attempt: attempt, jitter: jitter) == .milliseconds(milliseconds))
    }
}
