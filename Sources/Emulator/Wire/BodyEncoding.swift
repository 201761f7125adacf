/// How a call and its answer are written. The operations and their members are the same.
enum BodyEncoding: Hashable, Sendable {
    /// AWS JSON 1.1.
    case json
    /// Kinesis alone has it.
    case cbor

    var contentType: String {
        switch self {
        case .json: "application/x-amz-json-1.1"
        case .cbor: "application/x-amz-cbor-1.1"
        }
    }

    /// What a request's Content-Type names.
    init?(contentType: String?) {
        switch contentType?.prefix(while: { $0 != ";" }).lowercased() {
        case Self.json.contentType: self = .json
        case Self.cbor.contentType: self = .cbor
        default: return nil
        }
    }
}
