import Emulator
import Testing

@testable import AWS

extension ProgramTests {
    /// The guide's own example, word for word, and nothing is wrong with it.
    @Suite struct SetupFaultlessTests {
        @Test func twoAccountsAreSetUpAndAnEventArrives() async throws {
            try await SetupBench.with { bench in
                let accounts = try AccountPair(recipient: "999999999999", sender: "111111111111", in: bench)
                try await accounts.setUp(sourceLocation: #_sourceLocation)

                let all = try await accounts.verifyAll()
                #expect(all.ending == .exited(0), "\(all.errors)")
                let lines = all.output.split(separator: "\n")
                #expect(lines.allSatisfy { $0.hasPrefix("ok") }, "\(all.output)")
                #expect(lines.last?.contains("path: a test event of CloudTrail arrived: accepted after") == true)
                #expect(all.errors.contains("\(lines.count) ok, 0 warnings, 0 faults"), "\(all.errors)")

                let withSender = try await accounts.verify(.pathOfEvent)
                #expect(withSender.isGreen, "\(withSender.text)")
                let withoutSender = try await accounts.verify(.path)
                #expect(withoutSender.isGreen, "\(withoutSender.text)")
                #expect(
                    withoutSender.findings.first?.text.contains("AWS's control message arrived: accepted after") == true
                )
            }
        }

        /// Log groups and destination share a Region, and the stream need not.
        @Test func theStreamMayBeInAnotherRegion() async throws {
            try await SetupBench.with { bench in
                var accounts = try AccountPair(0, in: bench)
                let key = try await accounts.recipient.createKey(region: "eu-west-1")
                accounts.recipientOptions = ["--stream-region", "eu-west-1", "--kms-key", key]
                try await accounts.setUp(sourceLocation: #_sourceLocation)
                let report = try await accounts.verify(.all)
                #expect(report.isGreen, "\(report.text)")
            }
        }

        /// What is there is not touched, and what `verify` prints has nothing to mend.
        @Test func anotherSetUpDoesNothing() async throws {
            try await SetupBench.with { bench in
                let accounts = try AccountPair(0, in: bench)
                try await accounts.setUp(sourceLocation: #_sourceLocation)
                for side in [AccountPair.Side.recipient, .sender] {
                    let run = try await accounts.setup(side, ["--yes"])
                    #expect(run.ending == .exited(0))
                    #expect(run.errors.contains("nothing to do"), "\(run.errors)")
                }
            }
        }
    }
}
