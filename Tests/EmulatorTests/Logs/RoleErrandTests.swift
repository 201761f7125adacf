import Testing

@testable import Emulator

/// Answers as it is told, and remembers what it was asked.
private actor FakeRoles: ServiceRoles {
    private(set) var errands: [RoleErrand] = []
    private var answer = RoleVerdict.granted

    func answer(_ verdict: RoleVerdict) { answer = verdict }

    func verdict(on errand: RoleErrand) async -> RoleVerdict {
        errands.append(errand)
        return answer
    }
}

@Suite struct RoleErrands {
    private static let senderRole = "arn:aws:iam::111111111111:role/R"
    private static let group = "arn:aws:logs:us-east-1:111111111111:log-group:g"

    private func shown(_ errand: RoleErrand) -> [String] {
        [errand.role, errand.account, errand.region, errand.source, errand.sourceAccount]
            + errand.rights.map { "\($0.action) \($0.resource.joined(separator: "|"))" }
    }

    @Test func saySpeakingForWhomAndWhatFor() async throws {
        let roles = FakeRoles()
        let bench = LogsBench(roles: roles)
        try await bench.makeStream()
        try await bench.openDestination()
        try await bench.subscribe()
        try await bench.put(["x"])
        let writing = "kinesis:PutRecord \(LogsBench.stream)"
        #expect(
            await roles.errands.map(shown) == [
                [
                    LogsBench.role, LogsBench.recipient, "us-east-1", LogsBench.destination, LogsBench.recipient,
                    writing,
                ],
                [LogsBench.role, LogsBench.recipient, "us-east-1", Self.group + ":*", LogsBench.sender, writing],
            ])
    }

    @Test func askForTheKeyOfAnEncryptedStream() async throws {
        let roles = FakeRoles()
        let bench = LogsBench(roles: roles)
        await bench.streams.encrypt(LogsBench.stream, with: "arn:aws:kms:us-east-1:999999999999:key/k")
        try await bench.openDestination()
        #expect(
            await roles.errands.first?.rights.map(\.action) == ["kinesis:PutRecord", "kms:GenerateDataKey"])
        #expect(
            await roles.errands.first?.rights.last?.resource == ["arn:aws:kms:us-east-1:999999999999:key/k"])
    }

    /// A refused delivery is counted, and nobody is told.
    @Test(arguments: [RoleVerdict.notAssumable, .notPermitted])
    func thatFailLoseTheEvents(verdict: RoleVerdict) async throws {
        let roles = FakeRoles()
        let bench = LogsBench(roles: roles)
        try await bench.makeStream()
        try await bench.openDestination()
        try await bench.subscribe()
        await roles.answer(verdict)
        try await bench.put(["x", "y"])
        #expect(await bench.streams.data.isEmpty)
        let counts = await bench.service.deliveries(ofGroup: "g", account: LogsBench.sender, region: LogsBench.region)
        #expect(counts?.failedEvents == 2 && counts?.events == 0)
    }

    @Test func ofAMemberAreAboutItsGroup() async throws {
        var settings = LogsSettings()
        settings.organizations[LogsBench.sender] = "o-1234567890"
        let roles = FakeRoles()
        let bench = LogsBench(settings: settings, roles: roles)
        try await bench.makeStream()
        try await bench.openDestination()
        let condition = #"{"StringEquals":{"aws:PrincipalOrgID":["o-1234567890"]}}"#
        try await bench.putPolicy(LogsBench.policy(principal: #""*""#, condition: condition), force: true)
        try await bench.subscribe(extra: #","roleArn":"\#(Self.senderRole)""#)
        let asked = try #require(await roles.errands.last)
        #expect(
            shown(asked) == [
                Self.senderRole, LogsBench.sender, "us-east-1", Self.group + ":*", LogsBench.sender,
                "logs:PutLogEvents \(Self.group):log-stream:*",
            ])
    }
}
