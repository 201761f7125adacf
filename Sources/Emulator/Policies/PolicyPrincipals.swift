/// Whom a trust policy is about.
enum PolicyPrincipals: Sendable {
    case anybody
    /// Accounts' numbers and ARNs, and services' names.
    case named(identities: [String], services: [String])
}

/// Who wants to assume a role.
enum PolicyAsker: Sendable {
    case caller(Caller)
    /// A service of AWS, under each of the names that it goes by: `logs.amazonaws.com`.
    case service(names: [String])
}

extension PolicyPrincipals {
    func admit(_ asker: PolicyAsker) -> Bool {
        switch (self, asker) {
        case (.anybody, _): true
        case (.named(let identities, _), .caller(let caller)): identities.contains(where: caller.names.contains)
        case (.named(_, let services), .service(let names)): services.contains(where: names.contains)
        }
    }
}
