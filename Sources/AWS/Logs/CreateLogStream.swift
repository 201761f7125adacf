extension LogsClient {
    /// `ResourceAlreadyExistsException`: it is there. `ResourceNotFoundException`: the group is not.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html
    package func createLogStream(_ stream: String, in group: String) async throws {
        try await service.call("CreateLogStream", CreateLogStreamRequest(logGroupName: group, logStreamName: stream))
    }
}

private struct CreateLogStreamRequest: Encodable {
    let logGroupName: String
    let logStreamName: String
}
