/// What Kinesis allows a reader of one shard.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
package enum ReadLimits {
    /// A shard takes five GetRecords calls a second from all its readers together: this far apart they stay within it.
    package static let pollSpacing = Duration.milliseconds(200)

    /// What a shard gives to all its readers together: 2 MB, of payload. A reply of 10 MiB is five seconds' worth, and for
    /// as long Kinesis refuses the next call.
    package static let shardBytesPerSecond = 2 << 20

    /// What one GetRecords call gives at most, of payload.
    package static let pageBytesMax = 10 << 20

    /// The longest reply: 10 MiB of payload are 14 MB of base64, and 10,000 records with their keys, numbers and times
    /// some 10 MB more in the worst case.
    package static let replyBytesMax = 32 << 20

    /// The most records one call may ask for.
    package static let recordsMax = 10_000

    /// What a poll reserves before the shard has shown how much it gives.
    package static let replyBytesFirst = 1 << 20

    /// Shards that start together begin this far apart on average, until an idle period is full: one alone does not wait,
    /// a thousand take a second. Ours.
    package static let startSpacing = Duration.milliseconds(10)

    /// After so many failures in a row a fresh iterator is tried, for the case that the iterator is what is refused.
    package static let failuresPerIterator = 3

    /// A closed shard's page without iterator, children or the tip is a broken reply. When so many come in a row, and none
    /// has a record, it is the end. Ours.
    package static let bareEndsBelieved = 3

    /// How long at most a moment to come is waited for before Kinesis is asked again: our clock may have jumped. Ours.
    package static let wallClockWaitMax = Duration.seconds(60)
}
