/// AWS STS: who one is, and how one becomes somebody else for a time.
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html
struct TokenService: FormService {
    static let signingName = "sts"
    static let version = "2011-06-15"

    enum Operation: String, CaseIterable, Sendable {
        case assumeRole = "AssumeRole"
        case getCallerIdentity = "GetCallerIdentity"
    }

    let identities: IdentityBook
    let sessions: SessionBook
    /// Which organization an account belongs to.
    let organizations: [String: String]
    /// What the identities' delay goes by.
    let clock: WallClock
    /// What signatures, and so the ends of sessions, are judged by.
    let signatureClock: WallClock

    func neededRights(_ form: Form, caller: Caller) async -> [NeededRight] { AccessTable.tokens(form) }

    func answer(_ form: Form, caller: Caller) async throws(ServiceFault) -> XMLWriter? {
        switch Operation(rawValue: form.action) {
        case .assumeRole: return try await assumeRole(AssumeRoleRequest(form), caller)
        case .getCallerIdentity:
            var result = XMLWriter()
            result.element("Arn", caller.arn)
            result.element("UserId", caller.userID)
            result.element("Account", caller.account)
            return result
        case nil: throw Self.unknown(form)
        }
    }

    /// The one identity that every access key of `account` has.
    static func arn(of account: String) -> String { "arn:aws:iam::\(account):user/emulator" }
}
