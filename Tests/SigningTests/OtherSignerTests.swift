import Signing
import Testing

/// Signatures that AWS's own Python client made for the very calls we make.
struct ForeignCall: Sendable, CustomTestStringConvertible {
    let host: String
    let region: String
    let service: String
    let target: String
    let body: String
    /// `nil` where it was not written down.
    let canonicalHash: String?
    let signature: String

    var testDescription: String { "\(target) to \(host)" }

    static let putLogEventsBody =
        #"{"logGroupName":"/central/app","logStreamName":"s1","#
        + #""logEvents":[{"timestamp":1763632800000,"message":"héllo"}]}"#

    static let all = [
        ForeignCall(
            host: "kinesis.us-east-1.amazonaws.com", region: "us-east-1", service: "kinesis",
            target: "Kinesis_20131202.GetRecords",
            body: #"{"ShardIterator":"AAAAAAAAAAHSywljv0zEgPX4","Limit":1000}"#,
            canonicalHash: "5fc41d490e91db9dbcee2ceb6e04db1ba9a24cd02b17e9fd273daa6da274f67f",
            signature: "4df94508ff4db9a2cd1307ae3d408e8242e5d49cc167073729734c662fb62939"),
        ForeignCall(
            host: "logs.eu-west-1.amazonaws.com", region: "eu-west-1", service: "logs",
            target: "Logs_20140328.PutLogEvents", body: putLogEventsBody,
            canonicalHash: "16dc975ccbbcdcf843c52d78aca96a90723bc14afef9cbad3dcc9aeac08f36f1",
            signature: "975d9862a39133a1808c885d78a306b1f880cb5551a1bcc71a21177a4963e284"),
        ForeignCall(
            host: "127.0.0.1:4567", region: "eu-west-1", service: "logs", target: "Logs_20140328.PutLogEvents",
            body: putLogEventsBody, canonicalHash: nil,
            signature: "4f67f12d9457b27542fc0766896c91013c5568142d9012f9da42b11429b001da"),
    ]
}

@Suite struct OtherSigners {
    static let example = Credentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")

    @Test(arguments: ForeignCall.all)
    func agreeWithOurs(call: ForeignCall) throws {
        let time = try #require(UTCTime(basic: "20261120T120000Z"))
        let headers = [
            (name: "Host", value: call.host), (name: "Content-Type", value: "application/x-amz-json-1.1"),
            (name: "X-Amz-Target", value: call.target), (name: "User-Agent", value: "anything"),
        ]
        let request = Signer.Request(
            method: "POST", path: "/", headers: headers, payloadHash: Digest.payloadHash(Array(call.body.utf8)))
        let signed = Signer().headers(
            signing: request, as: Self.example, region: call.region, service: call.service, at: time)

        let authorization = try #require(signed.last.flatMap { AuthorizationHeader(parsing: $0.value) })
        #expect(authorization.signedHeaders == "content-type;host;x-amz-date;x-amz-target")
        #expect(authorization.signature == call.signature)
        if let hash = call.canonicalHash {
            let covered = headers.dropLast() + [(name: "X-Amz-Date", value: time.basic)]
            let canonical = CanonicalRequest(
                method: "POST", path: "/", query: "", headers: Array(covered), payloadHash: request.payloadHash)
            #expect(canonical.hash == hash)
        }
    }
}
