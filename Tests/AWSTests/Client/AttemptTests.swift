import AWS
import Core
import HTTPClient
import Testing

@Suite struct Attempts {
    @Test func aTransientFailureIsRepeatedAfterAShortWait() async throws {
        let bench = try Bench(.kinesis, .reply(500, "", [:]), .fail(.interrupted), Bench.summary)
        #expect(try await bench.ask().status == .active)
        #expect(bench.world.sleeps == [.milliseconds(50), .milliseconds(100)])
    }

    @Test func aThrottleIsRepeatedAfterALongerWait() async throws {
        let throttle = ScriptedSender.Step.refuse("ProvisionedThroughputExceededException")
        let bench = try Bench(.kinesis, throttle, throttle, Bench.summary)
        _ = try await bench.ask()
        #expect(bench.world.sleeps == [.seconds(1), .seconds(2)])
    }

    @Test func theServiceMayAskForALongerWait() async throws {
        let bench = try Bench(
            .kinesis, .refuse("ThrottlingException", headers: ["x-amz-retry-after": "1500"]), Bench.summary)
        _ = try await bench.ask()
        #expect(bench.world.sleeps == [.milliseconds(1500)])
    }

    @Test(arguments: ["", "soon", "-5", "99999999999999999999999"])
    func anUnreadableWishIsPassedOver(wish: String) async throws {
        let bench = try Bench(
            .kinesis, .refuse("ThrottlingException", headers: ["x-amz-retry-after": wish]), Bench.summary)
        _ = try await bench.ask()
        #expect(bench.world.sleeps == [.seconds(1)])
    }

    @Test func afterTheLastAttemptTheErrorIsThrown() async throws {
        let failure = ScriptedSender.Step.refuse("InternalFailure", 500)
        let bench = try Bench(.kinesis, failure, failure, .refuse("ServiceUnavailable", 503))
        let error = await bench.refusal()
        #expect(error?.code == "ServiceUnavailable")
        #expect(error?.isTransient == true)
        #expect(await bench.sender.isDone)
    }

    @Test func attemptsMaxIsHeeded() async throws {
        let rules = RetryRules(attemptsMax: 1, transientBase: .zero)
        let bench = try Bench(.kinesis, rules: rules, .refuse("InternalFailure", 500), Bench.summary)
        #expect(await bench.refusal()?.status == 500)
        #expect(bench.world.sleeps == [])
    }

    @Test(arguments: ["ResourceNotFoundException", "ExpiredIteratorException", "AccessDeniedException"])
    func whatWouldFailAgainIsThrownAtOnce(code: String) async throws {
        let bench = try Bench(.kinesis, .refuse(code, headers: ["x-amzn-RequestId": "id-7"]), Bench.summary)
        let error = await bench.refusal()
        #expect(error?.kind == .refused)
        #expect(error?.code == code)
        #expect(error?.status == 400)
        #expect(error?.requestID == "id-7")
        #expect(error?.operation == "kinesis:DescribeStreamSummary")
        #expect(error?.endpoint == "https://aws.example:8443")
        #expect(error?.mayHaveBeenDone == false)
        #expect(
            error?.description == "kinesis:DescribeStreamSummary at https://aws.example:8443: \(code) (400): because "
                + "[request id-7]")
        #expect(bench.world.sleeps == [])
    }

    @Test(arguments: [HTTPFailure.Kind.unresolved, .connect, .tls, .timedOut, .interrupted, .other])
    func noAnswerIsRepeatedThenThrown(kind: HTTPFailure.Kind) async throws {
        let bench = try Bench(.kinesis, .fail(kind), .fail(kind), .fail(kind))
        let error = await bench.refusal()
        #expect(error?.kind == .unreachable(kind))
        #expect(error?.code == "Unreachable")
        #expect(error?.status == nil)
        #expect(error?.mayHaveBeenDone == (kind == .timedOut))
        #expect(await bench.sender.isDone)
    }

    @Test(arguments: [HTTPFailure.Kind.bodyTooLarge, .closed, .badRequest])
    func whatTheTransportWouldRefuseAgainIsThrownAtOnce(kind: HTTPFailure.Kind) async throws {
        let bench = try Bench(.kinesis, .fail(kind), Bench.summary)
        #expect(await bench.refusal()?.kind == .unreachable(kind))
    }

    @Test func anEarlierAttemptThatMayHaveArrivedIsNotForgotten() async throws {
        let bench = try Bench(.kinesis, .fail(.timedOut), .refuse("ResourceInUseException"))
        #expect(await bench.refusal()?.mayHaveBeenDone == true)
    }

    @Test func cancellationIsNoFailure() async throws {
        let bench = try Bench(.kinesis, .cancel, Bench.summary)
        await #expect(throws: CancellationError.self) { try await bench.ask() }
    }

    /// 500 tokens pay for 35 retries after transient failures; then a failing service is no longer pressed.
    @Test func allCallsOfAClientShareOneQuota() async throws {
        let sender = ScriptedSender(Array(repeating: .refuse("InternalFailure", 500), count: 200))
        let world = StillWorld()
        let endpoint = try #require(ServiceEndpoint(url: "http://aws.example", region: "r"))
        let client = KinesisClient(
            ServiceClient(
                service: .kinesis, endpoint: endpoint, credentials: FixedCredentials(.example), sender: sender,
                surroundings: world.surroundings))
        for _ in 0..<30 {
            await #expect(throws: AWSError.self) { try await client.summary(of: .name("s")) }
        }
        #expect(world.sleeps.count == 35)
        #expect(await sender.requests.count == 30 + 35)
    }
}

@Suite struct Successes {
    @Test(arguments: [
        ScriptedSender.Step.reply(200, "", [:]), .reply(200, "", ["x-amzn-RequestId": "id"]), .reply(200, "{}", [:]),
        .reply(200, "<html></html>", [:]), .reply(200, #"{"StreamDescriptionSummary":{}}"#, [:]),
        .reply(200, "{", ["x-amzn-RequestId": "id"]),
    ])
    func thatSayNothingAreNone(step: ScriptedSender.Step) async throws {
        let bench = try Bench(.kinesis, step, step, step)
        let error = await bench.refusal()
        #expect(error?.kind == .unreadable)
        #expect(error?.code == "UnreadableReply")
        #expect(error?.status == 200)
        #expect(error?.mayHaveBeenDone == true)
        #expect(await bench.sender.isDone)
    }

    @Test func withoutARequestIDButWithContentCount() async throws {
        guard case .reply(_, let body, _) = Bench.summary else { return }
        let bench = try Bench(.kinesis, .reply(200, body, [:]))
        #expect(try await bench.ask().openShards == 2)
    }

    /// CreateStream answers with nothing: then the request's id is what tells a success from a proxy's silence.
    @Test func ofOperationsWithoutContentNeedARequestID() async throws {
        let empty = ScriptedSender.Step.reply(200, "", [:])
        let bench = try Bench(.kinesis, empty, .reply(200, "", ["x-amzn-RequestId": "id"]))
        try await KinesisClient(bench.service).createStream(name: "s", capacity: .provisioned(shards: 1))
        #expect(await bench.sender.requests.count == 2)
    }

    @Test(arguments: [301, 302, 304, 199, 999])
    func haveAStatusOfTwoHundredAndSomething(status: Int) async throws {
        let bench = try Bench(.kinesis, .reply(status, "{}", [:]))
        #expect(await bench.refusal()?.code == String(status))
    }
}
