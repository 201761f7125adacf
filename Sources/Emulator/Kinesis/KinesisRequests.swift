import FoundationEssentials

// What each operation takes, by AWS's names with a small first letter.
// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Operations.html

/// A request that names a stream.
protocol StreamRequest: Decodable, Sendable {
    var streamName: String? { get }
    var streamARN: String? { get }
}

extension StreamRequest {
    func stream(for caller: Caller) throws(ServiceFault) -> EmulatedStreamName {
        try StreamReference(name: streamName, arn: streamARN).resolved(for: caller)
    }
}

struct StreamModeDetails: Codable, Sendable {
    let streamMode: EmulatedStream.Mode
}

struct CreateStreamRequest: Decodable, Sendable {
    let streamName: String
    let shardCount: Int?
    let streamModeDetails: StreamModeDetails?
    let tags: [String: String]?
    let maxRecordSizeInKiB: Int?
    var recordDistributionStrategy: EmulatedStream.Distribution?
}

/// DeleteStream, DescribeStreamSummary and others that need no more.
struct OneStreamRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
}

struct DescribeStreamRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
    let limit: Int?
    let exclusiveStartShardId: String?
}

struct ListStreamsRequest: Decodable, Sendable {
    let limit: Int?
    let exclusiveStartStreamName: String?
    let nextToken: String?
}

struct ShardFilterRequest: Codable, Hashable, Sendable {
    let type: String
    let shardId: String?
    /// Seconds since 1970.
    let timestamp: Double?
}

struct ListShardsRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
    let nextToken: String?
    let exclusiveStartShardId: String?
    let maxResults: Int?
    /// Seconds since 1970.
    let streamCreationTimestamp: Double?
    let shardFilter: ShardFilterRequest?
}

struct GetShardIteratorRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
    let shardId: String
    let shardIteratorType: String
    let startingSequenceNumber: String?
    /// Seconds since 1970.
    let timestamp: Double?
}

struct GetRecordsRequest: Decodable, Sendable {
    let shardIterator: String
    let limit: Int?
    let streamARN: String?
}

struct PutRecordRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
    let data: Payload
    let partitionKey: String
    let explicitHashKey: String?
}

struct PutRecordsRequest: StreamRequest {
    struct Entry: Decodable, Sendable {
        let data: Payload
        let partitionKey: String
        let explicitHashKey: String?
    }

    let streamName: String?
    let streamARN: String?
    let records: [Entry]
}

struct SplitShardRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
    let shardToSplit: String
    let newStartingHashKey: String
}

struct MergeShardsRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
    let shardToMerge: String
    let adjacentShardToMerge: String
}

struct UpdateShardCountRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
    let targetShardCount: Int
    let scalingType: String
}

struct RetentionRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
    let retentionPeriodHours: Int
}

struct AddTagsRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
    let tags: [String: String]
}

struct RemoveTagsRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
    let tagKeys: [String]
}

struct TagResourceRequest: Decodable, Sendable {
    let resourceARN: String
    let tags: [String: String]
}

struct UntagResourceRequest: Decodable, Sendable {
    let resourceARN: String
    let tagKeys: [String]
}

struct ListTagsForResourceRequest: Decodable, Sendable {
    let resourceARN: String
}

/// StartStreamEncryption and StopStreamEncryption.
struct EncryptionRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
    let encryptionType: EncryptionType
    let keyId: String
}

struct UpdateModeRequest: Decodable, Sendable {
    let streamARN: String
    let streamModeDetails: StreamModeDetails
}

struct UpdateDistributionRequest: Decodable, Sendable {
    let streamARN: String
    let recordDistributionStrategy: EmulatedStream.Distribution
}

struct ListTagsRequest: StreamRequest {
    let streamName: String?
    let streamARN: String?
    let exclusiveStartTagKey: String?
    let limit: Int?
}

/// A blob, and its base64, because that is how it is read again in JSON.
struct Payload: Decodable, Sendable {
    let bytes: [UInt8]
    let base64: [UInt8]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let bytes = Data(base64Encoded: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not base64")
        }
        self.bytes = [UInt8](bytes)
        base64 = Array(text.utf8)
    }
}

/// Seconds with a fraction, as AWS's JSON has times, in milliseconds.
func milliseconds(_ seconds: Double) throws(ServiceFault) -> Int64 {
    guard let value = Int64(exactly: (seconds * 1000).rounded()) else {
        throw ServiceFault("SerializationException", "\(seconds) is not a time.")
    }
    return value
}
