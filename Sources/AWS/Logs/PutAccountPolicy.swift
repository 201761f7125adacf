extension LogsClient {
    /// Makes an account's subscription policy, or replaces the one of that name whole. `LimitExceededException`: there is
    /// another, and an account has one in each Region.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html
    package func putAccountPolicy(_ policy: AccountPolicy) async throws {
        let request = PutAccountPolicyRequest(
            policyName: policy.name, policyDocument: policy.document, policyType: AccountPolicy.type,
            scope: policy.scope, selectionCriteria: policy.selectionCriteria)
        try await service.call("PutAccountPolicy", request)
    }
}

private struct PutAccountPolicyRequest: Encodable {
    let policyName: String
    let policyDocument: String
    let policyType: String
    let scope: String
    let selectionCriteria: String?
}
