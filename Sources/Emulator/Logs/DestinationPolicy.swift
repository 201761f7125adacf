import FilterPatterns

/// Who may subscribe to a destination: its access policy, understood.
struct DestinationPolicy: Sendable {
    enum Answer: Hashable, Sendable {
        case allowed
        /// Only as a member of an organization, for which a filter needs a role.
        case allowedByOrganization
        case notAllowed
        case denied
    }

    struct Statement: Sendable {
        let allows: Bool
        /// Account ids; `*` for everybody that `organizations` names.
        let principals: [String]
        let actions: [String]
        let resources: [String]
        /// `nil` without a condition.
        let organizations: [OrganizationTest]?
    }

    /// One key of a condition. Any of the values will do.
    struct OrganizationTest: Sendable {
        /// Whether the values are paths, `o-…/r-…/ou-…/`. The emulator knows accounts' organizations and not where in them
        /// they are, so a path admits the whole organization that it begins with.
        let arePaths: Bool
        /// Whether `*` in a value stands for any characters, as it does for StringLike.
        let arePatterns: Bool
        let values: [String]
    }

    let source: String
    let statements: [Statement]

    var namesOrganizations: Bool { statements.contains { $0.organizations != nil } }

    /// `organization` is the account's own, if it belongs to one.
    func answer(
        _ action: SubscriptionAction, account: String, organization: String?, destinationARN: String
    ) -> Answer {
        let matching = statements.filter { statement in
            // IAM does not look at the case of an action.
            statement.actions.contains { Self.matches(action.rawValue.lowercased(), $0.lowercased()) }
                && statement.resources.contains { Self.matches(destinationARN, $0) }
                && statement.principals.contains { $0 == "*" || $0 == account }
                && (statement.organizations ?? []).allSatisfy { $0.passes(organization) }
        }
        if matching.contains(where: { !$0.allows }) { return .denied }
        if matching.contains(where: { $0.organizations == nil }) { return .allowed }
        return matching.isEmpty ? .notAllowed : .allowedByOrganization
    }

    fileprivate static func matches(_ text: String, _ pattern: String) -> Bool {
        var text = text
        return text.withUTF8 { PatternWildcard(Array(pattern.utf8)).matches($0) }
    }
}

extension DestinationPolicy.OrganizationTest {
    func passes(_ organization: String?) -> Bool {
        guard let organization else { return false }
        return values.contains { value in
            let wanted = arePaths ? String(value.prefix { $0 != "/" }) : value
            return arePatterns ? DestinationPolicy.matches(organization, wanted) : organization == wanted
        }
    }
}
