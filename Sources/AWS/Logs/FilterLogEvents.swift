extension LogsClient {
    /// A page of the events of all log streams of a group, those that match `pattern` if there is one.
    ///
    /// An empty page with a token is normal: more may follow.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
    package func filterLogEvents(
        in group: String, pattern: String? = nil, from token: String? = nil
    ) async throws -> StoredLogEvents {
        let request = FilterLogEventsRequest(logGroupName: group, filterPattern: pattern, nextToken: token)
        let reply = try await service.call("FilterLogEvents", request, replyingWith: FilterLogEventsReply.self)
        return StoredLogEvents(events: reply.events.map(\.event), next: reply.nextToken)
    }
}

private struct FilterLogEventsRequest: Encodable {
    let logGroupName: String
    let filterPattern: String?
    let nextToken: String?
}

private struct FilterLogEventsReply: Decodable {
    let events: [WireLogEvent]
    let nextToken: String?
}
