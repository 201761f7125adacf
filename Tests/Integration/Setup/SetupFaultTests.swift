import Emulator
import Testing

@testable import AWS

extension ProgramTests {
    /// Two accounts are set up by the program, one thing is broken, and `verify` names it, it alone, with what mends it.
    @Suite struct SetupFaultTests {
        /// Together, because they wait: for what does not arrive, and for IAM before a stream gets a key.
        @Test func streamsAndPaths() async throws {
            let faults = SetupFault.ofStreams + SetupFault.ofKeys + SetupFault.ofPaths
            try await Self.tryOut(faults, width: faults.count)
        }
        @Test func roles() async throws { try await Self.tryOut(SetupFault.ofRoles) }
        @Test func destinations() async throws { try await Self.tryOut(SetupFault.ofDestinations) }
        @Test func filters() async throws { try await Self.tryOut(SetupFault.ofFilters) }
        @Test func accountPolicies() async throws { try await Self.tryOut(SetupFault.ofAccountPolicies) }
        @Test func organizations() async throws { try await Self.tryOut(SetupFault.ofOrganizations) }
        @Test func readers() async throws { try await Self.tryOut(SetupFault.ofReaders) }
        @Test func sinks() async throws { try await Self.tryOut(SetupFault.ofSinks) }

        /// Each fault in a pair of accounts of its own, all in one emulator, `width` of them at a time: about what keeps two
        /// cores busy.
        private static func tryOut(_ faults: [SetupFault], width: Int = 6) async throws {
            try await SetupBench.with { bench in
                try await withThrowingDiscardingTaskGroup { trials in
                    for lane in 0..<width {
                        trials.addTask {
                            for pair in stride(from: lane, to: faults.count, by: width) {
                                await faults[pair].tryOut(try AccountPair(pair, in: bench))
                            }
                        }
                    }
                }
            }
        }

        /// A person sees a line a check, and no proof is tried of what cannot work.
        @Test func faultsAreLinesAndThePathWaitsForThem() async throws {
            try await SetupBench.with { bench in
                let accounts = try AccountPair(0, in: bench)
                try await accounts.setUp(sourceLocation: #_sourceLocation)
                _ = try await accounts.sender.logs.deleteSubscriptionFilter(AccountPair.filter, of: AccountPair.group)
                let run = try await accounts.verifyAll()
                #expect(run.ending == .exited(3))
                let lines = run.output.split(separator: "\n").filter { !$0.hasPrefix("ok      ") }
                #expect(
                    lines == [
                        "fault   subscription filter RecipientStream of CloudTrail: is not there. Remedy: tailrace setup "
                            + "sender --log-group CloudTrail creates it"
                    ])
                #expect(run.errors.contains("the path is not tried before these faults are mended"))
                #expect(run.errors.contains(" ok, 0 warnings, 1 fault\n"), "\(run.errors)")
            }
        }

        // MARK: What an emulator of its own shows

        /// The services' clock stands still unless a test moves it, so that a stream stays what it is becoming.
        @Test func aStreamThatIsNotReadyYet() async throws {
            let transition = Duration.seconds(3600)
            try await SetupBench.with({ $0.kinesis.transition = transition }) { bench in
                let accounts = try AccountPair(0, in: bench)
                try await Self.whileTimePasses(in: bench, transition) {
                    try await accounts.setUp([.recipient], sourceLocation: #_sourceLocation)
                }
                let kinesis = try accounts.recipient.kinesis
                try await accounts.recipient.deleteStream(AccountPair.stream)
                try await Self.expect("is being deleted", "tailrace setup recipient makes it anew", of: accounts)
                bench.emulator.advanceClock(by: transition)
                try await kinesis.createStream(name: AccountPair.stream, capacity: .provisioned(shards: 1))
                try await Self.expect("is still CREATING", "wait a minute and verify again", of: accounts)
                bench.emulator.advanceClock(by: transition)
                let report = try await accounts.verify(.recipient)
                #expect(report.isGreen, "\(report.text)")
            }
        }

        private static func expect(_ text: String, _ remedy: String, of accounts: AccountPair) async throws {
            let report = try await accounts.verify(.recipient)
            #expect(report.ending == .exited(3), "\(report.text)")
            #expect(report.signs.count == 1, "\(report.text)")
            let sign = SetupFault.Sign.fault("stream RecipientStream", text, remedy)
            #expect(report.signs.contains(where: sign.isShown), "\(report.text)")
        }

        private static func whileTimePasses(
            in bench: SetupBench, _ span: Duration, _ body: () async throws -> Void
        ) async throws {
            try await withThrowingTaskGroup { group in
                group.addTask {
                    while !Task.isCancelled {
                        bench.emulator.advanceClock(by: span)
                        try? await Task.sleep(for: .milliseconds(50))
                    }
                }
                defer { group.cancelAll() }
                try await body()
            }
        }

        @Test func aKeyThatIsGone() async throws {
            try await SetupBench.with { bench in
                var accounts = try AccountPair(0, in: bench)
                let key = try await accounts.recipient.createKey()
                accounts.recipientOptions = ["--kms-key", key]
                try await accounts.setUp([.recipient], sourceLocation: #_sourceLocation)
                try await accounts.recipient.kms("ScheduleKeyDeletion", key: key)
                bench.emulator.advanceClock(by: .seconds(31 * 86_400))
                accounts.recipientOptions = []
                let report = try await accounts.verify(.recipient)
                #expect(report.ending == .exited(3), "\(report.text)")
                #expect(report.signs.count == 1, "\(report.text)")
                let sign = SetupFault.Sign.fault(
                    "encryption of stream RecipientStream", "key \(key) is gone",
                    "tailrace setup recipient --kms-key with another key")
                #expect(report.signs.contains(where: sign.isShown), "\(report.text)")

                accounts.recipientOptions = ["--kms-key", try await accounts.recipient.createKey()]
                let run = try await accounts.setup(.recipient, ["--yes"])
                #expect(run.ending == .exited(0), "\(run.errors)")
                let mended = try await accounts.verify(.recipient)
                #expect(mended.isGreen, "\(mended.text)")
            }
        }

        @Test(arguments: [(60, "warning"), (-60, "warning"), (600, "fault"), (-600, "fault")])
        func aClockThatIsOff(by seconds: Int64, level: String) async throws {
            let clock = WallClock { WallClock.system.now() - seconds * 1000 }
            try await SetupBench.with(clock: clock) { bench in
                let accounts = try AccountPair(0, in: bench)
                try await accounts.setUp([.recipient], sourceLocation: #_sourceLocation)
                let report = try await accounts.verify(.recipient)
                #expect(report.ending == .exited(level == "fault" ? 3 : 0), "\(report.text)")
                #expect(report.signs.map(\.subject) == ["clock"], "\(report.text)")
                #expect(report.signs.first?.level == level)
                #expect(report.signs.first?.text.contains(seconds > 0 ? "ahead of AWS's" : "behind AWS's") == true)
                #expect(report.signs.first?.remedy?.contains("timedatectl") == true)
            }
        }
    }
}
