package import Core

/// How everything is at one moment: what `status`, `health` and metrics are made of.
package struct HealthSnapshot: Sendable {
    /// Its one name in the store; `nil` before it was found.
    package let stream: String?
    package let time: Instant
    package let started: Instant
    package let uptime: Duration
    package let picture: HealthPicture
    /// All that there are, whether they have had events or not.
    package let sinks: [SinkName]
    package let ledger: LedgerCounts
    /// What of the ledger was there before this process.
    package let before: LedgerCounts
    /// Where reading would go on after a restart.
    package let checkpoints: [ShardID: Checkpoint]
    /// When something was last committed; `nil` when this process has not.
    package let committed: Instant?
    /// What Kinesis said last of shards that cannot be read.
    package let words: [ShardID: String]

    package init(
        stream: String?, time: Instant, started: Instant, uptime: Duration, picture: HealthPicture, sinks: [SinkName],
        ledger: LedgerCounts, before: LedgerCounts = LedgerCounts(), checkpoints: [ShardID: Checkpoint] = [:],
        committed: Instant? = nil, words: [ShardID: String] = [:]
    ) {
        self.stream = stream
        self.time = time
        self.started = started
        self.uptime = uptime
        self.picture = picture
        self.sinks = sinks
        self.ledger = ledger
        self.before = before
        self.checkpoints = checkpoints
        self.committed = committed
        self.words = words
    }
}
