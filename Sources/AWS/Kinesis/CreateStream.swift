extension KinesisClient {
    /// Begins to make a provisioned stream, which is CREATING for a while.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html
    package func createStream(name: String, shardCount: Int) async throws {
        try await service.call("CreateStream", CreateStreamRequest(streamName: name, shardCount: shardCount))
    }
}

private struct CreateStreamRequest: Encodable {
    let streamName: String
    let shardCount: Int
}
