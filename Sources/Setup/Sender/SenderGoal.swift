package import AWS

/// What a sender's account is to have: subscriptions to one destination, and a role if that admits an organization.
package struct SenderGoal: Hashable, Sendable {
    package static let roleDefault = "CWLtoSubscriptionFilterRole"
    /// The name of the inline policy in the role.
    package static let permissionsName = "Permissions-Policy-For-CWL-Subscription-filter"

    /// The sender's account in the destination's Region.
    package let place: AccountPlace
    package let destination: DestinationARN
    package let scope: Scope
    /// `nil`: as it is, or every event.
    package var pattern: String?
    /// `nil`: as it is, or AWS's ByLogStream.
    package var distribution: SubscriptionFilter.Distribution?
    /// Of those that `emittedFieldsAllowed` lists. `nil`: as it is, or none.
    package var emittedFields: [String]?
    /// The role's name; `nil` when the destination names accounts.
    package var role: String?
    package var consent: Consent
    /// Those that the destination admits, as far as that is known here: one of them has to be this account's.
    package var organizations: [String] = []
    /// What Tailrace writes to, in this account if it runs here.
    package var sinks = SinkGroups()

    package enum Scope: Hashable, Sendable {
        case groups([String], filter: String)
        /// Every log group of the account in this Region, those that come later as well, but those that are left out.
        case account(policy: String, except: [String])
    }

    package init(
        place: AccountPlace, destination: DestinationARN, scope: Scope, pattern: String? = nil,
        distribution: SubscriptionFilter.Distribution? = nil, emittedFields: [String]? = nil, role: String? = nil,
        consent: Consent = Consent()
    ) {
        self.place = place
        self.destination = destination
        self.scope = scope.withoutRepeats
        self.pattern = pattern
        self.distribution = distribution
        self.emittedFields = emittedFields
        self.role = role
        self.consent = consent
    }
}

extension SenderGoal.Scope {
    /// A group that is named twice is subscribed once.
    fileprivate var withoutRepeats: Self {
        guard case .groups(let groups, let filter) = self else { return self }
        var seen: Set<String> = []
        return .groups(groups.filter { seen.insert($0).inserted }, filter: filter)
    }
}

extension SenderGoal {
    package var roleARN: String? { role.map(place.role) }

    /// As IAM says once the role is there: it may have a path before its name.
    func roleARN(in state: SenderState) -> String? { roleARN.map { state.role?.arn ?? $0 } }

    /// The pattern that was asked for, else the one that the first subscription of this goal has.
    package func pattern(in state: SenderState) -> String {
        if let pattern { return pattern }
        switch scope {
        case .groups(let groups, let filter):
            return groups.lazy.flatMap { state.groups[$0]?.filters ?? [] }.first { $0.name == filter }?.pattern ?? ""
        case .account(let name, _):
            return state.accountPolicies.first { $0.name == name }.map { WholeAccount(parsing: $0.document).pattern }
                ?? ""
        }
    }

    /// The role that was asked for, else the one by which the subscriptions of this goal send.
    func roleName(in state: SenderState) -> String? {
        if let role { return role }
        let roles =
            switch scope {
            case .groups(let groups, let filter):
                groups.flatMap { state.groups[$0]?.filters ?? [] }.filter { $0.name == filter }.compactMap(\.role)
            case .account(let name, _):
                state.accountPolicies.filter { $0.name == name }.compactMap { WholeAccount(parsing: $0.document).role }
            }
        // Behind the path that a role may have.
        return roles.first.flatMap { $0.split(separator: "/").last.map(String.init) }
    }

    package var groups: [String] {
        switch scope {
        case .groups(let groups, _): groups
        case .account: []
        }
    }
}
