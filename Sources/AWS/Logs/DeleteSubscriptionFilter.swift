extension LogsClient {
    /// Deletes a filter; `false` when it was not there, or the group was not.
    ///
    /// An attempt whose answer was lost and that is made again finds nothing: `false` may mean that this call did it.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteSubscriptionFilter.html
    package func deleteSubscriptionFilter(_ name: String, of group: String) async throws -> Bool {
        try await unlessNotFound {
            try await service.call(
                "DeleteSubscriptionFilter", DeleteSubscriptionFilterRequest(logGroupName: group, filterName: name))
        } != nil
    }
}

private struct DeleteSubscriptionFilterRequest: Encodable {
    let logGroupName: String
    let filterName: String
}
