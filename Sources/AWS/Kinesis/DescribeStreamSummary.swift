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
            retentionHours: description.retentionPeriodHours, openShards: description.openShardCount)
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
        let openShardCount: Int
    }

    let streamDescriptionSummary: Description
}
