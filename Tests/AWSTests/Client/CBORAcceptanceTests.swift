import HTTPClient
import Testing

@testable import AWS

private func error(
    _ status: Int, _ code: String? = nil, requestID: String? = nil, kind: AWSError.Kind = .refused
) -> AWSError {
    AWSError(
        kind: kind, code: code ?? String(status), message: "", status: status, requestID: requestID,
        operation: "kinesis:GetRecords", endpoint: "http://aws.example", mayHaveBeenDone: false)
}

@Suite struct WhatARefusalOfCBORIs {
    @Test(arguments: [
        // kinesalite, and AWS to a media type that it does not know.
        error(404, "UnknownOperationException", requestID: "id"),
        error(400, "UnknownOperationException", requestID: "id"),
        error(400, "SerializationException", requestID: "id"), error(400, "SerializationException"),
        error(415), error(415, requestID: "id"), error(415, "UnsupportedMediaType"),
    ])
    func plain(error: AWSError) { #expect(CBORAcceptance.Refusal(error) == .plain) }

    @Test(arguments: [
        // moto answers 500 in HTML; LocalStack did with 500 and 502.
        error(500), error(502), error(501), error(400), error(404), error(406),
        error(200, "UnreadableReply", kind: .unreadable),
        error(200, "UnreadableReply", requestID: "id", kind: .unreadable),
    ])
    func unclear(error: AWSError) { #expect(CBORAcceptance.Refusal(error) == .unclear) }

    /// AWS's own errors have a code or at least a request's id.
    @Test(arguments: [
        error(400, "ExpiredIteratorException", requestID: "id"), error(400, "ExpiredIteratorException"),
        error(400, "ProvisionedThroughputExceededException", requestID: "id"), error(400, "ThrottlingException"),
        error(400, "ResourceNotFoundException"), error(400, "InvalidArgumentException"),
        error(400, "ValidationException"),
        error(400, "AccessDeniedException"), error(403, "InvalidSignatureException"),
        error(400, "ExpiredTokenException"),
        error(400, "KMSThrottlingException"), error(500, "InternalFailure"),
        error(500, "InternalFailure", requestID: "id"),
        error(500, requestID: "id"), error(400, requestID: "id"), error(404, requestID: "id"), error(503),
        error(503, "ServiceUnavailable"), error(504), error(408), error(429), error(401), error(403), error(407),
        error(413),
        error(301), error(0, "Unreachable", kind: .unreachable(.interrupted)),
        error(0, "Unreachable", kind: .unreachable(.timedOut)),
        error(0, "Unreachable", kind: .unreachable(.bodyTooLarge)),
        error(0, "NoCredentials", kind: .noCredentials),
    ])
    func nothingElse(error: AWSError) { #expect(CBORAcceptance.Refusal(error) == nil) }
}

@Suite struct WhetherAnEndpointTakesCBOR {
    private let plain = error(404, "UnknownOperationException")
    private let unclear = error(500)

    /// One call: refused with `error` in the encoding it begins with, then a success. Answers what was settled.
    private func call(_ acceptance: inout CBORAcceptance, refusedBy error: AWSError) -> AWSError? {
        let encoding = acceptance.encoding
        return acceptance.succeeded(in: acceptance.encoding(after: error, in: encoding) ?? encoding)
    }

    @Test func isTakenForGrantedAtFirst() {
        #expect(CBORAcceptance().encoding == .cbor(signs: 0))
    }

    @Test func isSettledByOnePlainRefusal() {
        var acceptance = CBORAcceptance()
        #expect(call(&acceptance, refusedBy: plain) == plain)
        #expect(acceptance.encoding == .json(insteadOf: nil))
        #expect(acceptance.succeeded(in: acceptance.encoding) == nil)
    }

    /// Even when it answered CBOR before: it may have been replaced.
    @Test func isSettledByAPlainRefusalAtAnyTime() {
        var acceptance = CBORAcceptance()
        _ = acceptance.succeeded(in: .cbor(signs: 0))
        #expect(call(&acceptance, refusedBy: plain) == plain)
        #expect(acceptance.encoding == .json(insteadOf: nil))
    }

    @Test func isSettledByThreeUnclearRefusalsInARow() {
        var acceptance = CBORAcceptance()
        #expect(call(&acceptance, refusedBy: unclear) == nil)
        #expect(call(&acceptance, refusedBy: unclear) == nil)
        #expect(acceptance.encoding == .cbor(signs: 2))
        #expect(call(&acceptance, refusedBy: unclear) == unclear)
        #expect(acceptance.encoding == .json(insteadOf: nil))
    }

    /// All shards are polled at once when a proxy has a bad moment.
    @Test func isNotSettledByManyAtOnce() throws {
        var acceptance = CBORAcceptance()
        let begun = (0..<64).map { _ in acceptance.encoding }
        for encoding in begun {
            let next = try #require(acceptance.encoding(after: unclear, in: encoding))
            #expect(acceptance.succeeded(in: next) == nil)
        }
        #expect(acceptance.encoding == .cbor(signs: 1))
    }

    /// A late reply to an early request adds nothing to what came since.
    @Test func isNotUnlearntFromWhatIsOld() throws {
        var acceptance = CBORAcceptance()
        let late = try #require(acceptance.encoding(after: unclear, in: acceptance.encoding))
        for _ in 0..<2 { _ = call(&acceptance, refusedBy: unclear) }
        #expect(acceptance.succeeded(in: late) == nil)
        #expect(acceptance.encoding == .cbor(signs: 2))
    }

    @Test func isBeyondDoubtOnceAnswered() {
        var acceptance = CBORAcceptance()
        for _ in 0..<2 { _ = call(&acceptance, refusedBy: unclear) }
        #expect(acceptance.succeeded(in: acceptance.encoding) == nil)
        for _ in 0..<10 {
            #expect(acceptance.encoding(after: unclear, in: acceptance.encoding) == nil)
        }
        #expect(acceptance.encoding == .cbor(signs: 0))
    }

    /// An outage that ends in JSON while another call was answered in CBOR.
    @Test func isNotSettledByASignThatWasUnderWay() throws {
        var acceptance = CBORAcceptance()
        for _ in 0..<2 { _ = call(&acceptance, refusedBy: unclear) }
        let underWay = try #require(acceptance.encoding(after: unclear, in: acceptance.encoding))
        _ = acceptance.succeeded(in: acceptance.encoding)
        #expect(acceptance.succeeded(in: underWay) == nil)
        #expect(acceptance.encoding == .cbor(signs: 0))
    }

    @Test func isNotSettledWithoutASuccessInJSON() {
        let acceptance = CBORAcceptance()
        for _ in 0..<10 { _ = acceptance.encoding(after: plain, in: acceptance.encoding) }
        #expect(acceptance.encoding == .cbor(signs: 0))
    }

    @Test func isAskedOfNoCallInJSON() {
        #expect(CBORAcceptance().encoding(after: plain, in: .json(insteadOf: nil)) == nil)
    }
}
