/// The calls of IAM that the emulator answers.
enum IdentityOperation: String, CaseIterable, Sendable {
    case attachRolePolicy = "AttachRolePolicy"
    case createPolicy = "CreatePolicy"
    case createRole = "CreateRole"
    case deleteRole = "DeleteRole"
    case deleteRolePolicy = "DeleteRolePolicy"
    case detachRolePolicy = "DetachRolePolicy"
    case getPolicy = "GetPolicy"
    case getPolicyVersion = "GetPolicyVersion"
    case getRole = "GetRole"
    case getRolePolicy = "GetRolePolicy"
    case listAttachedRolePolicies = "ListAttachedRolePolicies"
    case listRolePolicies = "ListRolePolicies"
    case listRoleTags = "ListRoleTags"
    case putRolePolicy = "PutRolePolicy"
    case tagRole = "TagRole"
    case updateAssumeRolePolicy = "UpdateAssumeRolePolicy"
}

/// What IAM allows by default.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
enum IdentityLimits {
    /// Characters of a trust policy, white space not counted, as in the two that follow.
    static let trustCharactersMax = 2048
    /// Of all of a role's inline policies together.
    static let inlineCharactersMax = 10_240
    static let managedCharactersMax = 6144
    static let attachedPoliciesMax = 10
    static let tagsMax = 50
    static let pageItemsMax = 1000
    static let pageItemsDefault = 100
    /// How long a role's sessions may be, as the role itself may say.
    static let sessionSeconds = 3600...43_200
}
