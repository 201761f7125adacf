/// What an emulator is like. Everything has a default.
package struct EmulatorSettings: Sendable {
    package var host = "127.0.0.1"
    /// 0 lets the system choose; `Emulator.start` says which it is.
    package var port = 0
    /// Access keys beside those that every account has, see `EmulatedAccessKey.ofAccount`.
    package var accessKeys: [EmulatedAccessKey] = []
    package var kinesis = KinesisRules()
    package var logs = LogsSettings()
    package var faults: [FaultRule] = []
    /// Whether CloudWatch Logs acts as the roles that destinations and subscription filters name: they must exist, trust it,
    /// and be allowed what it does with them. Off, any role's ARN will do.
    package var checksRoles = false
    /// How long what is written to IAM takes to be acted upon, by the services' clock. IAM's own replies know it at once.
    package var identityDelay = Duration.zero
    /// What chance goes by: which calls a fault with a probability strikes, how streams are resharded on schedule.
    package var seed: UInt64 = 0

    package init() {}
}

/// The rules of Kinesis that a test may want otherwise. Writes are never throttled.
package struct KinesisRules: Hashable, Sendable {
    /// Five GetRecords and five GetShardIterator calls a second and 2 MB/s per shard. Off, nothing is throttled.
    ///
    /// https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
    package var limitsReads = true
    /// How long a shard iterator is good for; 5 minutes on AWS.
    package var iteratorLifetime = Duration.seconds(300)
    /// How long CREATING, UPDATING and DELETING last. Zero by default, so that a script need not wait.
    package var transition = Duration.zero
    /// Every so-many-th GetRecords of a shard answers without records although there are some, as AWS may.
    /// 1 would starve every reader, so it starts at 2. `nil`: never.
    package var emptyPageEvery: Int?
    package var cbor = CBORManners.spoken
    package var oldPositions = OldPositions.servedFromHorizon
    /// UpdateShardCount calls in any 24 hours; `nil`: as many as one likes.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html
    package var scalingsPerDayMax: Int? = 10
    /// How often every stream doubles or halves its shards by itself, in turn; `nil`: never. The change takes a quarter of
    /// that time and makes shards that live even shorter, as the emulator's seed has it. It begins with the first call that
    /// concerns the stream when it is due.
    package var reshardEvery: Duration?

    /// What GetShardIterator does with a sequence number whose record has aged out. No page of AWS's says.
    package enum OldPositions: String, Hashable, CaseIterable, Sendable {
        /// Begins with the oldest record there is.
        case servedFromHorizon = "served"
        /// InvalidArgumentException.
        case refused
    }

    /// What becomes of a call in CBOR.
    package enum CBORManners: String, Hashable, CaseIterable, Sendable {
        case spoken
        /// `UnknownOperationException`, as by kinesalite before 3.3.
        case unknown
        /// A server error in HTML that names no request, as by moto.
        case breaks
    }

    package init() {}
}
