import FoundationEssentials

/// What a page of ListShards shows: of which stream, by which filter, after which shard.
///
/// A token stands for all of it, so nothing of it may be said beside a token.
struct ShardListPlace: Sendable {
    let stream: EmulatedStreamName
    /// Tells the stream from a later one of the same name; known from a token only.
    let serial: Int?
    let filter: EmulatedStream.ShardFilter
    /// Ids after this one.
    let after: String

    private let filterRequest: ShardFilterRequest?

    init(_ request: ListShardsRequest, _ caller: Caller, now: Int64) throws(ServiceFault) {
        guard let text = request.nextToken else {
            stream = try request.stream(for: caller)
            serial = nil
            filterRequest = request.shardFilter
            filter = try Self.filter(request.shardFilter)
            after = request.exclusiveStartShardId ?? ""
            return
        }
        try Self.requireAlone(request)
        guard let token = Token(text), token.account == caller.account, token.region == caller.region else {
            throw .invalidArgument("NextToken is invalid.")
        }
        guard now - token.issued <= StreamLimits.nextTokenLifetimeMilliseconds else { throw .expiredNextToken }
        stream = EmulatedStreamName(account: token.account, region: token.region, name: token.name)
        serial = token.serial
        filterRequest = token.filter
        filter = try Self.filter(token.filter)
        after = token.after
    }

    /// What a caller hands in for the shards after `id`.
    func token(after id: String, in serial: Int, now: Int64) -> String {
        Token(
            account: stream.account, region: stream.region, name: stream.name, serial: serial, filter: filterRequest,
            after: id, issued: now
        ).text
    }

    private static func requireAlone(_ request: ListShardsRequest) throws(ServiceFault) {
        let others = [
            ("StreamName", request.streamName != nil), ("StreamARN", request.streamARN != nil),
            ("StreamCreationTimestamp", request.streamCreationTimestamp != nil),
            ("ExclusiveStartShardId", request.exclusiveStartShardId != nil),
            ("ShardFilter", request.shardFilter != nil),
        ]
        for (name, isGiven) in others where isGiven {
            throw .invalidArgument("NextToken and \(name) cannot be provided together.")
        }
    }

    private static func filter(_ request: ShardFilterRequest?) throws(ServiceFault) -> EmulatedStream.ShardFilter {
        guard let request else { return .fromTrimHorizon }
        switch request.type {
        case "FROM_TRIM_HORIZON": return .fromTrimHorizon
        case "AT_TRIM_HORIZON": return .atTrimHorizon
        case "AT_LATEST": return .atLatest
        case "AT_TIMESTAMP": return .atTimestamp(try time(of: request))
        case "FROM_TIMESTAMP": return .fromTimestamp(try time(of: request))
        case "AFTER_SHARD_ID":
            guard let id = request.shardId else {
                throw .invalidArgument("ShardId must be provided for the ShardFilter AFTER_SHARD_ID.")
            }
            return .afterShard(id)
        default:
            throw .validation(
                "shardFilter.type", value: request.type,
                "Member must satisfy enum value set: [AFTER_SHARD_ID, AT_TRIM_HORIZON, FROM_TRIM_HORIZON, AT_LATEST, "
                    + "AT_TIMESTAMP, FROM_TIMESTAMP]")
        }
    }

    private static func time(of request: ShardFilterRequest) throws(ServiceFault) -> Int64 {
        guard let timestamp = request.timestamp else {
            throw .invalidArgument("Timestamp must be provided for the ShardFilter \(request.type).")
        }
        return try milliseconds(timestamp)
    }

    fileprivate struct Token: Codable {
        let account: String
        let region: String
        let name: String
        let serial: Int
        let filter: ShardFilterRequest?
        let after: String
        let issued: Int64

        var text: String { Data(ServiceJSON.encode(self)).base64EncodedString() }
    }
}

extension ShardListPlace.Token {
    init?(_ text: String) {
        guard let data = Data(base64Encoded: text),
            let token = try? ServiceJSON.decode(Self.self, from: [UInt8](data))
        else { return nil }
        self = token
    }
}

extension ServiceFault {
    static let expiredNextToken = ServiceFault(
        "ExpiredNextTokenException", "NextToken has expired. Start listing from the beginning.")
}
