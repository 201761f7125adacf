/// What Kinesis allows a reader of one shard.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
package enum ReadLimits {
    /// A shard takes five GetRecords calls a second from all its readers together: this far apart they stay within it.
    package static let pollSpacing = Duration.milliseconds(200)

    /// The longest reply: 10 MiB of payload are 14 MB of base64, and 10,000 records with their keys, numbers and times
    /// some 10 MB more in the worst case.
    package static let replyBytesMax = 32 << 20

    /// What a poll reserves before the shard has shown how much it gives.
    package static let replyBytesFirst = 1 << 20
}

/// How eagerly a shard is read.
package struct ReadPace: Hashable, Sendable {
    /// The least time from the start of one poll to the start of the next while behind the tip.
    package let spacing: Duration
    /// The rest between polls at the tip, where there is nothing to catch up with.
    package let idle: Duration
    package let backoff: Backoff

    package init(
        spacing: Duration = ReadLimits.pollSpacing, idle: Duration = .seconds(1),
        backoff: Backoff = Backoff(first: .seconds(1), ceiling: .seconds(30))
    ) {
        self.spacing = spacing
        self.idle = idle
        self.backoff = backoff
    }
}
