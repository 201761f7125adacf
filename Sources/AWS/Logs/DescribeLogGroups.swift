/// A log group, without its size and the like.
package struct LogGroupSummary: Hashable, Sendable {
    package let name: String
    /// Without `:*` at its end.
    package let arn: String
    /// `STANDARD`, the only class that can be subscribed, or another of AWS's words.
    package let groupClass: String
    /// `nil`: for ever.
    package let retentionDays: Int?

    package init(name: String, arn: String, groupClass: String = "STANDARD", retentionDays: Int? = nil) {
        self.name = name
        self.arn = arn
        self.groupClass = groupClass
        self.retentionDays = retentionDays
    }
}

extension LogsClient {
    /// `nil` when there is none of exactly that name: AWS looks for names that begin with it.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
    package func logGroup(named name: String) async throws -> LogGroupSummary? {
        try await service.firstItem(of: "DescribeLogGroups", where: { $0.name == name }) { token in
            try await page(prefix: name, token: token)
        }
    }

    /// Those whose names begin with `prefix`; all of them when that is empty.
    package func logGroups(prefix: String) async throws -> [LogGroupSummary] {
        try await service.allItems(of: "DescribeLogGroups") { token in try await page(prefix: prefix, token: token) }
    }

    private func page(prefix: String, token: String?) async throws -> ListPage<LogGroupSummary> {
        let reply = try await service.call(
            "DescribeLogGroups",
            DescribeLogGroupsRequest(logGroupNamePrefix: prefix.isEmpty ? nil : prefix, nextToken: token),
            replyingWith: DescribeLogGroupsReply.self)
        return ListPage(items: (reply.logGroups ?? []).map(\.summary), next: reply.nextToken)
    }
}

private struct DescribeLogGroupsRequest: Encodable {
    let logGroupNamePrefix: String?
    let nextToken: String?
}

private struct DescribeLogGroupsReply: Decodable {
    struct LogGroup: Decodable {
        let logGroupName: String
        /// Ends with `:*`.
        let arn: String
        let logGroupClass: String?
        let retentionInDays: Int?

        var summary: LogGroupSummary {
            LogGroupSummary(
                name: logGroupName, arn: arn.hasSuffix(":*") ? String(arn.dropLast(2)) : arn,
                groupClass: logGroupClass ?? "STANDARD", retentionDays: retentionInDays)
        }
    }

    let logGroups: [LogGroup]?
    let nextToken: String?
}
