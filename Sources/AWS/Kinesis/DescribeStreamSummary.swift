package import Core

/// How a stream's capacity comes about.
package enum StreamMode: Hashable, Sendable {
    case provisioned
    case onDemand
}

/// What a stream is at the moment.
package struct StreamSummary: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, Decodable {
        case creating = "CREATING"
        case deleting = "DELETING"
        case active = "ACTIVE"
        case updating = "UPDATING"
    }

    package let name: String
    package let arn: String
    package let status: Status
    package let retentionHours: Int
    /// By which a stream that was deleted and made again is known. `nil` when the reply has it in another form than AWS's.
    package let created: Instant?
    package let openShards: Int
    package let mode: StreamMode
    /// The id, ARN or alias of the key that records are encrypted with; `nil` when they are not.
    package let encryptionKey: String?
    /// Kinesis spreads records as it likes, so those of one log stream may come in another order.
    package let ignoresPartitionKeys: Bool

    package init(
        name: String, arn: String, status: Status, retentionHours: Int, created: Instant?, openShards: Int,
        mode: StreamMode = .provisioned, encryptionKey: String? = nil, ignoresPartitionKeys: Bool = false
    ) {
        self.name = name
        self.arn = arn
        self.status = status
        self.retentionHours = retentionHours
        self.created = created
        self.openShards = openShards
        self.mode = mode
        self.encryptionKey = encryptionKey
        self.ignoresPartitionKeys = ignoresPartitionKeys
    }
}

extension KinesisClient {
    /// 20 calls a second for an account.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html
    package func summary(of stream: StreamReference) async throws -> StreamSummary {
        let reply = try await service.call(
            "DescribeStreamSummary", DescribeStreamSummaryRequest(streamName: stream.name, streamARN: stream.arn),
            replyingWith: DescribeStreamSummaryReply.self)
        return reply.streamDescriptionSummary.summary
    }
}

private struct DescribeStreamSummaryRequest: Encodable {
    let streamName: String?
    let streamARN: String?
}

private struct DescribeStreamSummaryReply: Decodable {
    struct Description: Decodable {
        let streamName: String
        let streamARN: String
        let streamStatus: StreamSummary.Status
        let retentionPeriodHours: Int
        let streamCreationTimestamp: CreationTime?
        let openShardCount: Int
        let streamModeDetails: StreamModeDetails?
        let encryptionType: String?
        let keyId: String?
        let recordDistributionStrategy: String?

        /// A word that is new to us, like an absent one, is no reason not to read the stream.
        var summary: StreamSummary {
            StreamSummary(
                name: streamName, arn: streamARN, status: streamStatus, retentionHours: retentionPeriodHours,
                created: streamCreationTimestamp?.instant, openShards: openShardCount,
                mode: streamModeDetails?.streamMode == StreamModeDetails.onDemand ? .onDemand : .provisioned,
                encryptionKey: encryptionType == "KMS" ? keyId : nil,
                ignoresPartitionKeys: recordDistributionStrategy == "AUTO")
        }
    }

    let streamDescriptionSummary: Description
}

/// Seconds since 1970, perhaps with a fraction. Some servers write text instead, which is no reason not to read the stream.
private struct CreationTime: Decodable {
    let instant: Instant?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            instant = Instant(milliseconds: Int64((try container.decode(Double.self) * 1000).rounded()))
        } catch is DecodingError {
            instant = nil
        }
    }
}
