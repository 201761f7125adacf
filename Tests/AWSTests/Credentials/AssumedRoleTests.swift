import AWS
import HTTPClient
import Locking
import Testing

@testable import Signing

private let role = AssumedRole(
    arn: "arn:aws:iam::999999999999:role/reader", sessionName: "tailrace", externalID: "e/1", duration: .seconds(1800))

/// What STS says when it gives a role's credentials.
func session(_ key: String, until end: String) -> ScriptedSender.Step {
    .ok(
        "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><AssumedRoleUser>"
            + "<Arn>arn</Arn></AssumedRoleUser><Credentials><AccessKeyId>\(key)</AccessKeyId><SecretAccessKey>s/+\(key)"
            + "</SecretAccessKey><SessionToken>t==\(key)</SessionToken><Expiration>\(end)</Expiration></Credentials>"
            + "</AssumeRoleResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></AssumeRoleResponse>")
}

/// `minutes` after noon.
func minutes(_ minutes: Double) -> UTCTime {
    UTCTime(milliseconds: StillWorld.noon.milliseconds + Int64(minutes * 60_000))
}

@Suite struct CredentialsOfARole {
    @Test func areAskedForInAForm() async throws {
        let bench = try Bench(
            .sts, session("ASIA1", until: "2026-11-20T12:30:00Z"), session("A", until: "2026-11-20T13:00:00Z"))
        let sts = STSClient(bench.service)
        let given = try await sts.assumeRole(
            role.arn, sessionName: "a@b", externalID: "e/1", duration: .seconds(1800))
        #expect(
            given
                == Credentials(
                    accessKeyID: "ASIA1", secretAccessKey: "s/+ASIA1", sessionToken: "t==ASIA1",
                    expiration: minutes(30)))
        _ = try await sts.assumeRole("arn", sessionName: "s")
        let common = "Action=AssumeRole&Version=2011-06-15&RoleArn="
        #expect(
            await bench.sender.bodies == [
                common + "arn%3Aaws%3Aiam%3A%3A999999999999%3Arole%2Freader&RoleSessionName=a%40b&ExternalId=e%2F1"
                    + "&DurationSeconds=1800",
                common + "arn&RoleSessionName=s",
            ])
    }

    @Test func thatEndAtNoTimeAreUnreadable() async throws {
        let step = session("A", until: "soon")
        let bench = try Bench(.sts, step, step, step)
        let error = await #expect(throws: AWSError.self) {
            try await STSClient(bench.service).assumeRole("arn", sessionName: "s")
        }
        #expect(error?.kind == .unreadable)
    }
}

@Suite struct AssumedRoles {
    private func provider(_ bench: Bench) -> AssumedRoleCredentials {
        AssumedRoleCredentials(role, by: STSClient(bench.service), surroundings: bench.world.surroundings)
    }

    private func refusal(_ code: String) -> ScriptedSender.Step {
        .reply(403, "<ErrorResponse><Error><Code>\(code)</Code></Error></ErrorResponse>", [:])
    }

    @Test func areAskedForAgainFiveMinutesBeforeTheEnd() async throws {
        let bench = try Bench(
            .sts, session("A", until: "2026-11-20T13:00:00Z"), session("B", until: "2026-11-20T14:00:00Z"))
        let provider = provider(bench)
        for (time, key) in [(0, "A"), (54.9, "A"), (55, "B"), (56, "B")] {
            bench.world.set(minutes(time))
            #expect(try await provider.credentials().accessKeyID == key)
        }
        #expect(await bench.sender.requests.count == 2)
    }

    @Test func ofShortSessionsAreNotAskedForAtEveryCall() async throws {
        let bench = try Bench(
            .sts, session("A", until: "2026-11-20T12:03:00Z"), session("B", until: "2026-11-20T12:05:00Z"))
        let provider = provider(bench)
        for (time, key) in [(0, "A"), (1.9, "A"), (2, "B")] {
            bench.world.set(minutes(time))
            #expect(try await provider.credentials().accessKeyID == key)
        }
    }

