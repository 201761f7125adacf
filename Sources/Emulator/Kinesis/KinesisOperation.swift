/// The operations that the emulator knows. Those without an answer reply with an empty body.
enum KinesisOperation: String, CaseIterable, Sendable {
    case createStream = "CreateStream"
    case deleteStream = "DeleteStream"
    case describeStream = "DescribeStream"
    case describeStreamSummary = "DescribeStreamSummary"
    case listStreams = "ListStreams"
    case listShards = "ListShards"
    case getShardIterator = "GetShardIterator"
    case getRecords = "GetRecords"
    case putRecord = "PutRecord"
    case putRecords = "PutRecords"
    case splitShard = "SplitShard"
    case mergeShards = "MergeShards"
    case updateShardCount = "UpdateShardCount"
    case increaseStreamRetentionPeriod = "IncreaseStreamRetentionPeriod"
    case addTagsToStream = "AddTagsToStream"
    case listTagsForStream = "ListTagsForStream"
}
