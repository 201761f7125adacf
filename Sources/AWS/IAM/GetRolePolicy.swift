extension IAMClient {
    /// An inline policy's JSON text as it was put; `nil` when the role has none of that name, or is not there itself.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
    package func rolePolicy(named name: String, of role: String) async throws -> String? {
        try await unlessNotFound {
            try await service.query("GetRolePolicy", [("RoleName", role), ("PolicyName", name)]) { result in
                try result.document(of: "PolicyDocument")
            }
        }
    }
}
