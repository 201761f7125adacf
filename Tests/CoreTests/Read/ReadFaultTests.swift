import Core
import Testing

@Suite struct ReadFaultTests {
    @Test(arguments: [
        ("ExpiredIteratorException", 400, ReadFault.expiredIterator),
        ("ProvisionedThroughputExceededException", 400, .throttled), ("KMSThrottlingException", 400, .throttled),
        ("LimitExceededException", 400, .throttled), ("ThrottlingException", 400, .throttled),
        ("Throttling", 400, .throttled), ("RequestLimitExceeded", 503, .throttled), ("SlowDown", 503, .throttled),
        ("429", 429, .throttled),
        ("InvalidArgumentException", 400, .positionRefused),
        ("AccessDeniedException", 400, .accessDenied), ("AccessDenied", 403, .accessDenied),
        ("OptInRequired", 403, .accessDenied), ("403", 403, .accessDenied), ("401", 401, .accessDenied),
        ("KMSAccessDeniedException", 400, .kmsAccessDenied), ("KMSDisabledException", 400, .kmsDisabled),
        ("KMSInvalidStateException", 400, .kmsInvalidState), ("KMSNotFoundException", 400, .kmsNotFound),
        ("KMSOptInRequired", 400, .kmsOptInRequired),
        ("ResourceNotFoundException", 400, .notFound),
        ("ExpiredTokenException", 400, .credentials), ("ExpiredToken", 403, .credentials),
        ("UnrecognizedClientException", 400, .credentials), ("InvalidSignatureException", 403, .credentials),
        ("SignatureDoesNotMatch", 403, .credentials), ("IncompleteSignatureException", 400, .credentials),
        ("MissingAuthenticationTokenException", 400, .credentials), ("InvalidClientTokenId", 403, .credentials),
        ("RequestExpired", 400, .credentials),
        ("InternalFailure", 500, .serviceFailure), ("InternalFailureException", 500, .serviceFailure),
        ("InternalServerError", 500, .serviceFailure), ("ServiceUnavailable", 503, .serviceFailure),
        ("RequestTimeoutException", 400, .serviceFailure), ("500", 500, .serviceFailure),
        ("502", 502, .serviceFailure), ("503", 503, .serviceFailure), ("504", 504, .serviceFailure),
        ("599", 599, .serviceFailure), ("SomethingNew", 500, .serviceFailure),
        ("SomethingNewException", 400, .refused), ("ValidationException", 400, .refused),
        ("SerializationException", 400, .refused), ("404", 404, .refused), ("", 200, .refused),
    ])
    func aCodeIsOneFault(code: String, status: Int, fault: ReadFault) {
        #expect(ReadFault(code: code, status: status) == fault)
    }

    @Test func theCodeDecidesBeforeTheStatusDoes() {
        #expect(ReadFault(code: "ProvisionedThroughputExceededException", status: 500) == .throttled)
        #expect(ReadFault(code: "ExpiredIteratorException", status: 500) == .expiredIterator)
        #expect(ReadFault(code: "InternalFailure", status: 400) == .serviceFailure)
    }

    private static let remedies: [ReadFault: ReadRemedy] = [
        .expiredIterator: ReadRemedy(next: .freshIterator, pause: .short, isFirstForgiven: true, isLoud: false),
        .throttled: ReadRemedy(next: .sameIterator, pause: .throttled, isLoud: false),
        .positionRefused: ReadRemedy(next: .freshIterator, pause: .long, isFirstForgiven: true, isLoud: true),
        .accessDenied: ReadRemedy(next: .sameIterator, pause: .long, isLoud: true),
        .kmsAccessDenied: ReadRemedy(next: .sameIterator, pause: .long, isLoud: true),
        .kmsDisabled: ReadRemedy(next: .sameIterator, pause: .long, isLoud: true),
        .kmsInvalidState: ReadRemedy(next: .sameIterator, pause: .long, isLoud: true),
        .kmsNotFound: ReadRemedy(next: .sameIterator, pause: .long, isLoud: true),
        .kmsOptInRequired: ReadRemedy(next: .sameIterator, pause: .long, isLoud: true),
        .notFound: ReadRemedy(next: .listOfShards, pause: .long, isLoud: true),
        .credentials: ReadRemedy(next: .sameIterator, pause: .short, isLoud: true),
        .serviceFailure: ReadRemedy(next: .sameIteratorAtFirst, pause: .short, isLoud: true),
        .network: ReadRemedy(next: .sameIterator, pause: .short, isLoud: true),
        .garbage: ReadRemedy(next: .sameIteratorAtFirst, pause: .short, isLoud: true),
        .replyTooLarge: ReadRemedy(next: .sameIteratorAtFirst, pause: .short, isLoud: true),
        .refused: ReadRemedy(next: .freshIterator, pause: .long, isLoud: true),
    ]

    @Test(arguments: ReadFault.allCases)
    func aFaultHasOneRemedy(fault: ReadFault) {
        #expect(fault.remedy == Self.remedies[fault])
    }
}
