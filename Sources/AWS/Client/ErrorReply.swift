import Core
import FoundationEssentials
import HTTPClient

/// What an error's response says, whatever its form: JSON, CBOR, XML, HTML or nothing. Its first byte tells the form, since
/// services answer a request in CBOR with JSON under CBOR's name, and proxies answer anything with HTML.
struct ErrorReply: Hashable, Sendable {
    /// AWS's code; the status in digits when none can be found.
    let code: String
    /// Unmasked: never to be shown as it is.
    let message: String
    let requestID: String?

    /// An error's body is small. Of a longer one nothing is read.
    static let bodyBytesMax = 256 << 10

    init(_ response: HTTPResponse) {
        let body = Self.body(response.body)
        let named =
            response.headers["x-amzn-query-error"].flatMap { Self.beforeSemicolon($0) }
            ?? Self.shortened(response.headers["x-amzn-ErrorType"]) ?? Self.shortened(body.code)
        code = named ?? String(response.status)
        message = body.message ?? ""
        requestID = response.requestID ?? body.requestID
    }

    /// `Code;Sender`, for clients that knew the service by another protocol before.
    private static func beforeSemicolon(_ value: String) -> String? {
        let code = value.prefix { $0 != ";" }
        return code.isEmpty ? nil : String(code)
    }

    /// `com.amazonaws.kinesis#ExpiredIteratorException:http://…` is `ExpiredIteratorException`.
    private static func shortened(_ type: String?) -> String? {
        guard let type else { return nil }
        let name = type.prefix { $0 != ":" }
        let code = name.lastIndex(of: "#").map { name[$0...].dropFirst() } ?? name
        return code.isEmpty ? nil : String(code)
    }
}

extension ErrorReply {
    private struct Body {
        var code: String?
        var message: String?
        var requestID: String?

        init() {}

        init(code: String?, message: String?, requestID: String?) {
            self.code = code
            self.message = message
            self.requestID = requestID
        }

        /// The members that AWS's JSON and CBOR share.
        init(texts: [String: String]) {
            code = texts["__type"] ?? texts["code"]
            message = texts["message"] ?? texts["Message"]
        }
    }

    private static func body(_ bytes: [UInt8]) -> Body {
        guard bytes.count <= bodyBytesMax else { return Body() }
        switch bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
        case UInt8(ascii: "{"): return json(bytes)
        case UInt8(ascii: "<"): return xml(bytes)
        default: return cbor(bytes)
        }
    }

    private static func json(_ bytes: [UInt8]) -> Body {
        // A body that is no JSON is no error of ours: then the status is all there is to say.
        guard let members = try? JSONDecoder().decode([String: LenientText].self, from: Data(bytes)) else {
            return Body()
        }
        return Body(texts: members.compactMapValues(\.text))
    }

    private static func cbor(_ bytes: [UInt8]) -> Body {
        // The same holds for what is no CBOR.
        guard let texts = try? CBORTexts.members(of: bytes) else { return Body() }
        return Body(texts: texts)
    }

    private static func xml(_ bytes: [UInt8]) -> Body {
        // And for HTML.
        guard let root = try? XMLNode.parse(bytes) else { return Body() }
        let error = root["Error"] ?? root["Errors"]?["Error"] ?? root
        let requestID = root["RequestId"] ?? root["RequestID"]
        // `<UnknownOperationException/>` is all that the front of AWS's JSON services says to a media type it does not know.
        let code = error["Code"]?.text ?? (root.name.hasSuffix("Exception") ? root.name : nil)
        return Body(code: code, message: error["Message"]?.text, requestID: requestID?.text)
    }
}

/// A string, or anything else, which is passed over.
private struct LenientText: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
        text = try? decoder.singleValueContainer().decode(String.self)
    }
}

extension HTTPResponse {
    /// AWS's id of the request.
    var requestID: String? { headers["x-amzn-RequestId"] ?? headers["x-amz-request-id"] }
}
