extension LogsClient {
    /// Deletes a subscription policy of the account; `false` when it was not there.
    ///
    /// An attempt whose answer was lost and that is made again finds nothing: `false` may mean that this call did it.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteAccountPolicy.html
    package func deleteAccountPolicy(_ name: String) async throws -> Bool {
        try await unlessNotFound {
            try await service.call(
                "DeleteAccountPolicy", DeleteAccountPolicyRequest(policyName: name, policyType: AccountPolicy.type))
        } != nil
    }
}

private struct DeleteAccountPolicyRequest: Encodable {
    let policyName: String
    let policyType: String
}
