/// A role of an account: who may assume it, and what it may do.
struct EmulatedRole: Sendable {
    let name: String
    /// `/` or `/team/`.
    let path: String
    let arn: String
    /// `AROA…`
    let id: String
    /// Milliseconds since 1970.
    let created: Int64
    let description: String?
    let sessionSecondsMax: Int
    var trust: PolicyDocument
    /// By name.
    var inline: [String: PolicyDocument] = [:]
    /// ARNs of managed policies, in the order of their attachment.
    var attached: [String] = []
    var tags: [String: String]
}

/// A policy with a name of its own, which roles share. It has one version.
struct ManagedPolicy: Sendable {
    static let version = "v1"

    let name: String
    let path: String
    let arn: String
    /// `ANPA…`
    let id: String
    /// Milliseconds since 1970.
    let created: Int64
    let description: String?
    let document: PolicyDocument
    let tags: [String: String]
}

extension EmulatedRole {
    func write(to result: inout XMLWriter) {
        result.element("Role") { role in
            role.element("Path", path)
            role.element("RoleName", name)
            role.element("RoleId", id)
            role.element("Arn", arn)
            role.element("CreateDate", DateText.iso8601(created))
            role.element("AssumeRolePolicyDocument", trust.encoded)
            role.element("Description", description)
            role.element("MaxSessionDuration", String(sessionSecondsMax))
            if !tags.isEmpty { role.tags(tags) }
        }
    }
}

extension ManagedPolicy {
    func write(to result: inout XMLWriter, attachments: Int) {
        result.element("Policy") { policy in
            policy.element("PolicyName", name)
            policy.element("PolicyId", id)
            policy.element("Arn", arn)
            policy.element("Path", path)
            policy.element("DefaultVersionId", Self.version)
            policy.element("AttachmentCount", String(attachments))
            policy.element("PermissionsBoundaryUsageCount", "0")
            policy.element("IsAttachable", "true")
            policy.element("Description", description)
            policy.element("CreateDate", DateText.iso8601(created))
            policy.element("UpdateDate", DateText.iso8601(created))
            if !tags.isEmpty { policy.tags(tags) }
        }
    }
}

extension XMLWriter {
    fileprivate mutating func tags(_ tags: [String: String]) {
        list("Tags", tags.sorted { $0.key < $1.key }) { $0.tag($1.key, $1.value) }
    }

    mutating func tag(_ key: String, _ value: String) {
        element("Key", key)
        element("Value", value)
    }
}
