extension LogsClient {
    /// Every filter of a log group. `ResourceNotFoundException`: the group is not there.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeSubscriptionFilters.html
    package func subscriptionFilters(of group: String) async throws -> [SubscriptionFilter] {
        let operation = "DescribeSubscriptionFilters"
        return try await service.allItems(of: operation) { token in
            let reply = try await service.call(
                operation, DescribeSubscriptionFiltersRequest(logGroupName: group, nextToken: token),
                replyingWith: DescribeSubscriptionFiltersReply.self)
            return ListPage(items: (reply.subscriptionFilters ?? []).map(\.described), next: reply.nextToken)
        }
    }
}

private struct DescribeSubscriptionFiltersRequest: Encodable {
    let logGroupName: String
    let nextToken: String?
}

private struct DescribeSubscriptionFiltersReply: Decodable {
    let subscriptionFilters: [WireSubscriptionFilter]?
    let nextToken: String?
}
