internal import AWS

/// Who may use the destination: who may now, who may afterwards, and what that change would do to whom.
extension RecipientGoal {
    /// Who may send once this is done.
    ///
    /// Those who may already still do. Only the first organization, given alone, takes the place of account ids: AWS then
    /// asks every sender for a role, whoever is listed.
    func access(after existing: SenderAccess) -> SenderAccess {
        let replaces = senders.isByOrganization && senders.accounts.isEmpty && !existing.isByOrganization
        return SenderAccess(
            accounts: (replaces ? [] : existing.accounts + senders.accounts).without(removed.accounts),
            organizations: (existing.organizations + senders.organizations).without(removed.organizations),
            paths: (existing.paths + senders.paths).without(removed.paths),
            wholeAccounts: existing.wholeAccounts || senders.wholeAccounts)
    }

    /// Who may send now; `nil` when the destination has no policy, or one that cannot be read.
    func existingAccess(_ state: RecipientState) -> SenderAccess? {
        guard let text = state.destination?.destination.accessPolicy,
            let document = try? PolicyDocument(parsing: text)
        else { return nil }
        return SenderAccess(document, destination: destinationARN.description)
    }

    /// Whether nothing has to be done about who may send. A policy that cannot be read may still admit all who are meant.
    func isOpen(_ there: Destination, to access: SenderAccess, _ existing: SenderAccess?) -> Bool {
        guard let text = there.accessPolicy, let document = try? PolicyDocument(parsing: text) else { return false }
        let isMeant = existing.map { $0 == access } ?? removed.isEmpty
        return isMeant && accessQuestions(access).allSatisfy { document.verdict(on: $0.question) == .allowed }
    }

    /// What each of `access` asks of the destination's policy, by the name that it is known by.
    func accessQuestions(_ access: SenderAccess) -> [(name: String, question: PolicyQuestion)] {
        let somebody = PolicyQuestion.Asker.account("000000000000")
        let askers: [(name: String, asker: PolicyQuestion.Asker, context: [String: String])] =
            access.accounts.map { ($0, .account($0), [:]) }
            + access.organizations.map { ($0, somebody, ["aws:PrincipalOrgID": $0]) }
            + access.paths.map { path in
                let organization = path.split(separator: "/").first.map(String.init) ?? path
                return (path, somebody, ["aws:PrincipalOrgPaths": path, "aws:PrincipalOrgID": organization])
            }
        return askers.flatMap { one in
            access.actions.map { action in
                (one.name, PolicyQuestion(action, on: destinationARN.description, by: one.asker, one.context))
            }
        }
    }

    static func difference(
        _ text: String?, _ existing: SenderAccess?, _ policy: PolicyDocument, _ access: SenderAccess
    ) -> Plan.Difference {
        let before = text == nil ? "nobody" : existing?.words
        // The same senders may be admitted to too little.
        guard let before, before != access.words else {
            return Plan.Difference("policy", text ?? "none", policy.json.compact)
        }
        return Plan.Difference("open to", before, access.words)
    }

    /// The policy by which `access` is given. What `text` says that set-up would not write may be meant, so it is added to;
    /// only by force it is written anew.
    func accessPolicy(_ access: SenderAccess, after text: String?, _ existing: SenderAccess?) -> PolicyDocument {
        let policy = PolicyDocuments.destinationAccess(access, destination: destinationARN.description)
        guard existing == nil, !consent.force, let text, let odd = try? PolicyDocument(parsing: text) else {
            return policy
        }
        return odd.adding(policy)
    }

    /// Adding is not enough when nobody can read what is there, when somebody is to be removed, or when there is a Deny.
    func checkOdd(
        _ text: String?, _ existing: SenderAccess?, _ policy: PolicyDocument, _ access: SenderAccess,
        _ plan: inout Plan
    ) {
        guard let text, existing == nil, !consent.force else { return }
        let isEnough =
            (try? PolicyDocument(parsing: text)) != nil && removed.isEmpty
            && accessQuestions(access).allSatisfy { policy.verdict(on: $0.question) == .allowed }
        guard !isEnough else { return }
        plan.refusals.append(
            "destination \(destination) has a policy that says what tailrace never writes, and it would be lost: \(text). "
                + "Give --force if that is meant")
    }

    /// Who is to lose access has to have it, else a slip of the pen would pass for done.
    func checkRemoved(_ existing: SenderAccess?, _ plan: inout Plan) {
        guard let existing else { return }
        let admitted = existing.accounts + existing.organizations + existing.paths
        let unknown = (removed.accounts + removed.organizations + removed.paths).without(admitted).sortedOnce
        guard !unknown.isEmpty else { return }
        plan.refusals.append(
            "\(unknown.joined(separator: ", ")) cannot be removed: destination \(destination) is open to \(existing.words)"
        )
    }

    func checkAccess(
        _ existing: SenderAccess, _ access: SenderAccess, _ policy: PolicyDocument, _ plan: inout Plan
    ) {
        if access.isEmpty {
            plan.refusals.append(
                "nobody could send: name senders by --sender ACCOUNT or --organization ID. AWS takes no empty policy; "
                    + "to close the destination, tear it down")
        }
        let bytes = policy.json.compact.utf8.count
        if bytes > Self.accessPolicyBytesMax {
            plan.refusals.append(
                "the destination's policy would have \(bytes) bytes, and AWS takes \(Self.accessPolicyBytesMax): admit the "
                    + "senders' organization (--organization) instead of each account")
        }
        guard !consent.force else { return }
        if Self.asksForRoles(access, existing) {
            plan.refusals.append(
                "destination \(destination) would be open to an organization, and from then on AWS asks every sender for a "
                    + "role. Filters of \(existing.accounts.joined(separator: ", ")) that have none stop. Have them run "
                    + "tailrace setup sender --with-role first, then give --force")
        }
        // What is to be removed by name is meant.
        let lost =
            existing.organizations.without(access.organizations + removed.organizations)
            + existing.paths.without(access.paths + removed.paths)
        if !lost.isEmpty {
            plan.refusals.append(
                "destination \(destination) would be closed to \(lost.joined(separator: ", ")): give --force if that is "
                    + "meant")
        }
    }

    /// Whether accounts that may send without a role now could no longer.
    private static func asksForRoles(_ access: SenderAccess, _ existing: SenderAccess) -> Bool {
        access.isByOrganization && !existing.isByOrganization && !existing.accounts.isEmpty
    }

    /// The accounts that may send without a role, and could no longer once this is done; `nil` when there are none.
    func accountsWithoutRoles(_ state: RecipientState) -> [String]? {
        guard let existing = existingAccess(state), Self.asksForRoles(access(after: existing), existing) else {
            return nil
        }
        return existing.accounts
    }

    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDestinationPolicy.html
    package static let accessPolicyBytesMax = 5120
}

extension SenderAccess {
    var words: String {
        let names = accounts + organizations + paths
        guard !names.isEmpty else { return "nobody" }
        return names.joined(separator: ", ") + (wholeAccounts ? " (whole accounts, too)" : "")
    }
}

extension [String] {
    fileprivate func without(_ others: [String]) -> [String] { filter { !others.contains($0) } }
}
