import Emulator
import Testing

@testable import AWS

extension ProgramTests {
    /// AWS has one text for every reason why it cannot reach a stream. `setup` finds the reason by itself, or waits for IAM.
    @Suite struct SetupFaultDiagnosisTests {
        private static let patience = Duration.seconds(60)

        /// Somebody else's role is not changed, and what it lacks is said before AWS is asked.
        @Test func aForeignRoleThatLacksARight() async throws {
            try await SetupBench.with { bench in
                let accounts = try AccountPair(0, in: bench)
                try await accounts.recipient.makeRole(
                    AccountPair.role,
                    trust: SetupDocuments.trust(sources: accounts.sources(accounts.sender.id, accounts.recipient.id)),
                    policy: SetupDocuments.allow("kinesis:PutRecord", on: accounts.stream("Other")))
                let run = try await accounts.setup(.recipient, ["--yes"])
                #expect(run.ending == .exited(1))
                #expect(
                    run.errors.contains("role CWLtoKinesisRole is there and tailrace did not make it"), "\(run.errors)")
                #expect(run.errors.contains("Permissions-Policy-For-CWL: none →"), "\(run.errors)")
                #expect(run.errors.contains("Give --adopt"), "\(run.errors)")
                #expect(try await accounts.recipient.kinesis.isMissing(AccountPair.stream))

                let adopting = try await accounts.setup(.recipient, ["--yes", "--adopt"])
                #expect(adopting.ending == .exited(0), "\(adopting.errors)")
                let report = try await accounts.verify(.recipient)
                #expect(report.isGreen, "\(report.text)")
            }
        }

        /// Made by us, and forbidden by a policy that was added to it: no waiting makes that better.
        @Test func aRoleThatIsForbiddenToWrite() async throws {
            try await SetupBench.with { bench in
                let accounts = try AccountPair(0, in: bench)
                try await accounts.setUp([.recipient], sourceLocation: #_sourceLocation)
                try await accounts.recipient.iam.putRolePolicy(
                    SetupDocuments.deny("kinesis:*", on: "*"), named: "Guard", on: AccountPair.role)
                _ = try await accounts.recipient.logs.deleteDestination(AccountPair.destination)
                let start = ContinuousClock.now
                let run = try await accounts.setup(.recipient, ["--yes"])
                #expect(run.ending == .exited(1))
                #expect(run.errors.contains("PutDestination: "), "\(run.errors)")
                #expect(
                    run.errors.contains("permissions of role CWLtoKinesisRole: no kinesis:PutRecord"), "\(run.errors)")
                #expect(run.errors.contains("a Deny in Guard forbids it"), "\(run.errors)")
                // Half of what is waited for when nothing can be seen.
                #expect(start.duration(to: .now) < Self.patience)
            }
        }

        /// IAM tells its own replies at once what CloudWatch Logs learns later.
        @Test func aRoleThatIsTooNew() async throws {
            try await SetupBench.with({ $0.identityDelay = .seconds(1) }) { bench in
                var accounts = try AccountPair(0, in: bench)
                accounts.access = ["--organization", SetupBench.organization]
                accounts.subscription.append("--with-role")
                try await accounts.setUp(sourceLocation: #_sourceLocation)
                let report = try await accounts.verify(.all)
                #expect(report.isGreen, "\(report.text)")
            }
        }
    }
}

extension KinesisClient {
    fileprivate func isMissing(_ stream: String) async throws -> Bool {
        do {
            _ = try await summary(of: .name(stream))
            return false
        } catch let error as AWSError where error.isNotFound {
            return true
        }
    }
}
