import Signing
import Testing

@Suite struct CanonicalRequests {
    private func lines(path: String = "/", query: String = "", headers: [(name: String, value: String)] = [])
        -> [String]
    {
        CanonicalRequest(method: "GET", path: path, query: query, headers: headers, payloadHash: "hash").text
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test(arguments: [
        ("", "/"), ("/", "/"), ("/a%20b", "/a%2520b"), ("/a%2Fb/", "/a%252Fb/"), ("/é", "/%C3%A9"), ("/a//b", "/a/b"),
        ("/a/./b/../c", "/a/c"), ("/../..", "/"), ("/a/b/", "/a/b/"), ("/-._~", "/-._~"), ("/a:b", "/a%3Ab"),
    ])
    func pathIsResolvedThenEncodedOnceMore(path: String, canonical: String) {
        #expect(lines(path: path)[1] == canonical)
    }

    @Test(arguments: [
        ("", ""), ("a", "a="), ("a=", "a="), ("b=2&a=1", "a=1&b=2"), ("a=2&a=1", "a=1&a=2"), ("a=b=c", "a=b%3Dc"),
        ("a=%7e%2f", "a=~%2F"), ("a=x+y", "a=x%2By"), ("a=x y", "a=x%20y"), ("a=%zz", "a=%25zz"), ("a=%4", "a=%254"),
        ("é=1", "%C3%A9=1"), ("a=1&&b=2", "a=1&b=2"), ("a-=1&a=2", "a=2&a-=1"),
    ])
    func queryIsDecodedEncodedAndSorted(query: String, canonical: String) {
        #expect(lines(query: query)[2] == canonical)
    }

    @Test func headersAreLoweredSortedTrimmedAndJoined() {
        let text = lines(headers: [
            ("X-B", " two  words\t"), ("Host", "h"), ("x-b", "three"), ("X-A", #""a   b""#), ("X-C", ""),
        ])
        #expect(text[3...6] == ["host:h", #"x-a:"a b""#, "x-b:two words,three", "x-c:"])
        #expect(text[7...] == ["", "host;x-a;x-b;x-c", "hash"])
    }

    @Test func whatAProxyMayChangeIsNotSigned() throws {
        let changing = [
            "Authorization", "Connection", "Expect", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "TE",
            "Trailer", "Transfer-Encoding", "Upgrade", "User-Agent", "X-Amzn-Trace-Id", "baggage", "traceparent",
            "tracestate",
        ]
        let request = Signer.Request(
            method: "GET", path: "/", headers: (changing + ["Host", "X-Amz-Meta"]).map { ($0, "v") }, payloadHash: "")
        let added = Signer().headers(
            signing: request, as: OtherSigners.example, region: "r", service: "s", at: UTCTime(milliseconds: 0))
        let authorization = try #require(added.last.flatMap { AuthorizationHeader(parsing: $0.value) })
        #expect(authorization.signedHeaderNames == ["host", "x-amz-date", "x-amz-meta"])
    }
}
