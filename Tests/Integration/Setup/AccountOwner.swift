@testable import AWS

/// Who owns an account, and calls AWS without the program.
struct AccountOwner: Sendable {
    let id: String
    let bench: SetupBench

    var logs: LogsClient { get throws { LogsClient(try client(.logs)) } }
    var iam: IAMClient { get throws { IAMClient(try client(.iam)) } }
    var kinesis: KinesisClient { get throws { KinesisClient(try client(.kinesis)) } }

    func client(_ service: AWSService, region: String = SetupBench.region) throws -> ServiceClient {
        try bench.client(of: service, account: id, region: region)
    }

    // MARK: What the program itself never calls

    func kinesis(_ operation: String, _ request: [String: String]) async throws {
        try await client(.kinesis).call(operation, request)
    }

    func deleteStream(_ name: String) async throws {
        _ = try await kinesis.deleteStream(.name(name), enforcingConsumerDeletion: false)
    }

    func logs(_ operation: String, _ request: [String: String]) async throws {
        try await client(.logs).call(operation, request)
    }

    func kms(_ operation: String, key: String) async throws {
        try await client(.kms).call(operation, ["KeyId": key])
    }

    /// Answers the new key's ARN.
    func createKey(region: String = SetupBench.region) async throws -> String {
        struct Request: Encodable { let description: String }
        struct Reply: Decodable {
            struct Metadata: Decodable { let arn: String }
            let keyMetadata: Metadata
        }
        let request = Request(description: "of a stream")
        return try await client(.kms, region: region).call("CreateKey", request, replyingWith: Reply.self).keyMetadata
            .arn
    }

    /// Makes a managed policy, attaches it to a role, and answers its ARN.
    func attachPolicy(_ document: String, named name: String, to role: String) async throws -> String {
        let iam = try client(.iam)
        let arn = try await iam.query("CreatePolicy", [("PolicyName", name), ("PolicyDocument", document)]) { result in
            try result.child("Policy").text(of: "Arn")
        }
        try await iam.query("AttachRolePolicy", [("RoleName", role), ("PolicyArn", arn)])
        return arn
    }

    func detachPolicy(named name: String, from role: String) async throws {
        try await client(.iam).query(
            "DetachRolePolicy", [("RoleName", role), ("PolicyArn", "arn:aws:iam::\(id):policy/\(name)")])
    }

    /// A role with one inline policy, both JSON.
    func makeRole(_ name: String, path: String = "/", trust: String, policy: String) async throws {
        try await client(.iam).query(
            "CreateRole", [("RoleName", name), ("Path", path), ("AssumeRolePolicyDocument", trust)])
        try await iam.putRolePolicy(policy, named: "own", on: name)
    }

    /// Deletes a role with all of its inline policies.
    func deleteRole(_ name: String) async throws {
        for policy in try await iam.rolePolicyNames(of: name) {
            _ = try await iam.deleteRolePolicy(named: policy, of: name)
        }
        _ = try await iam.deleteRole(name)
    }
}
