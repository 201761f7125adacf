package import Core
package import HTTPClient

/// Why an operation did not succeed, after all its attempts.
package struct AWSError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// AWS answered with an error of its own.
        case refused
        /// There was no answer.
        case unreachable(HTTPFailure.Kind)
        /// An answer came that says nothing: an empty success, or a body that is not what the operation returns.
        case unreadable
        /// There are no credentials to sign with.
        case noCredentials
    }

    package let kind: Kind
    /// AWS's own code, `ResourceNotFoundException` for instance; the HTTP status in digits when the reply named none;
    /// `Unreachable`, `UnreadableReply` or `NoCredentials` when AWS did not speak.
    package let code: String
    /// AWS's message or the cause, with everything masked that could be used: tokens, keys, signatures.
    package let message: String
    /// The HTTP status; `nil` without an answer.
    package let status: Int?
    /// AWS's id of the request, for its support.
    package let requestID: String?
    /// `kinesis:GetRecords` and the like.
    package let operation: String
    /// `https://kinesis.us-east-1.amazonaws.com` and the like.
    package let endpoint: String
    /// Whether AWS may have done what was asked all the same, so that repeating it may do it twice.
    package internal(set) var mayHaveBeenDone: Bool

    package init(
        kind: Kind, code: String, message: String, status: Int?, requestID: String?, operation: String,
        endpoint: String, mayHaveBeenDone: Bool
    ) {
        self.kind = kind
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.operation = operation
        self.endpoint = endpoint
        self.mayHaveBeenDone = mayHaveBeenDone
    }
}

extension AWSError: CustomStringConvertible {
    /// `kinesis:GetRecords at https://…: ExpiredIteratorException (400): Iterator expired… [request 1234]`
    package var description: String {
        var text = "\(operation) at \(endpoint): \(code)"
        if let status, String(status) != code { text += " (\(status))" }
        if !message.isEmpty { text += ": \(message)" }
        if let requestID { text += " [request \(requestID)]" }
        return text
    }
}

extension AWSError {
    /// Whether a later attempt may succeed by itself, and for what reason; `nil` when a person or another request is
    /// needed.
    package var retryReason: RetryReason? {
        switch kind {
        case .refused: isQuota ? nil : RetryReason(code: code, status: status ?? 0)
        case .unreadable: .transient
        case .noCredentials: nil
        case .unreachable(let cause):
            switch cause {
            case .unresolved, .connect, .tls, .timedOut, .interrupted, .stale, .other: .transient
            case .bodyTooLarge, .closed, .badRequest: nil
            }
        }
    }

    /// Whether there are as many as there may be, which no waiting changes: of most operations the same code asks for fewer
    /// calls.
    package var isQuota: Bool { code == "LimitExceededException" && Self.quotaOperations.contains(operation) }

    private static let quotaOperations: Set<String> = [
        "kinesis:CreateStream", "logs:PutSubscriptionFilter", "logs:PutAccountPolicy",
    ]

    /// The reply was longer than there was room for.
    package var isReplyTooLarge: Bool { kind == .unreachable(.bodyTooLarge) }

    /// AWS asked for fewer calls.
    package var isThrottle: Bool { retryReason == .throttle }

    /// The service, or the way to it, failed for the moment.
    package var isTransient: Bool { retryReason == .transient }

    /// The credentials, their rights or the clock are not what AWS wants. Heals when somebody mends them, so it is
    /// worth a slow retry and a loud word.
    package var isUnauthorized: Bool {
        switch kind {
        case .noCredentials: true
        case .refused:
            Self.unauthorizedCodes.contains(code) || areCredentialsRefused || mayBeClockSkew
                || ["401", "403"].contains(code)
        case .unreachable, .unreadable: false
        }
    }

    private static let unauthorizedCodes: Set<String> = [
        "AccessDenied", "AccessDeniedException", "IncompleteSignature", "IncompleteSignatureException",
        "KMSAccessDeniedException", "MissingAuthenticationToken", "MissingAuthenticationTokenException",
        "NotAuthorized", "OptInRequired", "RegionDisabledException", "UnauthorizedOperation",
    ]

    /// Other credentials would help.
    var areCredentialsRefused: Bool {
        ["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException"].contains(code)
    }

    /// A wrong clock would explain it; for some of these a wrong secret would, too.
    var mayBeClockSkew: Bool { isSurelyClockSkew || Self.perhapsSkewCodes.contains(code) }

    /// Nothing but the time of the signature explains it.
    var isSurelyClockSkew: Bool {
        if ["RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed"].contains(code) { return true }
        guard Self.perhapsSkewCodes.contains(code) else { return false }
        return message.hasPrefix("Signature expired") || message.hasPrefix("Signature not yet current")
    }

    private static let perhapsSkewCodes: Set<String> = [
        "AuthFailure", "InvalidSignatureException", "SignatureDoesNotMatch",
    ]
}
