extension IAMClient {
    /// Makes a role that those in `trust`, a JSON document, may assume. `EntityAlreadyExists`: there is one of that name.
    ///
    /// AWS takes a trust policy of 2,048 characters unless the account's quota was raised, and 50 tags.
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
    package func createRole(
        _ name: String, trust: String, description: String, tags: [String: String]
    ) async throws -> IAMRole {
        let parameters = [
            ("RoleName", name), ("AssumeRolePolicyDocument", trust), ("Description", description),
        ]
        return try await service.query("CreateRole", parameters + tagParameters(tags)) { result in
            try IAMRole(result.child("Role"))
        }
    }
}
