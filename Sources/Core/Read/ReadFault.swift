/// Every way in which a call of reading can fail: GetShardIterator, GetRecords, ListShards.
///
/// None of them ends the reading of a shard. `remedy` says what each asks for. The raw value is its name in `status`,
/// metrics and logs.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html#API_GetRecords_Errors
package enum ReadFault: String, Error, CaseIterable, Hashable, Sendable {
    /// The iterator is older than five minutes. Costs one call and no record.
    case expiredIterator = "expired-iterator"
    /// The shard, the account's quota or the key gave enough for now.
    case throttled
    /// InvalidArgument: the position, or the iterator that stands for it.
    case positionRefused = "position-refused"
    case accessDenied = "access-denied"
    case kmsAccessDenied = "kms-access-denied"
    case kmsDisabled = "kms-disabled"
    case kmsInvalidState = "kms-invalid-state"
    case kmsNotFound = "kms-not-found"
    case kmsOptInRequired = "kms-opt-in-required"
    /// Kinesis does not know the stream or the shard.
    case notFound = "not-found"
    /// There are none, or AWS does not take them, or the clock they are used with is wrong.
    case credentials
    /// Kinesis failed by itself: InternalFailure or another 5xx.
    case serviceFailure = "service-failure"
    /// No answer came, or not all of it.
    case network
    /// An answer came that says nothing or contradicts itself.
    case garbage
    /// The reply was longer than the room for it.
    case replyTooLarge = "reply-too-large"
    /// AWS refused with a code that none of these stands for.
    case refused
}

extension ReadFault {
    /// From an error reply: AWS's code, or anything else where the reply named none, and the HTTP status.
    ///
    /// The code decides before the status does. AWS writes many codes with and without `Exception` at their end; both are
    /// taken.
    package init(code: String, status: Int) {
        if let fault = Self.codes[Self.stem(of: code)] {
            self = fault
            return
        }
        switch RetryReason(code: code, status: status) {
        case .throttle: self = .throttled
        case .transient: self = .serviceFailure
        case nil: self = Self.ofStatus(status)
        }
    }

    private static func ofStatus(_ status: Int) -> ReadFault {
        switch status {
        case 401, 403: .accessDenied
        case 500...: .serviceFailure
        default: .refused
        }
    }

    private static func stem(of code: String) -> Substring {
        code.hasSuffix("Exception") ? code.dropLast("Exception".utf8.count) : code[...]
    }

    /// By code, without `Exception` at its end. Throttles are `RetryReason`'s.
    private static let codes: [Substring: ReadFault] = [
        "ExpiredIterator": .expiredIterator,
        "InvalidArgument": .positionRefused,
        "ResourceNotFound": .notFound,

        "AccessDenied": .accessDenied, "NotAuthorized": .accessDenied, "OptInRequired": .accessDenied,
        "RegionDisabled": .accessDenied, "UnauthorizedOperation": .accessDenied,

        "KMSAccessDenied": .kmsAccessDenied, "KMSDisabled": .kmsDisabled, "KMSInvalidState": .kmsInvalidState,
        "KMSNotFound": .kmsNotFound, "KMSOptInRequired": .kmsOptInRequired,

        "AuthFailure": .credentials, "ExpiredToken": .credentials, "IncompleteSignature": .credentials,
        "InvalidClientTokenId": .credentials, "InvalidSignature": .credentials,
        "MissingAuthenticationToken": .credentials, "RequestExpired": .credentials,
        "RequestInTheFuture": .credentials, "RequestTimeTooSkewed": .credentials,
        "SignatureDoesNotMatch": .credentials, "UnrecognizedClient": .credentials,

        "InternalFailure": .serviceFailure, "InternalServerError": .serviceFailure,
        "ServiceUnavailable": .serviceFailure,
    ]
}
