package import Core

/// What bounds the reading of each shard.
package struct ConsumerLimits: Sendable {
    package let pace: ReadPace
    /// What one record may inflate to, in bytes.
    package let maxRecord: Int
    /// How long the stream keeps records; `nil` when that is not known.
    package let retention: Duration?
    /// Where a replay ends; `nil` for the daemon.
    package let bounds: ReplayBounds?

    package init(pace: ReadPace, maxRecord: Int, retention: Duration? = nil, bounds: ReplayBounds? = nil) {
        self.pace = pace
        self.maxRecord = maxRecord
        self.retention = retention
        self.bounds = bounds
    }
}
