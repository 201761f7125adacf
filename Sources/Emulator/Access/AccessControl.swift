/// Judges calls by the policies of the role that makes them.
///
/// An account's own key needs no policy. A session's role may have been deleted, and made anew under the same name: then
/// nothing allows anything.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
struct AccessControl: Sendable {
    let identities: IdentityBook
    /// Which organization an account belongs to.
    let organizations: [String: String]
    let clock: WallClock

    /// `rights` is asked only when there is something to judge: it reads the call's body.
    func admit(_ caller: Caller, to rights: @Sendable () async -> [NeededRight]) async throws(AccessRefusal) {
        let session: RoleSession
        switch caller.principal {
        case .account: return
        case .session(let own): session = own
        }
        let account = await identities.inForce(caller.account, now: clock.now())
        let role = account.roles[session.role].flatMap { $0.id == session.roleID ? $0 : nil }
        let documents = role.map { account.documents(of: $0) } ?? []
        let known = PolicyContext(caller: caller, organization: organizations[caller.account])
        for right in await rights() {
            switch documents.verdict(on: PolicyQuestion(right, known: known)) {
            case .allowed: continue
            case .denied:
                throw Self.refusal(caller, right, " with an explicit deny in an identity-based policy")
            case .notAllowed:
                throw Self.refusal(
                    caller, right, " because no identity-based policy allows the \(right.action) action")
            }
        }
    }

    private static func refusal(_ caller: Caller, _ right: NeededRight, _ reason: String) -> AccessRefusal {
        AccessRefusal(
            message: "User: \(caller.arn) is not authorized to perform: \(right.action) on resource: "
                + "\(right.resource.first ?? "*")\(reason)")
    }
}
