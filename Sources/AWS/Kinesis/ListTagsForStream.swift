extension KinesisClient {
    /// A stream's tags, all pages of the list. 5 calls a second for an account.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListTagsForStream.html
    package func tags(of stream: StreamReference) async throws -> [String: String] {
        let operation = "ListTagsForStream"
        let tags = try await service.allItems(of: operation) { lastKey in
            let request = ListTagsForStreamRequest(
                streamName: stream.name, streamARN: stream.arn, exclusiveStartTagKey: lastKey)
            let reply = try await service.call(operation, request, replyingWith: ListTagsForStreamReply.self)
            guard reply.hasMoreTags else { return ListPage(items: reply.tags, next: nil) }
            guard let next = reply.tags.last?.key ?? lastKey else {
                throw service.unreadable(operation, "more tags are promised than the none that came")
            }
            return ListPage(items: reply.tags, next: next)
        }
        return Dictionary(tags.map { ($0.key, $0.value ?? "") }, uniquingKeysWith: { _, later in later })
    }
}

private struct ListTagsForStreamRequest: Encodable {
    let streamName: String?
    let streamARN: String?
    let exclusiveStartTagKey: String?
}

private struct ListTagsForStreamReply: Decodable {
    struct Tag: Decodable {
        let key: String
        let value: String?
    }

    let tags: [Tag]
    let hasMoreTags: Bool
}
