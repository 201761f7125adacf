/// Who the credentials belong to.
package struct CallerIdentity: Hashable, Sendable {
    /// Twelve digits.
    package let account: String
    package let arn: String
    package let userID: String

    package init(account: String, arn: String, userID: String) {
        self.account = account
        self.arn = arn
        self.userID = userID
    }
}

extension STSClient {
    /// Needs no permission at all.
    ///
    /// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    package func callerIdentity() async throws -> CallerIdentity {
        try await service.query("GetCallerIdentity") { result in
            CallerIdentity(
                account: try result.text(of: "Account"), arn: try result.text(of: "Arn"),
                userID: try result.text(of: "UserId"))
        }
    }
}
