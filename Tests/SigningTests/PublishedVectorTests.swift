import Testing

@testable import Signing

@Suite struct PublishedVectors {
    @Test func allThirtyEightAreRead() {
        #expect(VectorCase.all.count == 38)
    }

    /// What a server does: it has the request as it came, and computes canonical request and signature from it.
    @Test(arguments: VectorCase.all)
    func everyStepIsAsPublished(vector: VectorCase) throws {
        let signer = Signer()
        let added = signer.headers(
            signing: vector.request, as: vector.credentials, region: vector.region, service: vector.service,
            at: vector.time, options: vector.options)
        let authorization = try #require(
            added.first { $0.name == "Authorization" }.flatMap { AuthorizationHeader(parsing: $0.value) })

        let received = vector.request.headers + added
        let signed = received.filter { authorization.signedHeaderNames.contains($0.name.lowercased()) }
        let canonical = CanonicalRequest(
            method: vector.request.method, path: vector.request.path, query: vector.request.query, headers: signed,
            payloadHash: vector.request.payloadHash, pathStyle: vector.options.pathStyle)
        #expect(canonical.text == vector.canonicalRequest)
        #expect(Signer.stringToSign(canonical, at: vector.time, scope: authorization.scope) == vector.stringToSign)
        #expect(authorization.signature == vector.signature)
        #expect(
            authorization.matches(
                signer.signature(
                    of: canonical, at: vector.time, scope: authorization.scope,
                    accessKeyID: vector.credentials.accessKeyID,
                    secretAccessKey: vector.credentials.secretAccessKey)))
    }

    @Test(arguments: VectorCase.all)
    func theSessionTokenIsSentWheneverThereIsOne(vector: VectorCase) {
        let added = Signer().headers(
            signing: vector.request, as: vector.credentials, region: vector.region, service: vector.service,
            at: vector.time, options: vector.options)
        let sent = added.first { $0.name == "X-Amz-Security-Token" }?.value
        #expect(sent == vector.credentials.sessionToken)
    }
}
