import Signing

/// A request as it came, as far as its signature is concerned.
struct SignedRequest: Sendable {
    let method: String
    /// As on the wire, without the query.
    let path: String
    /// As on the wire, without the `?`.
    let query: String
    /// All of them in wire order, `host` included; names in lower case.
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    /// The first header of that name.
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// Says who signed a request, as AWS does: by computing the signature anew from its own record of the secret.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
struct SignatureCheck: Sendable {
    /// How far a signature's time may be from the server's, both ways.
    static let skewMillisecondsMax: Int64 = 5 * 60 * 1000

    private let accounts: AccountBook
    private let sessions: SessionBook
    private let signer = Signer()

    init(accounts: AccountBook, sessions: SessionBook) {
        self.accounts = accounts
        self.sessions = sessions
    }

    /// `service` is the name that the credential scope must hold, `now` in milliseconds since 1970.
    func caller(
        of request: SignedRequest, service: String, now: Int64
    ) async throws(AuthenticationFailure) -> Caller {
        guard let value = request.header("authorization") else { throw .missing }
        guard let authorization = AuthorizationHeader(parsing: value) else {
            throw .incomplete("Authorization header is not a Signature Version 4 with its three parts.")
        }
        guard let time = request.header("x-amz-date").flatMap(UTCTime.init(basic:)) else {
            throw .incomplete("Authorization header requires existence of an 'X-Amz-Date' header.")
        }
        let known = await known(authorization.accessKeyID)
        guard let known, known.key.sessionToken == request.header("x-amz-security-token") else { throw .unknownKey }
        if let expires = known.expires, now >= expires { throw .expired }
        // A signature's time has no fraction of a second, so ours must not either.
        let second = UTCTime(milliseconds: now / 1000 * 1000)
        try check(authorization.scope, service: service, time: time, now: second)
        try checkCoverage(of: request, by: authorization)

        let signature = signer.signature(
            of: try canonical(request, signed: authorization.signedHeaderNames), at: time, scope: authorization.scope,
            accessKeyID: known.key.accessKeyID, secretAccessKey: known.key.secretAccessKey)
        guard authorization.matches(signature) else { throw .mismatch }
        return Caller(
            account: known.key.account, region: authorization.scope.region, accessKeyID: authorization.accessKeyID,
            principal: known.principal)
    }

    private func known(_ accessKeyID: String) async -> KnownKey? {
        guard let key = accounts[accessKeyID] else { return await sessions[accessKeyID] }
        return KnownKey(key: key, principal: .account, expires: nil)
    }

    private func check(
        _ scope: CredentialScope, service: String, time: UTCTime, now: UTCTime
    ) throws(AuthenticationFailure) {
        let earliest = UTCTime(milliseconds: now.milliseconds - Self.skewMillisecondsMax)
        let latest = UTCTime(milliseconds: now.milliseconds + Self.skewMillisecondsMax)
        if time.milliseconds < earliest.milliseconds {
            throw .invalid(
                "Signature expired: \(time.basic) is now earlier than \(earliest.basic) (\(now.basic) - 5 min.)")
        }
        if time.milliseconds > latest.milliseconds {
            throw .invalid(
                "Signature not yet current: \(time.basic) is still later than \(latest.basic) (\(now.basic) + 5 min.)")
        }
        guard scope.service == service else {
            throw .invalid("Credential should be scoped to correct service: '\(service)'.")
        }
        guard scope.date == time.date else {
            throw .invalid(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + "'\(scope.date)' != '\(time.date)', from '\(time.basic)'.")
        }
    }

    /// What decides the meaning of a call has to be covered by its signature.
    private func checkCoverage(
        of request: SignedRequest, by authorization: AuthorizationHeader
    ) throws(AuthenticationFailure) {
        let covered = Set(authorization.signedHeaderNames)
        guard covered.contains("host") else {
            throw .invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
        }
        // A session token may be added after signing.
        for header in request.headers where header.name.hasPrefix("x-amz-") && header.name != "x-amz-security-token" {
            guard covered.contains(header.name) else {
                throw .invalid("'\(header.name)' must be a 'SignedHeader' in the AWS Authorization.")
            }
        }
    }

    private func canonical(
        _ request: SignedRequest, signed names: [String]
    ) throws(AuthenticationFailure) -> CanonicalRequest {
        let payloadHash = Digest.payloadHash(request.body)
        if let claimed = request.header("x-amz-content-sha256"), claimed != payloadHash { throw .mismatch }
        let wanted = Set(names)
        return CanonicalRequest(
            method: request.method, path: request.path, query: request.query,
            headers: request.headers.filter { wanted.contains($0.name) }, payloadHash: payloadHash)
    }
}
