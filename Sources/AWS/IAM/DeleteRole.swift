extension IAMClient {
    /// Deletes a role that has no policies any more; `false` when it was not there. `DeleteConflict`: it has some.
    ///
    /// An attempt whose answer was lost and that is made again finds nothing: `false` may mean that this call did it.
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html
    package func deleteRole(_ name: String) async throws -> Bool {
        try await unlessNotFound { try await service.query("DeleteRole", [("RoleName", name)]) } != nil
    }
}
