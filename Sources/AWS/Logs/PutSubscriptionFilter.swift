/// What of a log group goes where.
package struct SubscriptionFilter: Hashable, Sendable, Encodable {
    /// How CloudWatch Logs spreads payloads over shards.
    package enum Distribution: String, Hashable, Sendable, Encodable {
        /// AWS's default: what one log stream sends stays in order.
        case byLogStream = "ByLogStream"
        case random = "Random"
    }

    private let logGroupName: String
    private let filterName: String
    private let filterPattern: String
    private let destinationArn: String
    private let roleArn: String?
    private let distribution: Distribution?

    /// `destination` is the ARN of a destination or of a stream of the same account; `role` goes with the latter, or
    /// with a destination that admits an organization. An empty `pattern` takes every event.
    package init(
        name: String, group: String, pattern: String, destination: String, role: String? = nil,
        distribution: Distribution? = nil
    ) {
        logGroupName = group
        filterName = name
        filterPattern = pattern
        destinationArn = destination
        roleArn = role
        self.distribution = distribution
    }
}

extension LogsClient {
    /// Makes a filter, or replaces the one of that name whole.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
    package func putSubscriptionFilter(_ filter: SubscriptionFilter) async throws {
        try await service.call("PutSubscriptionFilter", filter)
    }
}
