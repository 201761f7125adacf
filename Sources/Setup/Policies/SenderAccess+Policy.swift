extension SenderAccess {
    /// Who may subscribe to `destination`, its ARN, by its policy. `nil` when that says what set-up never writes, a deny
    /// for instance, so that writing it anew could take something away.
    ///
    /// AWS takes a policy with any action and any resource in it: a statement that lets nobody subscribe admits nobody.
    init?(_ document: PolicyDocument, destination: String) {
        var access = SenderAccess()
        var ways: Set<[String]> = []
        for statement in document.statements {
            guard statement.allows, case .these(let actions) = statement.actions,
                case .these(let resources) = statement.resources, let admitted = Self.admitted(by: statement)
            else { return nil }
            let may = Self.allActions.filter { action in actions.contains { Wildcards.match($0.lowercased(), action) } }
            guard !may.isEmpty, resources.contains(where: { Wildcards.match($0, destination) }) else { continue }
            access.accounts += admitted.accounts
            access.organizations += admitted.organizations
            access.paths += admitted.paths
            ways.insert(may)
            if may.contains(Self.wholeAccountAction) { access.wholeAccounts = true }
        }
        // Some may subscribe whole accounts and some may not, of which there is one word here for all.
        guard ways.count <= 1 else { return nil }
        self.init(
            accounts: access.accounts, organizations: access.organizations, paths: access.paths,
            wholeAccounts: access.wholeAccounts)
    }

    private static let wholeAccountAction = "logs:putaccountpolicy"
    private static let allActions = ["logs:putsubscriptionfilter", wholeAccountAction]

    private static func admitted(by statement: PolicyDocument.Statement) -> SenderAccess? {
        switch statement.principal {
        case nil: return nil
        case .these:
            return statement.conditions.isEmpty ? SenderAccess(accounts: statement.principal?["AWS"] ?? []) : nil
        case .anyone:
            guard statement.conditions.count == 1, let condition = statement.conditions.first,
                ["StringEquals", "StringLike", "ForAnyValue:StringEquals", "ForAnyValue:StringLike"]
                    .contains(condition.operator)
            else { return nil }
            switch condition.key {
            case "aws:PrincipalOrgID":
                // Written anew, a pattern would become a word that nobody's organization is.
                guard condition.values.allSatisfy(ResourceNames.isOrganization) else { return nil }
                return SenderAccess(organizations: condition.values)
            case "aws:PrincipalOrgPaths": return SenderAccess(paths: condition.values)
            default: return nil
            }
        }
    }
}
