/// How events are delivered to log groups.
package struct LogGroupRules: Sendable {
    package let limits: BatchLimits
    /// How long an event waits for others before a batch is sent that is not full.
    package let linger: Duration
    /// Whether log groups that do not exist are created. Log streams always are.
    package let createsGroups: Bool
    /// What a created log group keeps its events for; `nil` for ever.
    package let retentionDays: Int?
    /// The waits between repeats of what failed.
    package let backoff: Backoff
    /// Calls at once. Ours: enough for 1,000 batches/s at 30 ms each.
    package let callsMax: Int
    /// Requests of all calls together, in bytes. Ours. One call is made however large its request is.
    package let bodyBytesMax: Int
    /// Log streams with events that are not delivered yet. Ours, so that names alone cannot fill the memory.
    package let targetsMax: Int

    package init(
        limits: BatchLimits = BatchLimits(), linger: Duration = .seconds(1), createsGroups: Bool,
        retentionDays: Int? = nil,
        backoff: Backoff = Backoff(first: .seconds(1), ceiling: .seconds(60)), callsMax: Int = 32,
        bodyBytesMax: Int = 32 << 20, targetsMax: Int = 8192
    ) {
        precondition(callsMax > 0 && targetsMax > 0, "nothing could ever be delivered")
        self.limits = limits
        self.linger = linger
        self.createsGroups = createsGroups
        self.retentionDays = retentionDays
        self.backoff = backoff
        self.callsMax = callsMax
        self.bodyBytesMax = bodyBytesMax
        self.targetsMax = targetsMax
    }
}

/// When something happened, and the chance that spreads what follows from it.
package struct Moment: Sendable {
    /// On a clock that never goes back, since any beginning.
    package let uptime: Duration
    package let time: Instant
    /// In `0..<1`.
    package let jitter: Double

    package init(uptime: Duration, time: Instant, jitter: Double) {
        self.uptime = uptime
        self.time = time
        self.jitter = jitter
    }
}
