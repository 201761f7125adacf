extension IAMClient {
    /// Takes an inline policy from a role; `false` when it was not there, or the role was not.
    ///
    /// An attempt whose answer was lost and that is made again finds nothing: `false` may mean that this call did it.
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html
    package func deleteRolePolicy(named name: String, of role: String) async throws -> Bool {
        try await unlessNotFound {
            try await service.query("DeleteRolePolicy", [("RoleName", role), ("PolicyName", name)])
        } != nil
    }
}
