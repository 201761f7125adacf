package import Core

/// What bounds the reading of each shard.
package struct ConsumerLimits: Sendable {
    package let pace: ReadPace
    /// What one record may inflate to, in bytes.
    package let maxRecord: Int
    /// Where a replay ends; `nil` for the daemon.
    package let bound: ReplayBound?

    package init(pace: ReadPace, maxRecord: Int, bound: ReplayBound? = nil) {
        self.pace = pace
        self.maxRecord = maxRecord
        self.bound = bound
    }
}
