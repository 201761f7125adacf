/// A role, and who may assume it.
package struct IAMRole: Hashable, Sendable {
    package let name: String
    package let arn: String
    /// The trust policy, JSON text as it was put.
    package let trust: String
    package let tags: [String: String]

    package init(name: String, arn: String, trust: String, tags: [String: String] = [:]) {
        self.name = name
        self.arn = arn
        self.trust = trust
        self.tags = tags
    }
}

extension IAMRole {
    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
    init(_ role: XMLNode) throws {
        let tags = try role.members(of: "Tags").map { (try $0.text(of: "Key"), try $0.text(of: "Value")) }
        self.init(
            name: try role.text(of: "RoleName"), arn: try role.text(of: "Arn"),
            trust: try role.document(of: "AssumeRolePolicyDocument"),
            tags: Dictionary(tags, uniquingKeysWith: { _, later in later }))
    }
}

/// Tags as parameters of a query, in the order of their keys.
func tagParameters(_ tags: [String: String]) -> [(name: String, value: String)] {
    tags.sorted { $0.key < $1.key }.enumerated().flatMap { index, tag in
        [("Tags.member.\(index + 1).Key", tag.key), ("Tags.member.\(index + 1).Value", tag.value)]
    }
}
