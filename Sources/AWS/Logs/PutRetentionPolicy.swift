extension LogsClient {
    /// Keeps the events of `group` for `days`, which must be one of the numbers AWS allows.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    package func putRetentionPolicy(days: Int, on group: String) async throws {
        try await service.call(
            "PutRetentionPolicy", PutRetentionPolicyRequest(logGroupName: group, retentionInDays: days))
    }
}

private struct PutRetentionPolicyRequest: Encodable {
    let logGroupName: String
    let retentionInDays: Int
}
