/// What CloudWatch Logs asks of IAM before it acts as a role.
protocol ServiceRoles: Sendable {
    func verdict(on errand: RoleErrand) async -> RoleVerdict
}

/// As whom CloudWatch Logs acts, on whose behalf, and what for.
struct RoleErrand: Sendable {
    /// An ARN.
    let role: String
    /// Whose role it has to be.
    let account: String
    /// The Region in which CloudWatch Logs acts.
    let region: String
    /// `aws:SourceArn`.
    let source: String
    /// `aws:SourceAccount`.
    let sourceAccount: String
    let rights: [NeededRight]
}

enum RoleVerdict: Hashable, Sendable {
    case granted
    /// There is no such role, or its trust does not admit CloudWatch Logs on this errand.
    case notAssumable
    /// Its policies do not grant what is needed.
    case notPermitted
}

extension AccessControl: ServiceRoles {
    func verdict(on errand: RoleErrand) async -> RoleVerdict {
        let account = await identities.inForce(errand.account, now: clock.now())
        guard let role = account.role(arn: errand.role) else { return .notAssumable }
        var context = PolicyContext()
        context["aws:SourceArn"] = errand.source
        context["aws:SourceAccount"] = errand.sourceAccount
        context["aws:SourceOrgID"] = organizations[errand.sourceAccount]
        let service = PolicyAsker.service(names: ["logs.amazonaws.com", "logs.\(errand.region).amazonaws.com"])
        let trusted = role.trust.verdict(
            on: PolicyQuestion(action: "sts:AssumeRole", resource: nil, asker: service, context: context))
        guard trusted == .allowed else { return .notAssumable }
        // The session that results is the role's own; the source is known of the one who assumed it.
        var known = PolicyContext()
        known["aws:PrincipalAccount"] = errand.account
        known["aws:PrincipalArn"] = role.arn
        known["aws:PrincipalOrgID"] = organizations[errand.account]
        let documents = account.documents(of: role)
        let isPermitted = errand.rights.allSatisfy {
            documents.verdict(on: PolicyQuestion($0, known: known)) == .allowed
        }
        return isPermitted ? .granted : .notPermitted
    }
}
