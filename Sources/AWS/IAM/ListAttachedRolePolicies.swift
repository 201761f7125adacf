/// A managed policy that a role has.
package struct AttachedPolicy: Hashable, Sendable {
    package let name: String
    package let arn: String

    package init(name: String, arn: String) {
        self.name = name
        self.arn = arn
    }
}

extension IAMClient {
    /// The managed policies of a role, all pages of the list.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html
    package func attachedPolicies(of role: String) async throws -> [AttachedPolicy] {
        try await markedItems(of: "ListAttachedRolePolicies", [("RoleName", role)]) { result in
            try result.members(of: "AttachedPolicies").map { policy in
                AttachedPolicy(name: try policy.text(of: "PolicyName"), arn: try policy.text(of: "PolicyArn"))
            }
        }
    }
}
