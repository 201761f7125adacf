extension LogsClient {
    /// Adds tags to a destination or log group, or changes those it has. `tags` must not be empty.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html
    package func tag(_ arn: String, _ tags: [String: String]) async throws {
        try await service.call("TagResource", TagResourceRequest(resourceArn: arn, tags: tags))
    }
}

private struct TagResourceRequest: Encodable {
    let resourceArn: String
    let tags: [String: String]
}
