package import AWS

/// What is done to a stream.
package enum StreamCall: Hashable, Sendable {
    case create(StreamCapacity, tags: [String: String])
    case waitUntilActive
    case increaseRetention(hours: Int)
    case encrypt(key: String)
    case tag([String: String])
    case delete
}

extension StreamCall {
    func request(_ stream: StreamPlace) -> AWSRequest? {
        func request(_ operation: String, _ members: KeyValuePairs<String, JSONTree?>) -> AWSRequest {
            AWSRequest("kinesis", operation, region: stream.region, ["StreamName": .text(stream.name)], members)
        }
        switch self {
        case .create(let capacity, let tags):
            return request(
                "CreateStream",
                [
                    "ShardCount": capacity.shards.map(JSONTree.number),
                    "StreamModeDetails": .object(["StreamMode": .text(capacity.mode)]), "Tags": .tagMap(tags),
                ])
        case .waitUntilActive: return nil
        case .increaseRetention(let hours):
            return request("IncreaseStreamRetentionPeriod", ["RetentionPeriodHours": .number(hours)])
        case .encrypt(let key):
            return request("StartStreamEncryption", ["EncryptionType": "KMS", "KeyId": .text(key)])
        case .tag(let tags): return request("AddTagsToStream", ["Tags": .tagMap(tags)])
        case .delete: return request("DeleteStream", [:])
        }
    }

    func perform(on stream: StreamPlace, with kinesis: KinesisClient) async throws {
        let name = StreamReference.name(stream.name)
        switch self {
        case .create(let capacity, let tags):
            try await kinesis.createStream(name: stream.name, capacity: capacity, tags: tags)
        case .waitUntilActive: preconditionFailure("waiting is many calls")
        case .increaseRetention(let hours): try await kinesis.increaseRetention(of: name, toHours: hours)
        case .encrypt(let key): try await kinesis.startEncryption(of: name, key: key)
        case .tag(let tags): try await kinesis.tag(name, tags: tags)
        case .delete: _ = try await kinesis.deleteStream(name, enforcingConsumerDeletion: false)
        }
    }
}

extension StreamCapacity {
    fileprivate var shards: Int? {
        switch self {
        case .provisioned(let shards): shards
        case .onDemand: nil
        }
    }

    fileprivate var mode: String {
        switch self {
        case .provisioned: "PROVISIONED"
        case .onDemand: "ON_DEMAND"
        }
    }

    var words: String {
        switch self {
        case .provisioned(1): "1 shard"
        case .provisioned(let shards): "\(shards) shards"
        case .onDemand: "on demand"
        }
    }
}
