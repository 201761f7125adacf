package import Core

extension KinesisClient {
    /// Every shard that still holds records or takes them, all pages of the list.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html
    package func listShards(of stream: StreamReference) async throws -> [Shard] {
        do {
            return try await allPages(of: stream)
        } catch let error as AWSError where error.code == "ExpiredNextTokenException" {
            // A page came later than the 300 s its token lives. A second time in a row it is an error.
            return try await allPages(of: stream)
        }
    }

    private func allPages(of stream: StreamReference) async throws -> [Shard] {
        var shards: [Shard] = []
        var request = ListShardsRequest(streamName: stream.name, streamARN: stream.arn)
        for _ in 0..<ListShardsRequest.pagesMax {
            let page = try await service.call("ListShards", request, replyingWith: ListShardsReply.self)
            shards += page.shards.map(\.shard)
            guard let token = page.nextToken else { return shards }
            request = ListShardsRequest(nextToken: token)
        }
        throw service.unreadable("ListShards", "the list does not end after \(ListShardsRequest.pagesMax) pages")
    }
}

/// The token goes alone: beside the stream's name or ARN, AWS refuses it.
private struct ListShardsRequest: Encodable {
    var streamName: String?
    var streamARN: String?
    var nextToken: String?

    /// A page holds up to 1,000 shards and no stream has more than some 20,000: a list this long is a loop.
    static let pagesMax = 1000
}

private struct ListShardsReply: Decodable {
    let shards: [ListedShard]
    let nextToken: String?
}

/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Shard.html
private struct ListedShard: Decodable {
    private struct Members: Decodable {
        struct SequenceNumbers: Decodable {
            let startingSequenceNumber: String?
            let endingSequenceNumber: String?
        }

        let shardId: String
        let parentShardId: String?
        let adjacentParentShardId: String?
        let sequenceNumberRange: SequenceNumbers?
    }

    let shard: Shard

    init(from decoder: any Decoder) throws {
        let members = try Members(from: decoder)
        let parents = [members.parentShardId, members.adjacentParentShardId].compactMap { $0 }
        shard = Shard(
            id: try ShardID(reply: members.shardId), parents: try parents.map(ShardID.init(reply:)),
            startingSequence: try members.sequenceNumberRange?.startingSequenceNumber.map(SequenceNumber.init(reply:)),
            endingSequence: try members.sequenceNumberRange?.endingSequenceNumber.map(SequenceNumber.init(reply:)))
    }
}

extension SequenceNumber {
    /// A sequence number in a reply; anything else makes the reply unreadable.
    init(reply digits: String) throws {
        guard let sequence = SequenceNumber(digits) else { throw UnreadableReply("not a sequence number") }
        self = sequence
    }
}

extension ShardID {
    /// A shard's name in a reply; anything else makes the reply unreadable.
    init(reply name: String) throws {
        guard let id = ShardID(name) else { throw UnreadableReply("not a shard's name") }
        self = id
    }
}
