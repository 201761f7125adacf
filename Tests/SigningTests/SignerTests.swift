import Signing
import Testing

@Suite struct Signatures {
    private let scope = CredentialScope(date: "20261120", region: "us-east-1", service: "kinesis")
    private let canonical = CanonicalRequest(method: "GET", path: "/", query: "", headers: [], payloadHash: "")

    private func sign(_ signer: Signer, secret: String) -> String {
        signer.signature(
            of: canonical, at: UTCTime(milliseconds: 0), scope: scope, accessKeyID: "AKID", secretAccessKey: secret)
    }

    @Test func aKeptKeyIsNotUsedForAnotherSecret() {
        let shared = Signer()
        let first = sign(shared, secret: "one")
        #expect(sign(shared, secret: "two") == sign(Signer(), secret: "two"))
        #expect(sign(shared, secret: "one") == first)
        #expect(first != sign(shared, secret: "two"))
    }

    @Test func aFullCacheStillSignsRight() {
        let shared = Signer()
        let expected = sign(Signer(), secret: "one")
        for number in 0..<200 {
            _ = shared.signature(
                of: canonical, at: UTCTime(milliseconds: 0), scope: scope, accessKeyID: "AKID\(number)",
                secretAccessKey: "other")
        }
        #expect(sign(shared, secret: "one") == expected)
    }

    @Test func manyTasksMayShareOneSigner() async {
        let shared = Signer()
        let secrets = (0..<8).map { "secret\($0)" }
        let expected = secrets.map { sign(Signer(), secret: $0) }
        await withTaskGroup(of: Bool.self) { group in
            for round in 0..<200 {
                group.addTask { self.sign(shared, secret: secrets[round % 8]) == expected[round % 8] }
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    @Test func credentialsNeverShowWhatCouldBeUsed() {
        let credentials = Credentials(
            accessKeyID: "AKID", secretAccessKey: "top-secret", sessionToken: "top-token",
            expiration: UTCTime(milliseconds: 0))
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), String(describing: [credentials]), dumped] {
            #expect(text.contains("AKID"))
            #expect(!text.contains("top-"))
        }
    }
}

@Suite struct AuthorizationHeaders {
    private let text =
        "AWS4-HMAC-SHA256 Credential=AKID/20261120/eu-west-1/logs/aws4_request, SignedHeaders=host;x-amz-date, "
        + "Signature=abc123"

    @Test func whatIsWrittenIsRead() throws {
        let header = try #require(AuthorizationHeader(parsing: text))
        #expect(header.accessKeyID == "AKID")
        #expect(header.scope == CredentialScope(date: "20261120", region: "eu-west-1", service: "logs"))
        #expect(header.signedHeaderNames == ["host", "x-amz-date"])
        #expect(header.signature == "abc123")
        #expect(header.value == text)
    }

    @Test func orderAndBlanksDoNotMatter() {
        let other =
            "AWS4-HMAC-SHA256 Signature=abc123,SignedHeaders=host;x-amz-date,"
            + "Credential=AKID/20261120/eu-west-1/logs/aws4_request"
        #expect(AuthorizationHeader(parsing: other) == AuthorizationHeader(parsing: text))
    }

    @Test(arguments: [
        "", "Bearer abc", "AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA256 Credential=AKID/20261120/eu-west-1/logs/aws4_request",
        "AWS4-HMAC-SHA256 Credential=AKID/20261120/eu-west-1/logs, SignedHeaders=host, Signature=a",
        "AWS4-HMAC-SHA256 Credential=AKID/20261120/eu-west-1/logs/aws3, SignedHeaders=host, Signature=a",
        "AWS4-HMAC-SHA256 Credential=/20261120/eu-west-1/logs/aws4_request, SignedHeaders=host, Signature=a",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=a, Signature=b",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=a, Other=b",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(AuthorizationHeader(parsing: text) == nil)
    }

    @Test func signaturesMatchOnlyWhenEqual() throws {
        let header = try #require(AuthorizationHeader(parsing: text))
        #expect(header.matches("abc123"))
        for other in ["abc124", "abc12", "abc1234", "", "ABC123"] { #expect(!header.matches(other)) }
    }
}

@Suite struct Times {
    @Test(arguments: [
        (0, "19700101T000000Z"), (1_440_938_160_000, "20150830T123600Z"), (1_709_164_799_999, "20240228T235959Z"),
        (1_709_251_199_000, "20240229T235959Z"), (1_709_251_200_000, "20240301T000000Z"),
        (4_107_542_399_000, "21000228T235959Z"), (951_782_400_000, "20000229T000000Z"),
        (1_798_761_599_000, "20261231T235959Z"),
    ])
    func areWrittenAndRead(milliseconds: Int64, text: String) throws {
        let time = UTCTime(milliseconds: milliseconds)
        #expect(time.basic == text)
        #expect(time.date == String(text.prefix(8)))
        #expect(try #require(UTCTime(basic: text)).milliseconds == milliseconds / 1000 * 1000)
    }

    @Test(arguments: [
        "", "20261120", "20261120T120000", "20261120 120000Z", "2026-11-20T12:00:00Z", "20261301T000000Z",
        "20260229T000000Z", "20261131T000000Z", "20261120T240000Z", "20261120T126000Z", "2026112xT120000Z",
        "20261100T120000Z", "20260012T120000Z",
    ])
    func nonsenseIsRefused(text: String) {
        #expect(UTCTime(basic: text) == nil)
    }
}
