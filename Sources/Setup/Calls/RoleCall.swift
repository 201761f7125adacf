internal import AWS

/// What is done to a role.
package enum RoleCall: Hashable, Sendable {
    case create(trust: PolicyDocument, description: String, tags: [String: String])
    case setTrust(PolicyDocument)
    case tag([String: String])
    case putPolicy(name: String, PolicyDocument)
    /// IAM needs some time until everybody acts by what it was told, and says nothing of when that is.
    case waitUntilKnown
    case deletePolicy(name: String)
    case delete
}

extension RoleCall {
    /// Longer than it takes as a rule. AWS gives no figure.
    static let settlingTime = Duration.seconds(15)

    /// `nil` for waiting.
    func request(_ role: String) -> AWSRequest? {
        func request(
            _ operation: String, _ members: KeyValuePairs<String, JSONTree?> = [:],
            documents: KeyValuePairs<String, PolicyDocument> = [:]
        ) -> AWSRequest {
            AWSRequest("iam", operation, region: nil, ["RoleName": .text(role)], members, documents: documents)
        }
        switch self {
        case .create(let trust, let description, let tags):
            return request(
                "CreateRole", ["Description": .text(description), "Tags": .tagList(tags)],
                documents: ["AssumeRolePolicyDocument": trust])
        case .setTrust(let document): return request("UpdateAssumeRolePolicy", documents: ["PolicyDocument": document])
        case .tag(let tags): return request("TagRole", ["Tags": .tagList(tags)])
        case .putPolicy(let name, let document):
            return request("PutRolePolicy", ["PolicyName": .text(name)], documents: ["PolicyDocument": document])
        case .waitUntilKnown: return nil
        case .deletePolicy(let name): return request("DeleteRolePolicy", ["PolicyName": .text(name)])
        case .delete: return request("DeleteRole")
        }
    }

    func perform(on role: String, with iam: IAMClient) async throws {
        switch self {
        case .create(let trust, let description, let tags):
            _ = try await iam.createRole(role, trust: trust.json.compact, description: description, tags: tags)
        case .setTrust(let document): try await iam.setTrust(of: role, to: document.json.compact)
        case .tag(let tags): try await iam.tagRole(role, tags: tags)
        case .putPolicy(let name, let document):
            try await iam.putRolePolicy(document.json.compact, named: name, on: role)
        case .waitUntilKnown: preconditionFailure("waiting is no call")
        case .deletePolicy(let name): _ = try await iam.deleteRolePolicy(named: name, of: role)
        case .delete: _ = try await iam.deleteRole(role)
        }
    }
}
