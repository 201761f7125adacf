package import Core

/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
package enum GetRecordsLimits {
    /// The most records one call may ask for.
    package static let recordsMax = 10_000
}

extension KinesisClient {
    /// One poll: the records from `iterator` on, at most `limit`, possibly none.
    ///
    /// A reply longer than `replyBytesMax` fails with `.unreachable(.bodyTooLarge)`; ask for fewer records then.
    package func records(
        of stream: StreamReference, at iterator: ShardIterator, limit: Int = GetRecordsLimits.recordsMax,
        replyBytesMax: Int = ReadLimits.replyBytesMax
    ) async throws -> RecordPage {
        let request = GetRecordsRequest(shardIterator: iterator.token, limit: limit, streamARN: stream.arn)
        let call = try service.jsonCall("GetRecords", request, replyBytesMax: replyBytesMax)
        // Moved all the way, so that the payloads are decoded in the reply's own memory.
        return try await service.call(call) { (body: consuming [UInt8]) in
            try GetRecordsReply.page(from: consume body)
        }
    }
}

private struct GetRecordsRequest: Encodable {
    let shardIterator: String
    let limit: Int
    let streamARN: String?
}
