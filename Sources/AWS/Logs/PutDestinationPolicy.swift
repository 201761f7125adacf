extension LogsClient {
    /// Says who may subscribe log groups to a destination. `policy` is a JSON document.
    ///
    /// Only with `force` AWS replaces a policy of account ids by one of an organization, since the filters of those
    /// accounts stop unless they have a role.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDestinationPolicy.html
    package func putDestinationPolicy(
        _ policy: String, on destination: String, force: Bool = false
    ) async throws {
        try await service.call(
            "PutDestinationPolicy",
            PutDestinationPolicyRequest(
                destinationName: destination, accessPolicy: policy, forceUpdate: force ? true : nil))
    }
}

private struct PutDestinationPolicyRequest: Encodable {
    let destinationName: String
    let accessPolicy: String
    let forceUpdate: Bool?
}
