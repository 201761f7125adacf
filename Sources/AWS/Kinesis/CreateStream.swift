/// What a stream is to be able to take.
package enum StreamCapacity: Hashable, Sendable {
    /// That of so many shards, which are paid for by the hour.
    case provisioned(shards: Int)
    /// What comes, within AWS's limits.
    case onDemand
}

extension KinesisClient {
    /// Begins to make a stream, which is CREATING for a while. `ResourceInUseException`: there is one of that name.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html
    package func createStream(
        name: String, capacity: StreamCapacity, tags: [String: String] = [:]
    ) async throws {
        try await service.call("CreateStream", CreateStreamRequest(name, capacity, tags))
    }
}

private struct CreateStreamRequest: Encodable {
    let streamName: String
    let shardCount: Int?
    let streamModeDetails: StreamModeDetails?
    let tags: [String: String]?

    init(_ name: String, _ capacity: StreamCapacity, _ tags: [String: String]) {
        streamName = name
        self.tags = tags.isEmpty ? nil : tags
        switch capacity {
        case .provisioned(let shards):
            shardCount = shards
            streamModeDetails = nil
        case .onDemand:
            shardCount = nil
            streamModeDetails = StreamModeDetails(streamMode: StreamModeDetails.onDemand)
        }
    }
}

/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StreamModeDetails.html
struct StreamModeDetails: Codable {
    let streamMode: String

    static let onDemand = "ON_DEMAND"
}
