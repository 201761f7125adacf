extension LogsClient {
    /// Says who may subscribe log groups to a destination. `policy` is a JSON document.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDestinationPolicy.html
    package func putDestinationPolicy(_ policy: String, on destination: String) async throws {
        try await service.call(
            "PutDestinationPolicy",
            PutDestinationPolicyRequest(destinationName: destination, accessPolicy: policy))
    }
}

private struct PutDestinationPolicyRequest: Encodable {
    let destinationName: String
    let accessPolicy: String
}
