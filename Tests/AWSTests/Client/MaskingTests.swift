import Foundation
import Signing
import Testing

@testable import AWS

@Suite struct Masks {
    static let token = "FwoGZXIvYXdzEPT//////////wEaDNHb+3a/" + String(repeating: "Zz9+/", count: 40) + "=="
    static let credentials = Credentials(
        accessKeyID: "ASIAEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRf", sessionToken: token)
    static let signature = String(repeating: "5fc41d49", count: 8)

    private func masked(_ text: String) -> String { Masking(Self.credentials).masked(text) }

    /// What AWS answers to a wrong signature quotes the request it would have signed.
    static let echo = """
        The request signature we calculated does not match the signature you provided.

        The Canonical String for this request should have been
        'POST
        /

        content-type:application/x-amz-json-1.1
        host:kinesis.us-east-1.amazonaws.com
        x-amz-security-token:\(token)

        content-type;host;x-amz-date;x-amz-security-token
        \(signature)'

        Authorization=AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20261120/us-east-1/kinesis/aws4_request, \
        SignedHeaders=host;x-amz-date, Signature=\(signature)
        """

    @Test func hideWhatAnEchoWouldGiveAway() {
        let text = masked(Self.echo)
        for secret in [Self.token, Self.signature, "ASIAEXAMPLE", String(Self.token.prefix(60)), "Zz9+/Zz9+/"] {
            #expect(!text.contains(secret))
        }
        #expect(text.hasPrefix("The request signature we calculated does not match"))
        #expect(text.contains("host:kinesis.us-east-1.amazonaws.com"))
        #expect(!text.contains("\n"))
    }

    @Test(arguments: [
        ("token \(token) end", "token *** end"), ("key wJalrXUtnFEMI/K7MDENG+bPxRf.", "key ***."),
        ("q=wJalrXUtnFEMI%2FK7MDENG%2BbPxRf&", "q=***&"), ("Signature=abc123, more", "Signature=***, more"),
        ("X-AMZ-Security-Token: foreign'", "X-AMZ-Security-Token:***'"), ("<\(signature)>", "<***>"),
        ("credential=AKIA/2026/x", "credential=***"),
        ("é Signature=a, Credential=b, signature=c", "é Signature=***, Credential=***, signature=***"),
        ("Signature=", "Signature=***"), ("Signatur", "Signatur"), ("Signature=\u{301}", "Signature=***"),
        ("half a token: \(token.dropFirst(20).prefix(120))", "half a token: ***"),
    ])
    func hideEveryFormOfASecret(text: String, wanted: String) {
        #expect(masked(text) == wanted)
    }

    @Test(arguments: [
        "", "Rate exceeded", "The specified log group does not exist.",
        "Stream RecipientStream under account 999999999999 not found.",
        "User: arn:aws:iam::111111111111:user/reader is not authorized to perform: kinesis:GetRecords on resource: "
            + "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream because no identity-based policy allows it",
        "Value '/aws/lambda/a-rather-long-function-name-of-somebody' at 'logGroupName' failed", "ümläut 😀",
    ])
    func leaveTheRestReadable(text: String) {
        #expect(masked(text) == text)
    }

    @Test func leaveNoWayToForgeALogLine() {
        #expect(masked("a\nb\u{1B}[31m\u{2028}c\td") == "a b [31m c d")
    }

    @Test func cutWhatIsTooLong() {
        let text = masked(String(repeating: "word ", count: 1000))
        #expect(text.count == 1001)
        #expect(text.hasSuffix("…"))
    }

    @Test func areAppliedToEveryErrorOfACall() async throws {
        let body = String(
            decoding: try JSONEncoder().encode(["__type": "InvalidSignatureException", "message": Self.echo]),
            as: UTF8.self)
        let bench = try Bench(.kinesis, credentials: FixedCredentials(Self.credentials), .reply(403, body, [:]))
        let error = try #require(await bench.refusal())
        var dumped = ""
        dump(error, to: &dumped)
        for text in [error.message, "\(error)", String(reflecting: error), dumped] {
            #expect(!text.contains(Self.token.prefix(60)))
            #expect(!text.contains(Self.signature))
        }
    }
}
