extension KinesisClient {
    /// Begins to delete a stream and all records in it; `false` when it was not there.
    ///
    /// A stream with registered consumers is deleted only when `enforcingConsumerDeletion`; else `ResourceInUseException`.
    /// An attempt whose answer was lost and that is made again may find nothing: `false` may mean that this call did it.
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html
    package func deleteStream(_ stream: StreamReference, enforcingConsumerDeletion: Bool) async throws -> Bool {
        let request = DeleteStreamRequest(
            streamName: stream.name, streamARN: stream.arn,
            enforceConsumerDeletion: enforcingConsumerDeletion ? true : nil)
        return try await unlessNotFound { try await service.call("DeleteStream", request) } != nil
    }
}

private struct DeleteStreamRequest: Encodable {
    let streamName: String?
    let streamARN: String?
    let enforceConsumerDeletion: Bool?
}
