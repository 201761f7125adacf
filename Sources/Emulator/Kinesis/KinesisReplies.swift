// What each operation answers, by AWS's names with a small first letter.
// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Operations.html

struct ShardReply: Encodable, Sendable {
    struct HashKeys: Encodable, Sendable {
        let startingHashKey: String
        let endingHashKey: String

        init(_ range: HashKeyRange) {
            startingHashKey = String(range.first)
            endingHashKey = String(range.last)
        }
    }

    struct Sequences: Encodable, Sendable {
        let startingSequenceNumber: String
        let endingSequenceNumber: String?
    }

    let shardId: String
    let parentShardId: String?
    let adjacentParentShardId: String?
    let hashKeyRange: HashKeys
    let sequenceNumberRange: Sequences

    init(_ shard: EmulatedShard) {
        shardId = shard.id
        parentShardId = shard.parents.first
        adjacentParentShardId = shard.parents.dropFirst().first
        hashKeyRange = HashKeys(shard.range)
        sequenceNumberRange = Sequences(
            startingSequenceNumber: shard.sequences.starting,
            endingSequenceNumber: shard.ending)
    }
}

struct ListShardsReply: Encodable, Sendable {
    let shards: [ShardReply]
    let nextToken: String?
}

struct EnhancedMonitoring: Encodable, Sendable {
    let shardLevelMetrics: [String]
}

struct StreamSummaryReply: Encodable, Sendable {
    struct Description: Encodable, Sendable {
        let streamName: String
        let streamARN: String
        let streamStatus: EmulatedStream.Status
        let streamModeDetails: StreamModeDetails
        let retentionPeriodHours: Int
        /// Seconds since 1970.
        let streamCreationTimestamp: Double
        let enhancedMonitoring = [EnhancedMonitoring(shardLevelMetrics: [])]
        let encryptionType: EncryptionType
        let keyId: String?
        let openShardCount: Int
        let consumerCount = 0
        let maxRecordSizeInKiB: Int
        let recordDistributionStrategy: EmulatedStream.Distribution?
    }

    let streamDescriptionSummary: Description

    init(_ stream: EmulatedStream, now: Int64) {
        streamDescriptionSummary = Description(
            streamName: stream.name.name, streamARN: stream.name.arn, streamStatus: stream.status(at: now),
            streamModeDetails: StreamModeDetails(streamMode: stream.mode), retentionPeriodHours: stream.retentionHours,
            streamCreationTimestamp: Double(stream.made) / 1000, encryptionType: EncryptionType(stream.encryption),
            keyId: stream.encryption?.keyID, openShardCount: stream.open.count,
            maxRecordSizeInKiB: stream.maxRecordKiB, recordDistributionStrategy: stream.shownDistribution)
    }
}

struct DescribeStreamReply: Encodable, Sendable {
    struct Description: Encodable, Sendable {
        let streamName: String
        let streamARN: String
        let streamStatus: EmulatedStream.Status
        let streamModeDetails: StreamModeDetails
        let shards: [ShardReply]
        let hasMoreShards: Bool
        let retentionPeriodHours: Int
        /// Seconds since 1970.
        let streamCreationTimestamp: Double
        let enhancedMonitoring = [EnhancedMonitoring(shardLevelMetrics: [])]
        let encryptionType: EncryptionType
        let keyId: String?
    }

    let streamDescription: Description

    /// `shards` is the part of the stream's shards to show, `hasMore` whether others come after.
    init(_ stream: EmulatedStream, shards: [EmulatedShard], hasMore: Bool, now: Int64) {
        let status = stream.status(at: now)
        streamDescription = Description(
            streamName: stream.name.name, streamARN: stream.name.arn, streamStatus: status,
            streamModeDetails: StreamModeDetails(streamMode: stream.mode),
            shards: status == .creating ? [] : shards.map { ShardReply($0) },
            hasMoreShards: status != .creating && hasMore, retentionPeriodHours: stream.retentionHours,
            streamCreationTimestamp: Double(stream.made) / 1000, encryptionType: EncryptionType(stream.encryption),
            keyId: stream.encryption?.keyID)
    }
}

struct ListStreamsReply: Encodable, Sendable {
    struct Summary: Encodable, Sendable {
        let streamName: String
        let streamARN: String
        let streamStatus: EmulatedStream.Status
        let streamModeDetails: StreamModeDetails
        let streamCreationTimestamp: Double
    }

    let streamNames: [String]
    let streamSummaries: [Summary]
    let hasMoreStreams: Bool
    let nextToken: String?
}

struct ShardIteratorReply: Encodable, Sendable {
    let shardIterator: String
}

struct PutRecordReply: Encodable, Sendable {
    let shardId: String
    let sequenceNumber: String
    let encryptionType: EncryptionType
}

struct PutRecordsReply: Encodable, Sendable {
    struct Entry: Encodable, Sendable {
        let shardId: String
        let sequenceNumber: String
    }

    let failedRecordCount = 0
    let records: [Entry]
    let encryptionType: EncryptionType
}

struct UpdateShardCountReply: Encodable, Sendable {
    let streamName: String
    let streamARN: String
    let currentShardCount: Int
    let targetShardCount: Int
}

struct TagsReply: Encodable, Sendable {
    struct Tag: Encodable, Sendable {
        let key: String
        let value: String

        init(_ tag: (key: String, value: String)) { (key, value) = tag }
    }

    let tags: [Tag]
    let hasMoreTags: Bool
}

struct ResourceTagsReply: Encodable, Sendable {
    let tags: [TagsReply.Tag]
}
