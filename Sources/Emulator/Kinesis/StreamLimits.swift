/// What Kinesis takes and gives at most.
///
/// https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
enum StreamLimits {
    static let retentionHoursDefault = 24
    static let retentionHoursMax = 8760
    /// A record's payload and partition key, in KiB, unless a stream asked for more.
    static let recordKiBDefault = 1024
    static let recordKiBMax = 10_240
    static let partitionKeyMax = 256
    static let putRecordsCountMax = 500
    static let putRecordsBytesMax = 10 * 1024 * 1024
    static let pageRecordsMax = 10_000
    static let pageBytesMax = 10 * 1024 * 1024
    /// What ListShards gives at most, whatever it is asked for.
    static let shardsPageMax = 1000
    static let onDemandShards = 4
    static let tagsMax = 50
    /// UpdateShardCount's ceiling; CreateStream here has the same.
    static let shardsMax = 10_000
    /// AWS counts starts and stops apart, we do not.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StartStreamEncryption.html
    static let encryptionsPerDayMax = 25
    static let modeChangesPerDayMax = 2
    static let dayMilliseconds: Int64 = 86_400_000
    static let nextTokenLifetimeMilliseconds: Int64 = 300_000
}
