extension LogsClient {
    /// The tags of a destination or log group. A log group's ARN goes without `:*` here.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html
    package func tags(of arn: String) async throws -> [String: String] {
        let reply = try await service.call(
            "ListTagsForResource", ListTagsForResourceRequest(resourceArn: arn),
            replyingWith: ListTagsForResourceReply.self)
        return reply.tags ?? [:]
    }
}

private struct ListTagsForResourceRequest: Encodable {
    let resourceArn: String
}

private struct ListTagsForResourceReply: Decodable {
    let tags: [String: String]?
}
