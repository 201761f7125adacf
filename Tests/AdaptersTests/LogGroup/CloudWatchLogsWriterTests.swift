import AWS
import Adapters
import Core
import Testing

@testable import LogGroupFakes

@Suite struct WhatAWSsErrorsMeanForALogGroup {
    private func refused(_ code: String, _ message: String = "text", status: Int = 400) -> AWSError {
        AWSError(
            kind: .refused, code: code, message: message, status: status, requestID: nil, operation: "logs:X",
            endpoint: "https://logs.example", mayHaveBeenDone: status >= 500)
    }

    private func failed(
        _ code: String, status: Int = 400, needsAPerson: Bool = false, mayHaveWorked: Bool = false
    ) -> Trouble {
        Trouble(
            "logs:X at https://logs.example: \(code) (\(status)): text", needsAPerson: needsAPerson,
            mayHaveWorked: mayHaveWorked)
    }

    @Test(arguments: [
        ("ResourceNotFoundException", PutOutcome.missing("text")),
        ("InvalidParameterException", .refused("InvalidParameterException: text")),
        ("SerializationException", .refused("SerializationException: text")),
        ("413", .refused("413: text")),
        ("DataAlreadyAcceptedException", .taken(.none)),
    ])
    func whilePutting(code: String, expected: PutOutcome) {
        #expect(PutOutcome(refused(code)) == expected)
    }

    @Test(arguments: [
        ("ResourceAlreadyExistsException", CreateOutcome.existed), ("ResourceNotFoundException", .missing("text")),
        ("OperationAbortedException", .busy),
    ])
    func whileCreating(code: String, expected: CreateOutcome) {
        #expect(CreateOutcome(refused(code)) == expected)
    }

    @Test func troubleHealsOrNeedsAPerson() {
        #expect(PutOutcome(refused("ThrottlingException")) == .failed(failed("ThrottlingException")))
        #expect(
            PutOutcome(refused("ServiceUnavailableException", status: 503))
                == .failed(failed("ServiceUnavailableException", status: 503, mayHaveWorked: true)))
        for code in ["AccessDeniedException", "UnrecognizedClientException", "AnythingElseException"] {
            #expect(PutOutcome(refused(code)) == .failed(failed(code, needsAPerson: true)))
        }
        #expect(
            CreateOutcome(refused("LimitExceededException"))
                == .failed(failed("LimitExceededException", needsAPerson: true)))
    }

    @Test func anAnswerThatNeverCameMayHaveBeenASuccess() {
        let error = AWSError(
            kind: .unreadable, code: "UnreadableReply", message: "a success without content", status: 200,
            requestID: nil, operation: "logs:X", endpoint: "e", mayHaveBeenDone: true)
        #expect(
            PutOutcome(error)
                == .failed(
                    Trouble("logs:X at e: UnreadableReply (200): a success without content", mayHaveWorked: true)))
    }
}
