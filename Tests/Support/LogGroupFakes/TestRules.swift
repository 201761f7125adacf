import Core

extension LogGroupRules {
    /// The product's rules with a short backoff, and whatever a test wants otherwise.
    static func test(
        linger: Duration = .seconds(1), createsGroups: Bool = true, retentionDays: Int? = nil, callsMax: Int = 32,
        bodyBytesMax: Int = 32 << 20, targetsMax: Int = 8192, limits: BatchLimits = BatchLimits()
    ) -> LogGroupRules {
        LogGroupRules(
            limits: limits, linger: linger, createsGroups: createsGroups, retentionDays: retentionDays,
            backoff: Backoff(first: .seconds(2), ceiling: .seconds(60)), callsMax: callsMax,
            bodyBytesMax: bodyBytesMax, targetsMax: targetsMax)
    }
}
