package import AWS

/// What a recipient's account has of a goal; `nil` is what is not there.
package struct RecipientState: Hashable, Sendable {
    package var stream: StreamState?
    /// The key that the stream uses, or is to use. `nil` also for AWS's own, which needs no right.
    package var key: KeyState?
    package var role: RoleState?
    package var destination: DestinationState?
    /// The account's other destinations in this Region, which may use the same role and stream.
    package var neighbours: [Destination] = []
    package var unread = Unread()

    package init(
        stream: StreamState? = nil, key: KeyState? = nil, role: RoleState? = nil, destination: DestinationState? = nil
    ) {
        self.stream = stream
        self.key = key
        self.role = role
        self.destination = destination
    }

    package struct StreamState: Hashable, Sendable {
        package var summary: StreamSummary
        package var tags: [String: String]
    }

    package struct DestinationState: Hashable, Sendable {
        package var destination: Destination
        package var tags: [String: String]
    }
}

/// A customer's key of KMS.
package struct KeyState: Hashable, Sendable {
    package let arn: String
    /// `Enabled`, `Disabled`, `PendingDeletion` and the like.
    package let state: String

    package init(arn: String, state: String) {
        self.arn = arn
        self.state = state
    }

    /// A key that is named and is nowhere, by whatever name.
    static func absent(_ name: String) -> KeyState { KeyState(arn: name, state: "absent") }

    var isThere: Bool { state != "absent" }
    var isUsable: Bool { state == "Enabled" }
}

/// A role with all that it may do.
package struct RoleState: Hashable, Sendable {
    package var arn: String
    /// JSON, as it is there.
    package var trust: String
    package var tags: [String: String]
    /// JSON by name: those in the role itself.
    package var policies: [String: String]
    /// JSON by ARN: those that are attached.
    package var attached: [String: String]

    package init(
        arn: String, trust: String, tags: [String: String], policies: [String: String], attached: [String: String] = [:]
    ) {
        self.arn = arn
        self.trust = trust
        self.tags = tags
        self.policies = policies
        self.attached = attached
    }

    var owner: Ownership { Ownership(tags: tags) }
}

extension RoleState {
    /// The names or ARNs of the policies that forbid what is asked.
    func deniers(of question: PolicyQuestion) -> [String] {
        policies.merging(attached) { own, _ in own }.filter { _, text in
            (try? PolicyDocument(parsing: text))?.verdict(on: question) == .denied
        }.keys.sorted()
    }

    /// All permissions that can be read, and the names of the policies that cannot.
    var permissions: (documents: [PolicyDocument], unreadable: [String]) {
        var (documents, unreadable): ([PolicyDocument], [String]) = ([], [])
        for (name, text) in (policies.merging(attached) { own, _ in own }).sorted(by: { $0.key < $1.key }) {
            do throws(PolicyFault) {
                documents.append(try PolicyDocument(parsing: text))
            } catch {
                unreadable.append("\(name) \(error)")
            }
        }
        return (documents, unreadable)
    }
}
