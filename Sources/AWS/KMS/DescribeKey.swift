/// A key, as far as a stream depends on it.
package struct KMSKey: Hashable, Sendable {
    package let arn: String
    /// In AWS's words: `Enabled`, `Disabled`, `PendingDeletion` and others.
    package let state: String
    /// AWS made it for the account, `aws/kinesis` for instance: nobody needs a right of their own to use it.
    package let managedByAWS: Bool

    package init(arn: String, state: String, managedByAWS: Bool) {
        self.arn = arn
        self.state = state
        self.managedByAWS = managedByAWS
    }
}

extension KMSClient {
    /// `id` is a key's id or ARN, or an alias like `alias/aws/kinesis` or its ARN. `NotFoundException`: there is none.
    ///
    /// https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
    package func key(_ id: String) async throws -> KMSKey {
        let reply = try await service.call(
            "DescribeKey", DescribeKeyRequest(keyId: id), replyingWith: DescribeKeyReply.self)
        let key = reply.keyMetadata
        return KMSKey(arn: key.arn, state: key.keyState, managedByAWS: key.keyManager == "AWS")
    }
}

private struct DescribeKeyRequest: Encodable {
    let keyId: String
}

private struct DescribeKeyReply: Decodable {
    struct Key: Decodable {
        let arn: String
        let keyState: String
        let keyManager: String?
    }

    let keyMetadata: Key
}
