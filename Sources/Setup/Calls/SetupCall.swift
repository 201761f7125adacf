/// One call that makes, changes or removes something, or waits until it is there.
///
/// Each may be made twice: the second leaves what the first left, or is refused without harm.
package enum SetupCall: Hashable, Sendable {
    case stream(StreamPlace, StreamCall)
    case role(String, RoleCall)
    case destination(DestinationARN, DestinationCall)
    case subscription(region: String, SubscriptionCall)
}

package struct StreamPlace: Hashable, Sendable {
    package let name: String
    package let region: String

    package init(name: String, region: String) {
        self.name = name
        self.region = region
    }
}

extension SetupCall {
    /// The same as AWS's model has it; `nil` for waiting, which is many calls.
    package var request: AWSRequest? {
        switch self {
        case .stream(let stream, let call): call.request(stream)
        case .role(let name, let call): call.request(name)
        case .destination(let destination, let call): call.request(destination)
        case .subscription(let region, let call): call.request(region)
        }
    }

    /// The request, or what is waited for.
    var json: JSONTree { request?.json ?? .object(["wait": .text(words)]) }

    /// `CreateRole CWLtoKinesisRole`
    package var words: String {
        switch self {
        case .stream(let stream, .waitUntilActive): "wait for stream \(stream.name)"
        case .stream(let stream, let call): "\(call.request(stream)?.operation ?? "") \(stream.name)"
        case .role(let name, .waitUntilKnown): "wait until role \(name) is known everywhere"
        case .role(let name, let call): "\(call.request(name)?.operation ?? "") \(name)"
        case .destination(let destination, let call): "\(call.request(destination).operation) \(destination.name)"
        case .subscription(let region, let call): "\(call.request(region).operation) \(call.name)"
        }
    }

    /// Whether a stream that is still being changed refuses it.
    var waitsForStream: Bool {
        switch self {
        case .stream(_, .increaseRetention), .stream(_, .encrypt): true
        case .stream, .role, .destination, .subscription: false
        }
    }

    /// What a finding about the same is about.
    var subject: String {
        switch self {
        case .stream(let stream, _): "stream \(stream.name)"
        case .role(let name, _): "role \(name)"
        case .destination(let destination, _): "destination \(destination.name)"
        case .subscription(_, let call):
            "\(call.isAboutAccount ? "account policy" : "subscription filter") \(call.name)"
        }
    }

    var isAboutRole: Bool {
        switch self {
        case .role: true
        case .stream, .destination, .subscription: false
        }
    }

    /// Whether AWS acts by a role at once, which it may not know yet.
    var waitsForRoles: Bool {
        switch self {
        case .stream, .role: false
        case .destination(_, let call): call.waitsForRoles
        case .subscription(_, let call): call.waitsForRoles
        }
    }

    /// Makes the call; a stream is waited for by who carries out the plan. `region` leads to IAM.
    func perform(with clients: AccountClients, region: String) async throws {
        switch self {
        case .stream(let stream, let call): try await call.perform(on: stream, with: clients.kinesis(stream.region))
        case .role(let name, let call): try await call.perform(on: name, with: clients.iam(region))
        case .destination(let destination, let call):
            try await call.perform(on: destination, with: clients.logs(destination.place.region))
        case .subscription(let region, let call): try await call.perform(with: clients.logs(region))
        }
    }
}
