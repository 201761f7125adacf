/// Signature Version 4, both sides: a client signs, a server computes the same signature and compares.
///
/// Safe to share between tasks. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
package struct Signer: Sendable {
    package static let algorithm = "AWS4-HMAC-SHA256"

    private let keys = SigningKeyCache()

    package init() {}

    /// The signature of `canonical` as lower-case hexadecimal.
    ///
    /// A server passes what the caller's `AuthorizationHeader` and X-Amz-Date say, and its own record of the secret.
    package func signature(
        of canonical: CanonicalRequest, at time: UTCTime, scope: CredentialScope, accessKeyID: String,
        secretAccessKey: String
    ) -> String {
        let key = keys.key(accessKeyID: accessKeyID, secret: secretAccessKey, scope: scope)
        return Digest.hex(Digest.hmac(key: key, Self.stringToSign(canonical, at: time, scope: scope)))
    }

    static func stringToSign(_ canonical: CanonicalRequest, at time: UTCTime, scope: CredentialScope) -> String {
        "\(algorithm)\n\(time.basic)\n\(scope)\n\(canonical.hash)"
    }
}

extension Signer {
    /// A request about to be sent.
    package struct Request: Sendable {
        package var method: String
        /// As on the wire; `/` when empty.
        package var path: String
        /// As on the wire, without the `?`.
        package var query: String
        /// What will be sent, `host` included and exactly as it will be sent. Those that may change on the way are
        /// left out of the signature, see `isSignable`.
        package var headers: [(name: String, value: String)]
        /// Hexadecimal SHA-256 of the bytes sent.
        package var payloadHash: String

        package init(
            method: String, path: String, query: String = "", headers: [(name: String, value: String)],
            payloadHash: String
        ) {
            self.method = method
            self.path = path
            self.query = query
            self.headers = headers
            self.payloadHash = payloadHash
        }
    }

    /// What few services want otherwise.
    package struct Options: Sendable {
        package var pathStyle = CanonicalRequest.PathStyle.normalized
        /// Sends and signs X-Amz-Content-Sha256.
        package var addsPayloadHash = false
        /// Without, the session token is sent but not covered.
        package var signsSessionToken = true

        package init() {}
    }

    /// The headers to add to `request`: X-Amz-Date, X-Amz-Security-Token with temporary credentials, Authorization.
    package func headers(
        signing request: Request, as credentials: Credentials, region: String, service: String, at time: UTCTime,
        options: Options = Options()
    ) -> [(name: String, value: String)] {
        var added = [(name: "X-Amz-Date", value: time.basic)]
        if options.addsPayloadHash { added.append((name: "X-Amz-Content-Sha256", value: request.payloadHash)) }
        let token = credentials.sessionToken.map { (name: "X-Amz-Security-Token", value: $0) }
        if let token, options.signsSessionToken { added.append(token) }

        let canonical = Self.canonical(request, adding: added, pathStyle: options.pathStyle)
        let scope = CredentialScope(date: time.date, region: region, service: service)
        let authorization = AuthorizationHeader(
            accessKeyID: credentials.accessKeyID, scope: scope, signedHeaders: canonical.signedHeaders,
            signature: signature(
                of: canonical, at: time, scope: scope, accessKeyID: credentials.accessKeyID,
                secretAccessKey: credentials.secretAccessKey))
        if let token, !options.signsSessionToken { added.append(token) }
        return added + [(name: "Authorization", value: authorization.value)]
    }

    static func canonical(
        _ request: Request, adding added: [(name: String, value: String)], pathStyle: CanonicalRequest.PathStyle
    ) -> CanonicalRequest {
        CanonicalRequest(
            method: request.method, path: request.path, query: request.query,
            headers: request.headers.filter { isSignable($0.name) } + added, payloadHash: request.payloadHash,
            pathStyle: pathStyle)
    }

    /// Headers that proxies, libraries or tracers set or change on the way are never covered.
    private static func isSignable(_ name: String) -> Bool {
        let name = name.lowercased()
        return !changedOnTheWay.contains(name) && !name.hasPrefix("proxy-")
    }

    private static let changedOnTheWay: Set<String> = [
        "authorization", "baggage", "connection", "expect", "keep-alive", "te", "traceparent", "tracestate", "trailer",
        "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
    ]
}
