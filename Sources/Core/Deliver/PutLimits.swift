/// What one PutLogEvents call may carry.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
package enum PutLimits {
    /// The sum over the events of their UTF-8 messages and `eventOverheadBytes`. Escapes and JSON framing do not count.
    package static let batchBytesMax = 1_048_576
    /// AWS counts this much for every event on top of its UTF-8 message.
    package static let eventOverheadBytes = 26
    package static let eventsMax = 10_000
    /// One event, its overhead included. It was 262,144 until April 2025.
    package static let eventBytesMax = 1_048_576
    /// From the oldest to the newest event of a batch: exactly this much passes.
    package static let spanMillisecondsMax: Int64 = 24 * 3_600_000
    /// An older event is rejected as too old.
    package static let ageMillisecondsMax: Int64 = 14 * 24 * 3_600_000
    /// An event further ahead of AWS's clock is rejected as too new.
    package static let aheadMillisecondsMax: Int64 = 2 * 3_600_000
}
