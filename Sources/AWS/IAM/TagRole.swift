extension IAMClient {
    /// Adds tags to a role, or changes those it has. `tags` must not be empty.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html
    package func tagRole(_ name: String, tags: [String: String]) async throws {
        try await service.query("TagRole", [("RoleName", name)] + tagParameters(tags))
    }
}
