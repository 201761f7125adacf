extension LogsClient {
    /// The subscription policies of the account in this Region.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeAccountPolicies.html
    package func accountPolicies() async throws -> [AccountPolicy] {
        let operation = "DescribeAccountPolicies"
        return try await service.allItems(of: operation) { token in
            let reply = try await service.call(
                operation, DescribeAccountPoliciesRequest(policyType: AccountPolicy.type, nextToken: token),
                replyingWith: DescribeAccountPoliciesReply.self)
            return ListPage(items: (reply.accountPolicies ?? []).map(\.policy), next: reply.nextToken)
        }
    }
}

private struct DescribeAccountPoliciesRequest: Encodable {
    let policyType: String
    let nextToken: String?
}

private struct DescribeAccountPoliciesReply: Decodable {
    struct WirePolicy: Decodable {
        let policyName: String
        let policyDocument: String
        let selectionCriteria: String?
        let scope: String?

        var policy: AccountPolicy {
            AccountPolicy(
                name: policyName, document: policyDocument, selectionCriteria: selectionCriteria, scope: scope ?? "ALL")
        }
    }

    let accountPolicies: [WirePolicy]?
    let nextToken: String?
}
