/// A place in a shard where records may have expired before they were read.
///
/// How many they were nobody can tell: Kinesis numbers records with gaps.
package struct ReadGap: Hashable, Sendable {
    package enum Cause: String, Hashable, Sendable {
        /// Kinesis refused the position: it has aged out of the stream, or it is not one of this shard.
        case positionRefused = "position-refused"
        /// Records that arrived after the position was current are older than the stream keeps them.
        case olderThanRetention = "older-than-retention"
        /// The shard itself is gone, and its end had not been read.
        case shardGone = "shard-gone"
    }

    /// The first record on the gap's other side.
    package struct Resumed: Hashable, Sendable {
        package let sequence: SequenceNumber
        package let arrival: Instant?

        package init(sequence: SequenceNumber, arrival: Instant?) {
            self.sequence = sequence
            self.arrival = arrival
        }
    }

    package let shard: ShardID
    /// The last position on this side.
    package let from: ShardPosition
    /// When that was last known to be current: nothing that arrived by then is missing. `nil` when nobody knows.
    package let currentAt: Instant?
    /// `nil` when the shard ended without one more record.
    package let to: Resumed?
    package let cause: Cause

    package init(shard: ShardID, from: ShardPosition, currentAt: Instant?, to: Resumed?, cause: Cause) {
        self.shard = shard
        self.from = from
        self.currentAt = currentAt
        self.to = to
        self.cause = cause
    }
}
