internal import AWS

/// What is done to a destination.
package enum DestinationCall: Hashable, Sendable {
    /// Makes it or changes it. AWS writes a message to `target`, the stream's ARN, by `role`, a role's ARN.
    case put(target: String, role: String)
    /// Only afterwards: AWS cannot reach a destination that is tagged while it is made.
    case tag([String: String])
    case putPolicy(PolicyDocument, force: Bool)
    case delete
}

extension DestinationCall {
    var waitsForRoles: Bool {
        switch self {
        case .put: true
        case .tag, .putPolicy, .delete: false
        }
    }

    func request(_ destination: DestinationARN) -> AWSRequest {
        let name = JSONTree.text(destination.name)
        let region = destination.place.region
        return switch self {
        case .put(let target, let role):
            AWSRequest(
                "logs", "PutDestination", region: region, ["destinationName": name],
                ["targetArn": .text(target), "roleArn": .text(role)])
        case .tag(let tags):
            AWSRequest(
                "logs", "TagResource", region: region, ["resourceArn": .text(destination.description)],
                ["tags": .tagMap(tags)])
        case .putPolicy(let document, let force):
            AWSRequest(
                "logs", "PutDestinationPolicy", region: region, ["destinationName": name],
                ["forceUpdate": force ? .flag(true) : nil], documents: ["accessPolicy": document])
        case .delete: AWSRequest("logs", "DeleteDestination", region: region, ["destinationName": name], [:])
        }
    }

    func perform(on destination: DestinationARN, with logs: LogsClient) async throws {
        switch self {
        case .put(let target, let role):
            _ = try await logs.putDestination(destination.name, target: target, role: role)
        case .tag(let tags): try await logs.tag(destination.description, tags)
        case .putPolicy(let document, let force):
            try await logs.putDestinationPolicy(document.json.compact, on: destination.name, force: force)
        case .delete: _ = try await logs.deleteDestination(destination.name)
        }
    }
}
