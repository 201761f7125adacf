package import Core

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
}

extension KinesisClient {
    /// 20 calls a second for an account.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html
    package func summary(of stream: StreamReference) async throws -> StreamSummary {
        let reply = try await service.call(
            "DescribeStreamSummary", DescribeStreamSummaryRequest(streamName: stream.name, streamARN: stream.arn),
            replyingWith: DescribeStreamSummaryReply.self)
        let description = reply.streamDescriptionSummary
        return StreamSummary(
            name: description.streamName, arn: description.streamARN, status: description.streamStatus,
            retentionHours: description.retentionPeriodHours,
            created: description.streamCreationTimestamp?.instant,
            openShards: description.openShardCount)
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
