// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html

/// How long a session may be, in seconds.
enum SessionLimits {
    static let seconds = 900...43_200
    static let secondsDefault = 3600
    /// For a session that a session asks for.
    static let chainedSecondsMax = 3600
}

struct AssumeRoleRequest: Sendable {
    let role: String
    let session: String
    let externalID: String?
    let seconds: Int?

    init(_ form: Form) throws(ServiceFault) {
        var fields = FormFields(form)
        role = fields.text("RoleArn", .arn)
        session = fields.text("RoleSessionName", .sessionName)
        externalID = fields.optionalText("ExternalId", .externalID)
        seconds = fields.integer("DurationSeconds", in: SessionLimits.seconds)
        try fields.checked()
        // These take rights away, and what does not know them must not grant more.
        for name in ["Policy", "PolicyArns.member.1.arn", "SerialNumber", "TokenCode"] where form[name] != nil {
            throw ServiceFault("ValidationError", "The emulator does not know \(name) of AssumeRole.")
        }
    }
}

extension TokenService {
    func assumeRole(_ request: AssumeRoleRequest, _ caller: Caller) async throws(ServiceFault) -> XMLWriter {
        guard ResourceName.isRole(request.role), let arn = ResourceName(request.role) else {
            throw ServiceFault("ValidationError", "\(request.role) is invalid")
        }
        // Whether there is such a role is no stranger's business: AWS says the same of both.
        guard let role = await identities.inForce(arn.account, now: clock.now()).role(arn: request.role) else {
            throw Self.refusal(caller, request.role)
        }
        switch role.trust.verdict(on: question(request, caller)) {
        case .allowed: break
        case .denied:
            throw Self.refusal(caller, request.role, because: " with an explicit deny in a resource-based policy")
        case .notAllowed: throw Self.refusal(caller, request.role)
        }
        let session = RoleSession(role: role.name, path: role.path, roleID: role.id, name: request.session)
        let expires = signatureClock.now() + 1000 * Int64(try Self.seconds(request, role, caller))
        let key = await sessions.issue(session, account: arn.account, expires: expires)
        return Self.result(
            Caller(account: arn.account, region: "", accessKeyID: "", principal: .session(session)), key, expires)
    }

    private func question(_ request: AssumeRoleRequest, _ caller: Caller) -> PolicyQuestion {
        var context = PolicyContext(caller: caller, organization: organizations[caller.account])
        context["sts:ExternalId"] = request.externalID
        context["sts:RoleSessionName"] = request.session
        return PolicyQuestion(
            action: "sts:AssumeRole", resource: nil, asker: .caller(caller), context: context)
    }

    private static func seconds(
        _ request: AssumeRoleRequest, _ role: EmulatedRole, _ caller: Caller
    ) throws(ServiceFault) -> Int {
        let seconds = request.seconds ?? SessionLimits.secondsDefault
        guard seconds <= role.sessionSecondsMax else {
            throw ServiceFault(
                "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
        }
        switch caller.principal {
        case .account: break
        case .session:
            guard seconds <= SessionLimits.chainedSecondsMax else {
                throw ServiceFault(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
                )
            }
        }
        return seconds
    }

    private static func result(_ assumed: Caller, _ key: EmulatedAccessKey, _ expires: Int64) -> XMLWriter {
        var result = XMLWriter()
        result.element("AssumedRoleUser") { user in
            user.element("AssumedRoleId", assumed.userID)
            user.element("Arn", assumed.arn)
        }
        result.element("Credentials") { credentials in
            credentials.element("AccessKeyId", key.accessKeyID)
            credentials.element("SecretAccessKey", key.secretAccessKey)
            credentials.element("SessionToken", key.sessionToken)
            credentials.element("Expiration", DateText.iso8601(expires))
        }
        return result
    }

    private static func refusal(_ caller: Caller, _ role: String, because reason: String = "") -> ServiceFault {
        ServiceFault(
            "AccessDenied",
            "User: \(caller.arn) is not authorized to perform: sts:AssumeRole on resource: \(role)\(reason)",
            status: 403)
    }
}
