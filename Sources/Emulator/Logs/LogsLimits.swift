/// What CloudWatch Logs allows and does not let anybody change.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
enum LogsLimits {
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
    static let batchEventsMax = 10_000
    static let batchBytesMax = 1_048_576
    /// AWS counts this much for every event on top of its UTF-8 message.
    static let eventOverheadBytes = 26
    /// A full batch of which every byte is an escape of six, with room for its framing. Ours: AWS names none.
    static let expandedBodyBytesMax = 8 * batchBytesMax
    static let batchSpanMillisecondsMax: Int64 = 24 * hour
    static let ageMillisecondsMax: Int64 = 14 * day
    static let aheadMillisecondsMax: Int64 = 2 * hour

    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
    static let pageEventsMax = 10_000
    static let pageBytesMax = 1_048_576
    static let describeMax = 50
    static let testMessagesMax = 50
    static let filteredStreamsMax = 100
    static let tagsMax = 50

    static let nameMax = 512
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDestinationPolicy.html
    static let policyBytesMax = 5120
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html
    static let accountPolicyCharactersMax = 30_720
    static let criteriaBytesMax = 25 * 1024
    static let accountIdentifiersMax = 20
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
    static let fieldCriteriaMax = 2000

    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    static let retentionDays: Set<Int64> = [
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ]

    static let hour: Int64 = 3_600_000
    static let day: Int64 = 24 * hour
}
