package import Core
import FoundationEssentials

extension KinesisClient {
    /// Writes one record and answers where it went.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
    @discardableResult
    package func putRecord(
        _ payload: [UInt8], partitionKey: String, to stream: StreamReference
    ) async throws -> (shard: ShardID, sequence: SequenceNumber) {
        let request = PutRecordRequest(
            streamName: stream.name, streamARN: stream.arn, data: Data(payload), partitionKey: partitionKey)
        let reply = try await service.call("PutRecord", request, replyingWith: PutRecordReply.self)
        return (reply.shard, reply.sequence)
    }
}

private struct PutRecordRequest: Encodable {
    let streamName: String?
    let streamARN: String?
    /// Base64 in JSON.
    let data: Data
    let partitionKey: String
}

private struct PutRecordReply: Decodable {
    private struct Members: Decodable {
        let shardId: String
        let sequenceNumber: String
    }

    let shard: ShardID
    let sequence: SequenceNumber

    init(from decoder: any Decoder) throws {
        let members = try Members(from: decoder)
        shard = try ShardID(reply: members.shardId)
        sequence = try SequenceNumber(reply: members.sequenceNumber)
    }
}
