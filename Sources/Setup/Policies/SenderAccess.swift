/// Who may send to a destination.
package struct SenderAccess: Hashable, Sendable {
    /// Account ids of twelve digits, sorted.
    package var accounts: [String]
    /// `o-…`, sorted.
    package var organizations: [String]
    /// `o-…/r-…/ou-…/…`, sorted. Whoever is below such a path may send.
    package var paths: [String]
    /// Whether whole accounts may be subscribed, and not log groups alone.
    package var wholeAccounts: Bool

    package init(
        accounts: [String] = [], organizations: [String] = [], paths: [String] = [], wholeAccounts: Bool = false
    ) {
        self.accounts = accounts.sortedOnce
        self.organizations = organizations.sortedOnce
        self.paths = paths.sortedOnce
        self.wholeAccounts = wholeAccounts
    }

    package var isEmpty: Bool { accounts.isEmpty && organizations.isEmpty && paths.isEmpty }

    /// Whether somebody is admitted as a member of an organization, so that every sender needs a role of its own.
    package var isByOrganization: Bool { !organizations.isEmpty || !paths.isEmpty }

    /// The organizations that the paths lead through as well.
    package var allOrganizations: [String] {
        (organizations + paths.compactMap { $0.split(separator: "/").first.map(String.init) }).sortedOnce
    }

    var actions: [String] {
        ["logs:PutSubscriptionFilter"] + (wholeAccounts ? ["logs:PutAccountPolicy"] : [])
    }
}
