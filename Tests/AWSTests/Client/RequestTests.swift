import AWS
import HTTPClient
import Signing
import Testing

@Suite struct SignedRequests {
    /// What a server does with the Authorization header of a request.
    private func isSignatureRight(_ request: HTTPRequest, secret: String) throws -> Bool {
        let authorization = try #require(request.headers["Authorization"].flatMap { AuthorizationHeader(parsing: $0) })
        let time = try #require(request.headers["X-Amz-Date"].flatMap { UTCTime(basic: $0) })
        let signed = request.headers.map { (name: $0.name, value: $0.value) }
            .filter { authorization.signedHeaderNames.contains($0.name.lowercased()) }
        let canonical = CanonicalRequest(
            method: request.method, path: "/", query: "", headers: signed,
            payloadHash: Digest.payloadHash(request.body))
        return authorization.matches(
            Signer().signature(
                of: canonical, at: time, scope: authorization.scope, accessKeyID: authorization.accessKeyID,
                secretAccessKey: secret))
    }

    @Test func aJSONCallIsWhatTheServiceWants() async throws {
        let bench = try Bench(.kinesis, credentials: FixedCredentials(.temporary), Bench.summary)
        _ = try await bench.ask()
        let request = try #require(await bench.sender.requests.first)
        #expect(request.method == "POST")
        #expect(request.url == "https://aws.example:8443/")
        #expect(request.headers["Host"] == "aws.example:8443")
        #expect(request.headers["Content-Type"] == "application/x-amz-json-1.1")
        #expect(request.headers["X-Amz-Target"] == "Kinesis_20131202.DescribeStreamSummary")
        #expect(request.headers["X-Amz-Security-Token"] == Credentials.temporary.sessionToken)
        #expect(request.headers["X-Amz-Date"] == "20261120T120000Z")
        #expect(request.body == Array(#"{"StreamName":"s"}"#.utf8))
        #expect(request.validFor == .seconds(60))
        let authorization = try #require(request.headers["Authorization"].flatMap { AuthorizationHeader(parsing: $0) })
        #expect(authorization.scope == CredentialScope(date: "20261120", region: "eu-west-1", service: "kinesis"))
        #expect(
            authorization.signedHeaderNames == [
                "content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target",
            ])
        #expect(try isSignatureRight(request, secret: Credentials.temporary.secretAccessKey))
        #expect(try !isSignatureRight(request, secret: "wrong"))
    }

    @Test func everyAttemptIsSignedForItsOwnTime() async throws {
        let bench = try Bench(.kinesis, .refuse("InternalFailure", 500), Bench.summary)
        let world = bench.world
        let slow = ServiceClient(
            service: .kinesis, endpoint: bench.service.endpoint, credentials: FixedCredentials(.example),
            sender: bench.sender,
            surroundings: Surroundings(
                now: world.surroundings.now,
                sleep: { _ in world.set(UTCTime(milliseconds: StillWorld.noon.milliseconds + 90_000)) }, jitter: { 1 }))
        _ = try await KinesisClient(slow).summary(of: .name("s"))
        #expect(await bench.sender.header("X-Amz-Date", ofRequest: 0) == "20261120T120000Z")
        #expect(await bench.sender.header("X-Amz-Date", ofRequest: 1) == "20261120T120130Z")
        #expect(try isSignatureRight(await bench.sender.requests[1], secret: Credentials.example.secretAccessKey))
    }
}
