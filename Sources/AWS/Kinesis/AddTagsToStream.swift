extension KinesisClient {
    /// Adds tags to a stream, or changes those it has. `tags` must not be empty.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_AddTagsToStream.html
    package func tag(_ stream: StreamReference, tags: [String: String]) async throws {
        try await service.call(
            "AddTagsToStream",
            AddTagsToStreamRequest(streamName: stream.name, streamARN: stream.arn, tags: tags))
    }
}

private struct AddTagsToStreamRequest: Encodable {
    let streamName: String?
    let streamARN: String?
    let tags: [String: String]
}