    /// Our clock may be an hour ahead and more.
    @Test func thatSeemToHaveEndedAreUsed() async throws {
        let bench = try Bench(.sts, session("A", until: "2026-11-20T11:00:00Z"))
        let provider = provider(bench)
        for _ in 0..<2 { #expect(try await provider.credentials().accessKeyID == "A") }
        #expect(await bench.sender.requests.count == 1)
    }

    @Test func areUsedToTheirEndWhenThereAreNoOthers() async throws {
        let bench = try Bench(
            .sts, session("A", until: "2026-11-20T13:00:00Z"), refusal("AccessDenied"), refusal("AccessDenied"),
            refusal("AccessDenied"), session("B", until: "2026-11-20T14:00:00Z"))
        let provider = provider(bench)
        #expect(try await provider.credentials().accessKeyID == "A")
        bench.world.set(minutes(56))
        for _ in 0..<3 { #expect(try await provider.credentials().accessKeyID == "A") }
        #expect(await bench.sender.requests.count == 2)
        bench.world.set(minutes(56.5))
        #expect(try await provider.credentials().accessKeyID == "A")
        #expect(await bench.sender.requests.count == 3)
        bench.world.set(minutes(60))
        let error = await #expect(throws: AWSError.self) { try await provider.credentials() }
        #expect(error?.operation == "sts:AssumeRole")
        #expect(try await provider.credentials().accessKeyID == "B")
    }

    @Test func areReplacedWhenAWSRefusesThem() async throws {
        let bench = try Bench(
            .sts, session("A", until: "2026-11-20T13:00:00Z"), session("B", until: "2026-11-20T13:00:00Z"))
        let provider = provider(bench)
        let old = try await provider.credentials()
        #expect(try await provider.credentials(insteadOf: old).accessKeyID == "B")
        // A second call that was signed with the old ones.
        #expect(try await provider.credentials(insteadOf: old).accessKeyID == "B")
        #expect(try await provider.credentials().accessKeyID == "B")
        #expect(await bench.sender.requests.count == 2)
    }

    @Test func areAskedForByOneCallAtATime() async throws {
        let gate = GatedSender(session("A", until: "2026-11-20T13:00:00Z"))
        let world = StillWorld()
        let provider = AssumedRoleCredentials(
            role, by: STSClient(try service(.sts, against: gate)), surroundings: world.surroundings)
        let keys = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await provider.credentials().accessKeyID } }
            await gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(keys == Array(repeating: "A", count: 20))
        #expect(await gate.requests == 1)
    }

    /// The one who asked first is cancelled; the others still get their answer.
    @Test func areNotLostWithTheCallThatAskedFirst() async throws {
        let gate = GatedSender(session("A", until: "2026-11-20T13:00:00Z"))
        let provider = AssumedRoleCredentials(
            role, by: STSClient(try service(.sts, against: gate)), surroundings: StillWorld().surroundings)
        let first = Task { try await provider.credentials() }
        await gate.waitForRequest()
        first.cancel()
        async let second = provider.credentials().accessKeyID
        await gate.open()
        #expect(try await second == "A")
        #expect(await gate.requests == 1)
    }
}

/// Answers nothing until it is opened.
private actor GatedSender: HTTPSender {
    private let reply: ScriptedSender
    private(set) var requests = 0
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var watching: [CheckedContinuation<Void, Never>] = []

    init(_ step: ScriptedSender.Step) { reply = ScriptedSender([step]) }

    func perform(_ request: HTTPRequest) async throws -> HTTPResponse {
        requests += 1
        for watcher in watching { watcher.resume() }
        watching = []
        if !isOpen { await withCheckedContinuation { waiting.append($0) } }
        return try await reply.perform(request)
    }

    func waitForRequest() async {
        if requests == 0 { await withCheckedContinuation { watching.append($0) } }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
