/// IAM in memory, each account's for itself: roles and their policies.
///
/// https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html
struct IdentityService: FormService {
    static let signingName = "iam"
    static let version = "2010-05-08"

    let book: IdentityBook
    let clock: WallClock

    func neededRights(_ form: Form, caller: Caller) async -> [NeededRight] {
        // A role's path is in its ARN, and only the role itself knows it.
        let role = form["RoleName"] ?? ""
        let known = await book.current(caller.account).roles[role]?.arn
        return AccessTable.identity(form, roleARN: known ?? "arn:aws:iam::\(caller.account):role/\(role)", caller)
    }

    func answer(_ form: Form, caller: Caller) async throws(ServiceFault) -> XMLWriter? {
        guard let operation = IdentityOperation(rawValue: form.action) else { throw Self.unknown(form) }
        let account = caller.account
        switch operation {
        case .attachRolePolicy: return try await attachRolePolicy(form, account)
        case .createPolicy: return try await createPolicy(form, account)
        case .createRole: return try await createRole(form, account)
        case .deleteRole: return try await deleteRole(form, account)
        case .deleteRolePolicy: return try await deleteRolePolicy(form, account)
        case .detachRolePolicy: return try await detachRolePolicy(form, account)
        case .getPolicy: return try await getPolicy(form, account)
        case .getPolicyVersion: return try await getPolicyVersion(form, account)
        case .getRole: return try await getRole(form, account)
        case .getRolePolicy: return try await getRolePolicy(form, account)
        case .listAttachedRolePolicies: return try await listAttachedRolePolicies(form, account)
        case .listRolePolicies: return try await listRolePolicies(form, account)
        case .listRoleTags: return try await listRoleTags(form, account)
        case .putRolePolicy: return try await putRolePolicy(form, account)
        case .tagRole: return try await tagRole(form, account)
        case .updateAssumeRolePolicy: return try await updateAssumeRolePolicy(form, account)
        }
    }

    func change<Answer: Sendable>(
        _ account: String, _ body: @Sendable (inout IdentityAccount) throws(ServiceFault) -> Answer
    ) async throws(ServiceFault) -> Answer {
        try await book.change(account, now: clock.now(), body)
    }
}
