import FoundationEssentials
import HTTPClient

/// What an error's response says, whatever its form: JSON, XML, HTML or nothing.
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
    }

    private static func body(_ bytes: [UInt8]) -> Body {
        guard bytes.count <= bodyBytesMax else { return Body() }
        switch bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
        case UInt8(ascii: "{"): return json(bytes)
        case UInt8(ascii: "<"): return xml(bytes)
        default: return Body()
        }
    }

    private static func json(_ bytes: [UInt8]) -> Body {
        // A body that is no JSON is no error of ours: then the status is all there is to say.
        guard let members = try? JSONDecoder().decode([String: LenientText].self, from: Data(bytes)) else {
            return Body()
        }
        let texts = members.compactMapValues(\.text)
        return Body(
            code: texts["__type"] ?? texts["code"], message: texts["message"] ?? texts["Message"], requestID: nil)
    }

    private static func xml(_ bytes: [UInt8]) -> Body {
        // The same holds for HTML.
        guard let root = try? XMLNode.parse(bytes) else { return Body() }
        let error = root["Error"] ?? root["Errors"]?["Error"] ?? root
        let requestID = root["RequestId"] ?? root["RequestID"]
        return Body(code: error["Code"]?.text, message: error["Message"]?.text, requestID: requestID?.text)
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
