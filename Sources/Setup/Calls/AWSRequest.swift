/// A call as AWS's model names it: what the machine form and the command line are made from.
package struct AWSRequest: Hashable, Sendable {
    /// What `aws` calls the service: `kinesis`, `iam`, `logs`.
    package let service: String
    /// `CreateStream` and the like.
    package let operation: String
    /// `nil` for IAM, which is the same everywhere.
    package let region: String?
    package let parameters: [Parameter]

    package struct Parameter: Hashable, Sendable {
        package let name: String
        package let value: Value
    }

    package enum Value: Hashable, Sendable {
        case plain(JSONTree)
        /// A policy, which has a file of its own on a command line. AWS takes it as text.
        case document(JSONTree)
    }

    /// `named` says which resource it is about, `members` what is to be with it; those that are `nil` are left out.
    init(
        _ service: String, _ operation: String, region: String?, _ named: KeyValuePairs<String, JSONTree>,
        _ members: KeyValuePairs<String, JSONTree?>, documents: KeyValuePairs<String, PolicyDocument> = [:]
    ) {
        self.service = service
        self.operation = operation
        self.region = region
        parameters =
            named.map { name, value in Parameter(name: name, value: .plain(value)) }
            + members.compactMap { name, value in value.map { Parameter(name: name, value: .plain($0)) } }
            + documents.map { name, document in Parameter(name: name, value: .document(document.json)) }
    }
}

extension AWSRequest {
    /// `{"service":…,"operation":…,"region":…,"parameters":{…}}`, documents as JSON and not as text.
    package var json: JSONTree {
        let members = parameters.map { parameter in
            switch parameter.value {
            case .plain(let value), .document(let value): JSONTree.Member(parameter.name, value)
            }
        }
        return .object([
            "service": .text(service), "operation": .text(operation), "region": region.map(JSONTree.text),
            "parameters": .object(members),
        ])
    }
}

extension JSONTree {
    /// `{"key":"value"}`, as Kinesis and CloudWatch Logs want tags; `nil` for none.
    static func tagMap(_ tags: [String: String]) -> JSONTree? {
        guard !tags.isEmpty else { return nil }
        return .object(tags.sorted { $0.key < $1.key }.map { Member($0.key, .text($0.value)) })
    }

    /// `[{"Key":"key","Value":"value"}]`, as IAM does.
    static func tagList(_ tags: [String: String]) -> JSONTree? {
        guard !tags.isEmpty else { return nil }
        return .list(
            tags.sorted { $0.key < $1.key }.map { .object(["Key": .text($0.key), "Value": .text($0.value)]) })
    }
}
