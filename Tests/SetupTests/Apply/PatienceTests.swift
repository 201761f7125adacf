import AWS
import Core
import Testing

@testable import Setup

/// AWS has one text for every reason why it cannot reach a stream, and an IAM that needs minutes is one of them.
@Suite struct PatienceTests {
    @Test func whatCannotBeSeenIsWaitedForTwoMinutesAndThenSuspected() async throws {
        let trial = Trial(refusals: .max)
        let failure = await #expect(throws: SetupFailure.self) { try await trial.carryOut() }
        #expect(await trial.waited >= .seconds(120))
        #expect(await trial.waited < .seconds(130))
        let text = failure?.description ?? ""
        #expect(text.contains("PutDestination: ") && text.contains("Could not deliver test message"))
        for suspect in ["SCP", "permissions boundary", "the key's own policy", "IAM needs longer"] {
            #expect(text.contains(suspect), "\(text)")
        }
    }

    @Test func whatIsOnlyDoubtfulIsNamedAtTheEnd() async throws {
        let doubt = Finding.warning("permissions of role writer", "unless a condition holds", remedy: "look at it")
        let trial = Trial(refusals: .max, findings: [doubt])
        let failure = await #expect(throws: SetupFailure.self) { try await trial.carryOut() }
        #expect(await trial.waited >= .seconds(120))
        #expect(failure?.description.hasSuffix(doubt.line) == true)
    }

    @Test func whatWillPassPasses() async throws {
        let trial = Trial(refusals: 6)
        try await trial.carryOut()
        #expect(await trial.calls == 7)
        #expect(await trial.waited > .seconds(1))
    }

    /// Whatever the resources are called.
    @Test(arguments: [
        "trust of role writer", "permissions of role destination-writer", "role to destination",
        "stream of-destination", "encryption of stream s",
    ])
    func aFaultThatIsSeenIsNotWaitedFor(subject: String) async throws {
        let fault = Finding.fault(subject, "is wrong", remedy: "make it right")
        let trial = Trial(refusals: .max, findings: [fault])
        let failure = await #expect(throws: SetupFailure.self) { try await trial.carryOut() }
        #expect(await trial.waited == .zero)
        #expect(await trial.calls == 1)
        #expect(failure?.description.hasSuffix(fault.line) == true)
    }

    /// The destination is what is being made: that it is not there, or not as wanted, explains nothing.
    @Test(arguments: ["destination testDestination", "access to destination testDestination"])
    func theDestinationItselfIsNoReason(subject: String) async throws {
        let trial = Trial(refusals: 3, findings: [.fault(subject, "is not there", remedy: "make it")])
        try await trial.carryOut()
        #expect(await trial.calls == 4)
    }

    @Test func anotherErrorIsNotRepeated() async throws {
        let trial = Trial(refusals: .max, code: "AccessDeniedException", message: "User is not authorized")
        await #expect(throws: SetupFailure.self) { try await trial.carryOut() }
        #expect(await trial.calls == 1)
    }
}

/// A plan of one call, which AWS refuses some times.
private actor Trial {
    private let refusals: Int
    private let code: String
    private let message: String
    private let findings: [Finding]
    private(set) var waited = Duration.zero
    private(set) var calls = 0

    init(
        refusals: Int, findings: [Finding] = [.ok("trust of role writer", "CloudWatch Logs may use it")],
        code: String = "InvalidParameterException",
        message: String = "Could not deliver test message to specified destination. Check if the destination is valid."
    ) {
        self.refusals = refusals
        self.findings = findings
        self.code = code
        self.message = message
    }

    /// Puts a destination. Time passes where it is slept.
    nonisolated func carryOut() async throws {
        let place = AccountPlace(partition: "aws", account: "999999999999", region: "us-east-1")
        let put = SetupCall.destination(
            DestinationARN("testDestination", in: place),
            .put(target: place.stream("s", region: "us-east-1"), role: place.role("writer")))
        var plan = Plan()
        plan.create(Plan.Resource(.destination, "testDestination"), [], [put])
        let applying = Applying(
            surroundings: Surroundings(
                now: Surroundings.real.now, sleep: { await self.wait($0) }, jitter: { 0 }),
            diagnose: { self.findings }, tell: { _ in }, perform: { _ in try await self.perform() },
            status: { _ in .active })
        try await applying.carryOut(plan)
    }

    private func wait(_ span: Duration) { waited += span }

    private func perform() throws {
        calls += 1
        guard calls <= refusals else { return }
        throw AWSError(
            kind: .refused, code: code, message: message, status: 400, requestID: nil,
            operation: "logs:PutDestination", endpoint: "https://logs.us-east-1.amazonaws.com",
            mayHaveBeenDone: false)
    }
}
