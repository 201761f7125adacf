/// Whose access key a call is signed with.
enum Principal: Hashable, Sendable {
    /// The account's own, which may do everything in that account.
    case account
    /// A role's, for a time. The role's policies say what it may do.
    case session(RoleSession)
}

/// A role that somebody has assumed.
struct RoleSession: Hashable, Sendable {
    let role: String
    /// `/` or `/team/`.
    let path: String
    /// `AROA…`: tells the role from a later one of the same name.
    let roleID: String
    /// What the caller called the session.
    let name: String
}

extension Caller {
    /// As refusals and GetCallerIdentity name it.
    var arn: String {
        switch principal {
        case .account: TokenService.arn(of: account)
        case .session(let session): "arn:aws:sts::\(account):assumed-role/\(session.role)/\(session.name)"
        }
    }

    /// What `aws:userid` and GetCallerIdentity say.
    var userID: String {
        switch principal {
        case .account: "AIDAEMUL\(account)"
        case .session(let session): "\(session.roleID):\(session.name)"
        }
    }

    /// The ARNs by which a policy can mean it, its account's number and root included.
    var names: [String] {
        let ofAccount = [account, "arn:aws:iam::\(account):root", arn]
        switch principal {
        case .account: return ofAccount
        case .session(let session): return ofAccount + [session.roleARN(in: account)]
        }
    }
}

extension RoleSession {
    func roleARN(in account: String) -> String { "arn:aws:iam::\(account):role\(path)\(role)" }
}
