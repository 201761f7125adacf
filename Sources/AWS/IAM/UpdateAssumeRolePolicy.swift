extension IAMClient {
    /// Replaces a role's trust policy whole. `document` is JSON.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html
    package func setTrust(of role: String, to document: String) async throws {
        try await service.query("UpdateAssumeRolePolicy", [("RoleName", role), ("PolicyDocument", document)])
    }
}
