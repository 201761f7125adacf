/// The errors that Kinesis's operations have, and those that every operation may get.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html
extension FaultRule.Effect {
    /// Codes with the HTTP status that AWS gives them; where no page of AWS's says it, 400.
    private static let kinesisErrors: [(code: String, status: Int)] = [
        ("ProvisionedThroughputExceededException", 400), ("KMSThrottlingException", 400),
        ("LimitExceededException", 400), ("ThrottlingException", 400),
        ("InternalFailure", 500), ("InternalFailureException", 500), ("ServiceUnavailable", 503),
        ("ExpiredIteratorException", 400), ("ExpiredNextTokenException", 400), ("InvalidArgumentException", 400),
        ("ValidationException", 400), ("ResourceNotFoundException", 400), ("ResourceInUseException", 400),
        ("AccessDeniedException", 400), ("KMSAccessDeniedException", 400), ("KMSDisabledException", 400),
        ("KMSInvalidStateException", 400), ("KMSNotFoundException", 400), ("KMSOptInRequired", 400),
        ("ExpiredTokenException", 400), ("UnrecognizedClientException", 400), ("InvalidSignatureException", 400),
        ("IncompleteSignatureException", 400), ("MissingAuthenticationTokenException", 403),
    ]

    /// Other services' words, and those of what stands between.
    private static let otherStatuses = [
        "InternalServerError": 500, "BadGateway": 502, "ServiceUnavailableException": 503, "GatewayTimeout": 504,
    ]

    private static let kinesisStatuses = Dictionary(uniqueKeysWithValues: kinesisErrors.map { ($0.code, $0.status) })

    /// Every error that Kinesis may answer with, each with its own status.
    package static var everyKinesisError: [FaultRule.Effect] {
        kinesisErrors.map { .refuse(code: $0.code, message: "injected", status: $0.status) }
    }

    /// 400 for a code that is not known here, as most of AWS's are.
    static func status(of code: String) -> Int { kinesisStatuses[code] ?? otherStatuses[code] ?? 400 }
}
