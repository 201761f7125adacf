import Core
import Testing

@Suite struct RetryReasons {
    @Test(arguments: [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "SlowDown", "LimitExceededException",
        "PriorRequestNotComplete", "EC2ThrottledException", "KMSThrottlingException",
    ])
    func throttlesAreKnownByCodeWhateverTheStatus(code: String) {
        #expect(RetryReason(code: code, status: 400) == .throttle)
        #expect(RetryReason(code: code, status: 503) == .throttle)
    }

    @Test(arguments: ["RequestTimeout", "RequestTimeoutException", "InternalError", "IDPCommunicationError"])
    func transientCodesAreKnownWhateverTheStatus(code: String) {
        #expect(RetryReason(code: code, status: 400) == .transient)
    }

    @Test(arguments: [500, 502, 503, 504])
    func failingServersAreTransient(status: Int) {
        #expect(RetryReason(code: "AnythingElse", status: status) == .transient)
    }

    @Test func tooManyRequestsIsAThrottleByStatus() {
        #expect(RetryReason(code: "AnythingElse", status: 429) == .throttle)
    }

    @Test(arguments: [
        ("ResourceNotFoundException", 400), ("ExpiredIteratorException", 400), ("AccessDeniedException", 400),
        ("InvalidSignatureException", 403), ("ExpiredTokenException", 400), ("NotImplemented", 501), ("404", 404),
        ("throttling", 400),
    ])
    func theRestIsNotRepeated(code: String, status: Int) {
        #expect(RetryReason(code: code, status: status) == nil)
    }
}
