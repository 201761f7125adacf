package import Signing

extension STSClient {
    /// Temporary credentials of a role, which this client's own credentials must be allowed to assume.
    ///
    /// `sessionName` has 2 to 64 of the characters `A-Z a-z 0-9 _ + = , . @ -` and shows in CloudTrail. `externalID` is
    /// the secret that some roles ask for. `duration` is between 15 minutes and the role's maximum, 1 hour when `nil` and
    /// at most when this client's own credentials are a role's.
    /// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    package func assumeRole(
        _ arn: String, sessionName: String, externalID: String? = nil, duration: Duration? = nil
    ) async throws -> Credentials {
        let parameters: [(name: String, value: String?)] = [
            ("RoleArn", arn), ("RoleSessionName", sessionName), ("ExternalId", externalID),
            ("DurationSeconds", duration.map { String($0.components.seconds) }),
        ]
        let given = parameters.compactMap { parameter in parameter.value.map { (parameter.name, $0) } }
        return try await service.query("AssumeRole", given) { result in
            let credentials = try result.child("Credentials")
            guard let expiration = UTCTime(iso8601: try credentials.text(of: "Expiration")) else {
                throw UnreadableReply("credentials whose Expiration is no time")
            }
            return Credentials(
                accessKeyID: try credentials.text(of: "AccessKeyId"),
                secretAccessKey: try credentials.text(of: "SecretAccessKey"),
                sessionToken: try credentials.text(of: "SessionToken"), expiration: expiration)
        }
    }
}
