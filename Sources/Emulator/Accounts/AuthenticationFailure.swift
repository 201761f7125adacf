/// Why a signature was not accepted. Each protocol has its own codes for it.
enum AuthenticationFailure: Error, Hashable, Sendable {
    case missing
    /// The Authorization header or what it needs is not there or not readable; says what.
    case incomplete(String)
    case unknownKey
    /// A temporary key whose time is over.
    case expired
    /// The clock, the scope or the signature itself; says which.
    case invalid(String)

    static let mismatch = AuthenticationFailure.invalid(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
            + "Key and signing method. Consult the service documentation for details.")

    /// As Kinesis and CloudWatch Logs say it.
    var jsonFault: ServiceFault {
        switch self {
        case .missing: ServiceFault("MissingAuthenticationTokenException", "Missing Authentication Token", status: 403)
        case .incomplete(let what): ServiceFault("IncompleteSignatureException", what, status: 400)
        case .unknownKey: ServiceFault("UnrecognizedClientException", Self.invalidToken, status: 400)
        case .expired: ServiceFault("ExpiredTokenException", Self.expiredToken, status: 400)
        case .invalid(let what): ServiceFault("InvalidSignatureException", what, status: 400)
        }
    }

    /// As IAM and STS say it.
    var queryFault: ServiceFault {
        switch self {
        case .missing:
            ServiceFault("MissingAuthenticationToken", "Request is missing Authentication Token", status: 403)
        case .incomplete(let what): ServiceFault("IncompleteSignature", what, status: 400)
        case .unknownKey: ServiceFault("InvalidClientTokenId", Self.invalidToken, status: 403)
        case .expired: ServiceFault("ExpiredToken", Self.expiredToken, status: 403)
        case .invalid(let what): ServiceFault("SignatureDoesNotMatch", what, status: 403)
        }
    }

    private static let invalidToken = "The security token included in the request is invalid."
    private static let expiredToken = "The security token included in the request is expired"
}
