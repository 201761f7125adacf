import AWS
import Testing

@testable import Setup

/// Which of AWS's refusals are waited for, and what is said of the others.
@Suite struct CallErrorsTests {
    private static let stream = StreamPlace(name: "s", region: "us-east-1")
    private static let document = PolicyDocument([.allow(["a:B"], on: ["c"])])
    private static let filter = SubscriptionFilter(name: "f", group: "g", pattern: "", destination: "d", role: "r")
    private static let policy = AccountPolicy(name: "p", document: #"{"DestinationArn":"d","RoleArn":"r"}"#)
    private static let putFilter = SetupCall.subscription(region: "us-east-1", .putFilter(filter))
    private static let putPolicy = SetupCall.subscription(region: "us-east-1", .putPolicy(policy))
    private static let create = SetupCall.stream(stream, .create(.onDemand, tags: [:]))

    private static func error(_ code: String, _ operation: String = "", _ message: String = "") -> AWSError {
        AWSError(
            kind: .refused, code: code, message: message, status: 400, requestID: nil, operation: operation,
            endpoint: "https://aws.example", mayHaveBeenDone: false)
    }

    private static let assuming = "Make sure you have given CloudWatch Logs permission to assume the provided role."

    @Test(arguments: [
        (SetupCall.role("r", .putPolicy(name: "p", document)), error("NoSuchEntity")),
        (.role("r", .setTrust(document)), error("NoSuchEntity")), (.role("r", .tag([:])), error("NoSuchEntity")),
        (.role("r", .delete), error("DeleteConflict")),
        (.stream(stream, .encrypt(key: "k")), error("ResourceInUseException")),
        (.stream(stream, .tag([:])), error("ResourceInUseException")), (putFilter, error("ThrottlingException")),
        (putFilter, error("OperationAbortedException")), (putFilter, error("ValidationException", "", assuming)),
        (putPolicy, error("ValidationException", "", assuming)),
    ]) func passesByItself(call: SetupCall, error: AWSError) { #expect(call.mayYetSucceed(after: error)) }

    @Test(arguments: [
        (putFilter, error("LimitExceededException", "logs:PutSubscriptionFilter"), "L-87E7D306"),
        (putPolicy, error("LimitExceededException", "logs:PutAccountPolicy"), "one subscription policy"),
        (create, error("LimitExceededException", "kinesis:CreateStream"), "quota of shards"),
        (.stream(stream, .delete), error("ResourceInUseException"), "list-stream-consumers"),
        (putFilter, error("AccessDeniedException", "", "User with accountId: 1 is not authorized"), "--sender"),
        (putFilter, error("InvalidParameterException", "", "Role ARN is required when"), "--with-role"),
    ]) func needsAPerson(call: SetupCall, error: AWSError, advice: String) {
        #expect(!call.mayYetSucceed(after: error))
        #expect(call.advice(on: error)?.contains(advice) == true, "\(call.advice(on: error) ?? "none")")
    }

    @Test(arguments: [
        (create, error("ResourceInUseException")), (.role("r", .delete), error("NoSuchEntity")),
        (.role("r", .putPolicy(name: "p", document)), error("MalformedPolicyDocument")),
    ]) func isFinal(call: SetupCall, error: AWSError) { #expect(!call.mayYetSucceed(after: error)) }
}
