extension IAMClient {
    /// `nil` when there is no such role.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
    package func role(named name: String) async throws -> IAMRole? {
        try await unlessNotFound {
            try await service.query("GetRole", [("RoleName", name)]) { try IAMRole($0.child("Role")) }
        }
    }
}
