import HTTPClient
import Signing

/// One operation with its payload, before it is signed.
struct AWSCall: Sendable {
    /// AWS's own name, `GetRecords` for instance.
    let operation: String
    let headers: [HTTPHeader]
    let body: [UInt8]
    /// Whether a success always has content.
    let repliesWithBody: Bool
    /// What a reply's body may hold at most.
    let replyBytesMax: Int
    /// The same request in CBOR, where it is to be made so if the endpoint takes it. The reply is then read from either.
    var cbor: [UInt8]?

    /// Enough for every reply but a page of records: 1,000 shards, 10,000 log events within 1 MB, an identity.
    static let usualReplyBytesMax = 8 << 20
}

extension AWSCall {
    /// Kinesis's CBOR protocol, which AWS takes from each request's own Content-Type: the same operations, targets and
    /// members as in JSON. No model describes it; the Java SDKs speak it by default.
    static let cborType = "application/x-amz-cbor-1.1"

    /// The headers and body of one attempt.
    func content(in encoding: CallEncoding) -> (headers: [HTTPHeader], body: [UInt8]) {
        guard case .cbor = encoding, let cbor else { return (headers, body) }
        let others = headers.filter { $0.name != "Content-Type" }
        return ([HTTPHeader(name: "Content-Type", value: Self.cborType)] + others, cbor)
    }

    /// AWS JSON 1.1. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
    init(
        json operation: String, targetPrefix: String, body: [UInt8], repliesWithBody: Bool, replyBytesMax: Int
    ) {
        self.init(
            operation: operation,
            headers: [
                HTTPHeader(name: "Content-Type", value: "application/x-amz-json-1.1"),
                HTTPHeader(name: "X-Amz-Target", value: "\(targetPrefix).\(operation)"),
            ],
            body: body, repliesWithBody: repliesWithBody, replyBytesMax: replyBytesMax)
    }

    /// The query protocol. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
    init(query operation: String, version: String, parameters: [(name: String, value: String)]) {
        let fields = [(name: "Action", value: operation), (name: "Version", value: version)] + parameters
        let form = fields.map { field in
            "\(PercentEncoding.encode(field.name.utf8))=\(PercentEncoding.encode(field.value.utf8))"
        }
        self.init(
            operation: operation,
            headers: [HTTPHeader(name: "Content-Type", value: "application/x-www-form-urlencoded; charset=utf-8")],
            body: Array(form.joined(separator: "&").utf8), repliesWithBody: true,
            replyBytesMax: AWSCall.usualReplyBytesMax)
    }
}
