extension IAMClient {
    /// Gives a role an inline policy, or replaces the one of that name whole. `document` is JSON.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
    package func putRolePolicy(_ document: String, named name: String, on role: String) async throws {
        try await service.query(
            "PutRolePolicy", [("RoleName", role), ("PolicyName", name), ("PolicyDocument", document)])
    }
}
