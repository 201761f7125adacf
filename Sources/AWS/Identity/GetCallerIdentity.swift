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
        try await service.call(service.queryCall("GetCallerIdentity")) { body in
            let result = try XMLNode.parse(body)["GetCallerIdentityResult"]
            guard let account = result?["Account"]?.text, let arn = result?["Arn"]?.text,
                let userID = result?["UserId"]?.text
            else { throw UnreadableReply("an identity without Account, Arn or UserId") }
            return CallerIdentity(account: account, arn: arn, userID: userID)
        }
    }
}
