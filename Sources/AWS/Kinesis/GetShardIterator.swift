package import Core

extension KinesisClient {
    /// A token to read `shard` from `position` on. It expires five minutes after it was given.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html
    package func shardIterator(
        of stream: StreamReference, shard: ShardID, at position: ShardPosition
    ) async throws -> ShardIterator {
        let reply = try await service.call(
            "GetShardIterator", GetShardIteratorRequest(stream, shard, position),
            replyingWith: GetShardIteratorReply.self)
        return ShardIterator(reply.shardIterator)
    }
}

private struct GetShardIteratorRequest: Encodable {
    let streamName: String?
    let streamARN: String?
    let shardId: String
    let shardIteratorType: String
    var startingSequenceNumber: String?
    /// Seconds since 1970. Milliseconds of any date we meet have fewer digits than a `Double` keeps, so none is lost.
    var timestamp: Double?

    init(_ stream: StreamReference, _ shard: ShardID, _ position: ShardPosition) {
        streamName = stream.name
        streamARN = stream.arn
        shardId = shard.name
        switch position {
        case .trimHorizon: shardIteratorType = "TRIM_HORIZON"
        case .latest: shardIteratorType = "LATEST"
        case .at(let sequence):
            shardIteratorType = "AT_SEQUENCE_NUMBER"
            startingSequenceNumber = sequence.digits
        case .after(let sequence):
            shardIteratorType = "AFTER_SEQUENCE_NUMBER"
            startingSequenceNumber = sequence.digits
        case .atTime(let instant):
            shardIteratorType = "AT_TIMESTAMP"
            timestamp = Double(instant.milliseconds) / 1000
        }
    }
}

private struct GetShardIteratorReply: Decodable {
    let shardIterator: String
}
