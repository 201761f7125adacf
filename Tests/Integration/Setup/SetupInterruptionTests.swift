import Emulator
import Testing

extension ProgramTests {
    /// Set-up and teardown that are stopped anywhere and run again come to the same end, and make nothing twice.
    @Suite struct SetupInterruption {
        static let scenarios: [SetupScenario] = [
            .recipientWithEverything, .recipientByOrganization, .organizationInstead, .adopted, .othersRole,
            .senderByRole, .senderWhole, .withoutRecipient, .withoutSender, .withoutSenderWhole,
        ]

        /// AWS does what it was asked, and the answer is lost.
        @Test(arguments: scenarios)
        func afterEveryCall(_ scenario: SetupScenario) async throws {
            try await interrupt(scenario, by: .reset)
        }

        /// AWS does not do what it was asked. That leaves what the loss of the answer before leaves, so a few do.
        @Test(arguments: [SetupScenario.recipientWithEverything, .senderByRole])
        func beforeEveryCall(_ scenario: SetupScenario) async throws {
            try await interrupt(scenario, by: .refuse(code: "InternalFailure", message: "injected", status: 500))
        }

        /// At each of the calls that change something, in a world of its own.
        private func interrupt(_ scenario: SetupScenario, by effect: FaultRule.Effect) async throws {
            let (goal, calls) = try await Uninterrupted.run(of: scenario)
            try #require(!calls.isEmpty)
            try await concurrently(calls.map { $0.fault(effect) }) { fault in
                try await Interruption(scenario, "\(fault)", goal).happens { accounts, arguments in
                    await accounts.emulator.inject(fault)
                    let ran = try await accounts.run(
                        arguments, as: scenario.side, adding: ["AWS_MAX_ATTEMPTS": "1"])
                    #expect(ran.ending == .exited(1), "\(fault): \(ran.errors)")
                    #expect(await accounts.emulator.faultTallies.map(\.strikes) == [1], "\(fault)")
                }
            }
        }

        /// Set-up that ended anywhere can be taken back without being brought to its end first.
        @Test(arguments: [
            (SetupScenario.recipientWithEverything, SetupScenario.withoutRecipient),
            (.othersRole, .withoutRecipient), (.senderByRole, .withoutSender),
        ])
        func tornDownFromAnywhere(_ scenario: SetupScenario, _ teardown: SetupScenario) async throws {
            let (_, calls) = try await Uninterrupted.run(of: scenario)
            try await concurrently(calls) { call in
                try await TwoAccounts.with { accounts in
                    let arguments = try await scenario.prepare(accounts)
                    let before = try await accounts.snapshot()
                    await accounts.emulator.inject(call.fault(.reset))
                    let ran = try await accounts.run(
                        arguments, as: scenario.side, adding: ["AWS_MAX_ATTEMPTS": "1"])
                    #expect(ran.ending == .exited(1), "\(call): \(ran.errors)")
                    await accounts.emulator.liftFaults()
                    let down = try await accounts.run(teardown.arguments + ["--yes"], as: scenario.side)
                    #expect(down.isDone, "\(call): \(down.errors)")
                    #expect(try await accounts.snapshot() == before, "\(call)")
                }
            }
        }

        /// AWS does what it was asked and the answer is lost, each kind of call once: the program asks again by itself, while
        /// a stream may be busy with what was asked.
        @Test func everyAnswerLostOnce() async throws {
            try await concurrently(Self.scenarios, atATime: Self.scenarios.count) { scenario in
                let (goal, _) = try await Uninterrupted.run(of: scenario)
                // A stream that is removed goes at once, as in the goal.
                let transition = scenario.removes ? Duration.zero : .milliseconds(300)
                try await TwoAccounts.with({ $0.kinesis.transition = transition }) { accounts in
                    let arguments = try await scenario.prepare(accounts)
                    await accounts.emulator.inject(
                        Changes.operations.map { FaultRule(operation: $0, calls: 1...1, effect: .reset) })
                    let ran = try await accounts.run(arguments, as: scenario.side)
                    #expect(ran.isDone, "\(scenario.testDescription): \(ran.errors)")
                    #expect(try await accounts.snapshot() == goal, "\(scenario.testDescription)")
                }
            }
        }

        /// Killed while a call is on its way, or was done and is being answered, or while a stream is waited for.
        @Test func killed() async throws {
            let kills: [(SetupScenario, FaultRule)] = [
                (.recipientWithEverything, FaultRule(operation: "DescribeStreamSummary", calls: 3...3, effect: .stall)),
                (.recipientWithEverything, FaultRule(operation: "PutRolePolicy", calls: 1...1, effect: .stall)),
                (
                    .recipientWithEverything,
                    FaultRule(operation: "PutDestination", calls: 1...1, effect: .drip(bytesPerSecond: 1))
                ),
                (.senderByRole, FaultRule(operation: "PutSubscriptionFilter", calls: 2...2, effect: .stall)),
                (.withoutSender, FaultRule(operation: "DeleteRole", calls: 1...1, effect: .stall)),
            ]
            try await concurrently(kills, atATime: kills.count) { scenario, fault in
                let (goal, _) = try await Uninterrupted.run(of: scenario)
                var interruption = Interruption(scenario, "\(fault)", goal)
                interruption.streamsTakeTime = true
                try await interruption.happens { accounts, arguments in
                    await accounts.emulator.inject(fault)
                    let started = try accounts.start(arguments, as: scenario.side)
                    try await eventually("\(fault)", by: started.program) {
                        await accounts.emulator.faultTallies.map(\.strikes) == [1]
                    }
                    try await started.program.kill()
                }
            }
        }
    }
}

/// What a scenario comes to when nothing goes wrong, and by which calls.
enum Uninterrupted {
    static func run(of scenario: SetupScenario) async throws -> (goal: [String], calls: [Changes.Call]) {
        try await TwoAccounts.with { accounts in
            let arguments = try await scenario.prepare(accounts)
            await accounts.emulator.inject(Changes.counting)
            let ran = try await accounts.run(arguments, as: scenario.side)
            try #require(ran.isDone, "\(ran.errors)")
            return (try await accounts.snapshot(), Changes.counted(by: await accounts.emulator.faultTallies))
        }
    }
}

/// A run that ends early, one that goes on from there, and one that finds nothing left to do.
private struct Interruption: Sendable {
    let scenario: SetupScenario
    let what: String
    let goal: [String]
    /// A stream is CREATING or UPDATING for a while.
    var streamsTakeTime = false

    init(_ scenario: SetupScenario, _ what: String, _ goal: [String]) {
        self.scenario = scenario
        self.what = "\(scenario.testDescription), \(what)"
        self.goal = goal
    }

    /// `interrupt` runs the program in a way that does not come to its end.
    func happens(_ interrupt: (TwoAccounts, [String]) async throws -> Void) async throws {
        try await TwoAccounts.with({ if streamsTakeTime { $0.kinesis.transition = .milliseconds(300) } }) { accounts in
            let arguments = try await scenario.prepare(accounts)
            try await interrupt(accounts, arguments)
            await accounts.emulator.liftFaults()

            let second = try await accounts.run(arguments, as: scenario.side)
            #expect(second.isDone, "\(what): \(second.errors)")
            #expect(try await accounts.snapshot() == goal, "\(what)")

            await accounts.emulator.inject(Changes.counting)
            let third = try await accounts.run(arguments, as: scenario.side)
            #expect(third.hadNothingToDo, "\(what): \(third.errors)")
            #expect(Changes.counted(by: await accounts.emulator.faultTallies).isEmpty, "\(what)")
        }
    }
}
