/// Why one failed attempt may be tried again, as AWS's standard mode sorts it.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
package enum RetryReason: Hashable, Sendable {
    /// The service asked for fewer calls.
    case throttle
    /// The service or the way to it failed for the moment.
    case transient
}

extension RetryReason {
    /// From an error reply. The code decides before the status does; `nil` when trying again would not help.
    package init?(code: String, status: Int) {
        if Self.throttleCodes.contains(code) {
            self = .throttle
        } else if Self.transientCodes.contains(code) || Self.transientStatuses.contains(status) {
            self = .transient
        } else if status == Self.tooManyRequests {
            self = .throttle
        } else {
            return nil
        }
    }

    /// AWS's list, and KMSThrottlingException of Kinesis, which that list forgets.
    private static let throttleCodes: Set<String> = [
        "BandwidthLimitExceeded", "EC2ThrottledException", "KMSThrottlingException", "LimitExceededException",
        "PriorRequestNotComplete", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    ]

    private static let transientCodes: Set<String> = [
        "IDPCommunicationError", "InternalError", "ReplicatedWriteConflictException", "RequestTimeout",
        "RequestTimeoutException",
    ]

    private static let transientStatuses: Set<Int> = [500, 502, 503, 504]

    private static let tooManyRequests = 429
}
