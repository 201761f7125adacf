extension LogsClient {
    /// Makes a filter, or replaces the one of that name whole.
    ///
    /// `ResourceNotFoundException`: the group or the destination is not there. `LimitExceededException`: the group has as
    /// many filters as AWS allows.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
    package func putSubscriptionFilter(_ filter: SubscriptionFilter) async throws {
        try await service.call("PutSubscriptionFilter", WireSubscriptionFilter(filter))
    }
}
