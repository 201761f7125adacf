import Testing

@testable import HTTPClient

/// What is not sent at all, because it would say something else than it seems to.
@Suite struct RequestRuleTests {
    @Test(arguments: [
        HTTPRequest(url: "http://h/", headers: HTTPHeaders([.init(name: "A", value: "1\r\nB: 2")])),
        HTTPRequest(url: "http://h/", headers: HTTPHeaders([.init(name: "A", value: "1\nB: 2")])),
        HTTPRequest(url: "http://h/", headers: HTTPHeaders([.init(name: "A", value: "1\r")])),
        HTTPRequest(url: "http://h/", headers: HTTPHeaders([.init(name: "A", value: "1\0")])),
        HTTPRequest(url: "http://h/", headers: HTTPHeaders([.init(name: "A\r\nB", value: "1")])),
        HTTPRequest(url: "http://h/", headers: HTTPHeaders([.init(name: "A:", value: "1")])),
        HTTPRequest(url: "http://h/", headers: HTTPHeaders([.init(name: "A;", value: "1")])),
        HTTPRequest(url: "http://h/", headers: HTTPHeaders([.init(name: "", value: "1")])),
        HTTPRequest(url: "http://h/", headers: HTTPHeaders([.init(name: "É", value: "1")])),
        HTTPRequest(url: "http://h/", headers: HTTPHeaders([.init(name: "transfer-encoding", value: "chunked")])),
        HTTPRequest(url: "http://h/", headers: HTTPHeaders([.init(name: "content-length", value: "7")]), body: [1]),
        HTTPRequest(method: "GET /x HTTP/1.1\r\nA: b\r\n\r\nGET", url: "http://h/"),
        HTTPRequest(method: "", url: "http://h/"),
        HTTPRequest(url: ""), HTTPRequest(url: "h"), HTTPRequest(url: "h:80/"), HTTPRequest(url: "file:///etc/passwd"),
        HTTPRequest(url: "http://"), HTTPRequest(url: "http:///path"), HTTPRequest(url: "http://user:secret@h/"),
        HTTPRequest(url: "http://h\\@other/"), HTTPRequest(url: "http://h/ x"), HTTPRequest(url: "http://h/\r\nA: b"),
        HTTPRequest(url: "http://h/é"), HTTPRequest(url: "http://h:99999/"), HTTPRequest(url: "http://[::1/"),
    ])
    func isRefused(request: HTTPRequest) async throws {
        let failure = await failure { try await withTransport { try await $0.perform(request) } }
        #expect(failure?.kind == .badRequest)
        #expect(failure?.mayHaveBeenSent == false)
        #expect(failure?.detail.contains("secret") == false)
    }

    @Test func aUserAgentIsOneLine() {
        #expect(throws: HTTPFailure.self) { try HTTPTransport(HTTPTransportSettings(userAgent: "a\r\nB: c")) }
    }

    @Test func anEndpointIsTheURLUpToItsPath() throws {
        #expect(try Endpoint(url: "HTTPS://Kinesis.Example:443/a?b").description == "https://kinesis.example:443")
        #expect(try Endpoint(url: "http://[::1]:80?b").description == "http://[::1]:80")
        #expect(try Endpoint(url: "http://h#f") == Endpoint(url: "http://H"))
    }
}
