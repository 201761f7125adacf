package import Core

extension KinesisClient {
    /// One poll: the records from `iterator` on, at most `limit`, possibly none.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
    ///
    /// A reply longer than `replyBytesMax` fails with `.unreachable(.bodyTooLarge)`; ask for fewer records then.
    package func records(
        of stream: StreamReference, at iterator: ShardIterator, limit: Int = ReadLimits.recordsMax,
        replyBytesMax: Int = ReadLimits.replyBytesMax
    ) async throws -> RecordPage {
        let request = GetRecordsRequest(shardIterator: iterator.token, limit: limit, streamARN: stream.arn)
        var call = try service.jsonCall("GetRecords", request, replyBytesMax: replyBytesMax)
        switch recordsProtocol {
        case .cbor: call.cbor = request.cbor
        case .json: break
        }
        // Moved all the way, so that the payloads are decoded in the reply's own memory.
        return try await service.call(call) { (body: consuming [UInt8]) in
            try GetRecordsReply.page(fromEither: consume body)
        }
    }
}

private struct GetRecordsRequest: Encodable {
    let shardIterator: String
    let limit: Int
    let streamARN: String?

    var cbor: [UInt8] {
        var map = WireCBOR(members: streamARN == nil ? 2 : 3)
        map.member("Limit", limit)
        map.member("ShardIterator", shardIterator)
        if let streamARN { map.member("StreamARN", streamARN) }
        return map.bytes
    }
}
