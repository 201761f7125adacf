import HTTPClient
import Signing
import Testing

@testable import AWS

private let expired = "Signature expired: 20261120T120000Z is now earlier than 20261120T121000Z (… - 5 min.)"

private func refusedAt(_ date: String?, code: String = "InvalidSignatureException", _ message: String)
    -> ScriptedSender.Step
{
    .reply(400, #"{"__type":"\#(code)","message":"\#(message)"}"#, date.map { ["Date": $0] } ?? [:])
}

@Suite struct WrongClocks {
    @Test(arguments: ["InvalidSignatureException", "SignatureDoesNotMatch", "RequestTimeTooSkewed", "AuthFailure"])
    func areCorrectedOnceOutsideTheAttempts(code: String) async throws {
        let rules = [refusedAt("Fri, 20 Nov 2026 12:10:00 GMT", code: code, "no"), Bench.summary, Bench.summary]
        let bench = try Bench(.kinesis, rules[0], rules[1], rules[2])
        _ = try await bench.ask()
        #expect(bench.world.sleeps == [])
        #expect(await bench.sender.header("X-Amz-Date", ofRequest: 1) == "20261120T121000Z")
        // What was learnt holds for later calls.
        _ = try await bench.ask()
        #expect(await bench.sender.header("X-Amz-Date", ofRequest: 2) == "20261120T121000Z")
    }

    @Test func mayBeBehindAsWellAsAhead() async throws {
        let bench = try Bench(.kinesis, refusedAt("Fri, 20 Nov 2026 11:56:00 GMT", "no"), Bench.summary)
        _ = try await bench.ask()
        #expect(await bench.sender.header("X-Amz-Date", ofRequest: 1) == "20261120T115600Z")
    }

    /// The same code means a wrong secret; a clock that is nearly right does not explain it.
    @Test(arguments: ["Fri, 20 Nov 2026 12:03:59 GMT", "Fri, 20 Nov 2026 11:56:01 GMT", "yesterday", nil])
    func areNotBlamedWithoutReason(date: String?) async throws {
        let bench = try Bench(
            .kinesis, refusedAt(date, "The request signature we calculated does not match"), Bench.summary)
        let error = await bench.refusal()
        #expect(error?.code == "InvalidSignatureException")
        #expect(error?.isUnauthorized == true)
    }

    /// The machine slept between signing and sending: a new signature is all it takes.
    @Test func areNotNeededForASignatureThatGrewOld() async throws {
        let bench = try Bench(.kinesis, refusedAt("Fri, 20 Nov 2026 12:00:01 GMT", expired), Bench.summary)
        _ = try await bench.ask()
        #expect(await bench.sender.header("X-Amz-Date", ofRequest: 1) == "20261120T120000Z")
    }

    @Test func areCorrectedOnlyOnceInACall() async throws {
        let bench = try Bench(
            .kinesis, refusedAt("Fri, 20 Nov 2026 12:10:00 GMT", expired),
            refusedAt("Fri, 20 Nov 2026 12:20:00 GMT", expired), Bench.summary)
        #expect(await bench.refusal()?.code == "InvalidSignatureException")
    }

    @Test func thatWereSetRightAreBelievedAgain() async throws {
        let bench = try Bench(
            .kinesis, refusedAt("Fri, 20 Nov 2026 12:10:00 GMT", "no"), Bench.summary,
            refusedAt("Fri, 20 Nov 2026 12:10:00 GMT", "no"), Bench.summary)
        _ = try await bench.ask()
        bench.world.set(UTCTime(milliseconds: StillWorld.noon.milliseconds + 600_000))
        _ = try await bench.ask()
        #expect(await bench.sender.header("X-Amz-Date", ofRequest: 2) == "20261120T122000Z")
        #expect(await bench.sender.header("X-Amz-Date", ofRequest: 3) == "20261120T121000Z")
    }

    /// Two calls under way at once were signed by the same wrong clock: the second gains from what the first taught.
    @Test func areCorrectedForCallsThatWereUnderWay() {
        var skew = ClockSkew()
        let theirs = UTCTime(milliseconds: StillWorld.noon.milliseconds + 600_000)
        for _ in 0..<2 {
            let isWorthIt = skew.refused(theirs: theirs, ours: StillWorld.noon, usedOffset: 0, isSurelySkew: false)
            #expect(isWorthIt)
        }
        let again = skew.refused(theirs: theirs, ours: StillWorld.noon, usedOffset: 600_000, isSurelySkew: false)
        #expect(!again)
    }
}

@Suite struct StaleRequests {
    @Test func areSignedAnewWithoutCounting() async throws {
        let bench = try Bench(
            .kinesis, .fail(.stale), .fail(.stale), .fail(.interrupted), .fail(.stale), .fail(.interrupted),
            Bench.summary)
        _ = try await bench.ask()
        #expect(bench.world.sleeps == [.milliseconds(50), .milliseconds(100)])
    }

    @Test func areNotSignedAnewForEver() async throws {
        let sender = ScriptedSender(Array(repeating: .fail(.stale), count: 100))
        let endpoint = try #require(ServiceEndpoint(url: "http://aws.example", region: "r"))
        let client = ServiceClient(
            service: .kinesis, endpoint: endpoint, credentials: FixedCredentials(.example), sender: sender,
            surroundings: StillWorld().surroundings)
        await #expect(throws: AWSError.self) { try await KinesisClient(client).summary(of: .name("s")) }
        #expect(await sender.requests.count == 5 + 3)
    }
}

@Suite struct RefusedCredentials {
    @Test(arguments: [
        ("ExpiredTokenException", 400), ("UnrecognizedClientException", 400), ("ExpiredToken", 403),
        ("InvalidClientTokenId", 403),
    ])
    func areReplacedOnceAndTheCallRepeated(code: String, status: Int) async throws {
        let provider = RotatingCredentials([.example, .temporary])
        let bench = try Bench(.kinesis, credentials: provider, .refuse(code, status), Bench.summary)
        _ = try await bench.ask()
        #expect(bench.world.sleeps == [])
        #expect(await provider.refused == [.example])
        #expect(await bench.sender.header("X-Amz-Security-Token", ofRequest: 0) == nil)
        #expect(await bench.sender.header("X-Amz-Security-Token", ofRequest: 1) == Credentials.temporary.sessionToken)
    }

    @Test func endTheCallWhenThereAreNoOthers() async throws {
        let provider = RotatingCredentials([.example])
        let bench = try Bench(.kinesis, credentials: provider, .refuse("ExpiredTokenException"), Bench.summary)
        let error = await bench.refusal()
        #expect(error?.code == "ExpiredTokenException")
        #expect(error?.isUnauthorized == true)
        #expect(await bench.sender.requests.count == 1)
    }

    @Test func endTheCallWhenTheOthersAreRefusedToo() async throws {
        let provider = RotatingCredentials([.example, .temporary, .example])
        let refusal = ScriptedSender.Step.refuse("ExpiredTokenException")
        let bench = try Bench(.kinesis, credentials: provider, refusal, refusal, Bench.summary)
        #expect(await bench.refusal()?.code == "ExpiredTokenException")
        #expect(await provider.refused == [.example])
    }

    @Test func areAskedForAtEveryAttempt() async throws {
        let provider = RotatingCredentials([.example])
        let bench = try Bench(.kinesis, credentials: provider, .fail(.timedOut), .fail(.timedOut), Bench.summary)
        _ = try await bench.ask()
        #expect(await provider.asked == 3)
    }

    @Test func thatCannotBeHadAreAnErrorOfTheCall() async throws {
        struct Nothing: CredentialsProvider {
            func credentials() async throws -> Credentials { throw AWSSettingsError("nothing in drawer 7") }
            func credentials(insteadOf refused: Credentials) async throws -> Credentials { refused }
        }
        let bench = try Bench(.kinesis, credentials: Nothing(), Bench.summary)
        let error = await bench.refusal()
        #expect(error?.kind == .noCredentials)
        #expect(error?.message == "nothing in drawer 7")
        #expect(error?.isUnauthorized == true)
        #expect(error?.retryReason == nil)
    }
}
