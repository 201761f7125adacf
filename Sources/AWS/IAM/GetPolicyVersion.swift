extension IAMClient {
    /// A managed policy's JSON text, of the version that is in force.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html
    package func managedPolicy(_ arn: String) async throws -> String {
        let version = try await service.query("GetPolicy", [("PolicyArn", arn)]) { result in
            try result.child("Policy").text(of: "DefaultVersionId")
        }
        return try await service.query("GetPolicyVersion", [("PolicyArn", arn), ("VersionId", version)]) { result in
            try result.child("PolicyVersion").document(of: "Document")
        }
    }
}
