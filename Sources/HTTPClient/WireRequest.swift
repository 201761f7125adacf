/// A request that has been looked over: what it says can be said in HTTP, and cannot say anything else as well.
struct WireRequest: Sendable {
    let method: String
    let url: String
    let endpoint: Endpoint
    /// In libcurl's form, those it must not add by itself included.
    let headerLines: [String]
    let body: [UInt8]
    let connectTimeout: Duration
    let bodyBytesMax: Int
    let proxy: HTTPRequest.Proxy
    let version: HTTPRequest.Version
    /// When the whole transfer has to be over.
    let deadline: ContinuousClock.Instant
    /// When it is too late to send it.
    let expiry: ContinuousClock.Instant?

    /// Throws `badRequest`.
    init(_ request: HTTPRequest, now: ContinuousClock.Instant = .now) throws(HTTPFailure) {
        guard !request.method.isEmpty, request.method.utf8.allSatisfy(isTokenByte) else {
            throw HTTPFailure(.badRequest, "the method is not a token")
        }
        endpoint = try Endpoint(url: request.url)
        method = request.method
        url = request.url
        headerLines = try Self.lines(request.headers, bodyBytes: request.body.count)
        body = request.body
        connectTimeout = request.connectTimeout
        bodyBytesMax = request.bodyBytesMax
        proxy = request.proxy
        version = request.version
        deadline = now + request.timeout
        expiry = request.validFor.map { request.made + $0 }
    }

    func isStale(at now: ContinuousClock.Instant) -> Bool { expiry.map { now > $0 } ?? false }

    /// Such as `POST https://kinesis.us-east-1.amazonaws.com`.
    var attempt: String { "\(method) \(endpoint)" }

    var hasBody: Bool { !body.isEmpty || ["POST", "PUT", "PATCH"].contains(method) }

    /// `Name: value`; `Name;` sends an empty value, `Name:` leaves out what libcurl would add.
    private static func lines(_ headers: HTTPHeaders, bodyBytes: Int) throws(HTTPFailure) -> [String] {
        var lines: [String] = []
        for header in headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(isTokenByte) else {
                throw HTTPFailure(.badRequest, "a header's name is not a token")
            }
            guard header.value.utf8.allSatisfy(isFieldByte) else {
                throw HTTPFailure(.badRequest, "the value of header \(header.name) holds a control character")
            }
            if try isFraming(header, bodyBytes: bodyBytes) { continue }
            let isBlank = header.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            lines.append(isBlank ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        let unasked = ["Accept", "Content-Type", "Expect"].filter { headers[$0] == nil }
        return lines + unasked.map { "\($0):" }
    }

    /// Whether the header says where the body ends. That is libcurl's part: a right one is left to it, any other refused.
    private static func isFraming(_ header: HTTPHeader, bodyBytes: Int) throws(HTTPFailure) -> Bool {
        if header.isNamed("Transfer-Encoding") {
            throw HTTPFailure(.badRequest, "a request's body has no transfer coding")
        }
        guard header.isNamed("Content-Length") else { return false }
        guard header.value == String(bodyBytes) else {
            throw HTTPFailure(.badRequest, "Content-Length is not the body's length")
        }
        return true
    }
}

/// A byte of a header's value: anything but control characters (RFC 9110 §5.5), the horizontal tab excepted.
func isFieldByte(_ byte: UInt8) -> Bool { byte == 0x09 || (byte >= 0x20 && byte != 0x7F) }

/// A byte of a token (RFC 9110 §5.6.2).
func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
