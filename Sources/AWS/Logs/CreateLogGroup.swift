extension LogsClient {
    /// `ResourceAlreadyExistsException`: it is there. `OperationAbortedException`: somebody else is at it, repeat.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
    package func createLogGroup(_ group: String) async throws {
        try await service.call("CreateLogGroup", CreateLogGroupRequest(logGroupName: group))
    }
}

private struct CreateLogGroupRequest: Encodable {
    let logGroupName: String
}
