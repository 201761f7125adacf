extension KinesisClient {
    /// Has the records that come be encrypted with a key. The stream is UPDATING for a while.
    ///
    /// `key` is an id, ARN or alias, `alias/aws/kinesis` for the one that AWS makes. 25 calls in 24 hours.
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StartStreamEncryption.html
    package func startEncryption(of stream: StreamReference, key: String) async throws {
        try await service.call(
            "StartStreamEncryption",
            StartStreamEncryptionRequest(streamName: stream.name, streamARN: stream.arn, keyId: key))
    }
}

private struct StartStreamEncryptionRequest: Encodable {
    let streamName: String?
    let streamARN: String?
    let encryptionType = "KMS"
    let keyId: String
}
