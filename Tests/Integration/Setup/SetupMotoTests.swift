import Foundation
import Testing

extension ProgramTests {
    /// The recipient's side against a server that is not ours.
    ///
    /// moto keeps streams, roles and destinations, and judges names, parameters and forms. It drops the tags that a stream
    /// is made with, so that the stream counts as somebody else's; it tries no destination, checks no role and no policy, and
    /// takes no destination for a subscription filter: the sender's side and everything between the accounts is beyond it.
    @Suite(.enabled(if: PythonScripts.moto != nil, "set TAILRACE_MOTO to a moto_server executable"))
    struct SetupAgainstMoto {
        private static let recipient = [
            "recipient", "--stream", "RecipientStream", "--destination", "testDestination", "--sender", "111111111111",
        ]

        @Test func theRecipientIsSetUpVerifiedAndTornDown() async throws {
            let moto = try await MotoServer.started(in: Workplace())
            let first = try await run(["setup"] + Self.recipient + ["--retention-hours", "48", "--yes"], moto)
            #expect(first.isDone, "\(first.errors)")
            #expect(
                first.output.hasPrefix("destination: arn:aws:logs:us-east-1:123456789012:destination:testDestination\n")
            )
            let second = try await run(["setup"] + Self.recipient + ["--retention-hours", "48", "--yes"], moto)
            #expect(second.hadNothingToDo, "\(second.errors)")

            let verified = try await run(["verify"] + Self.recipient, moto)
            #expect(verified.isDone, "\(verified.output)\(verified.errors)")
            #expect(verified.output.contains("ok      access to destination testDestination: 111111111111 may"))

            try await changesWhatOthersMade(moto)
            try await tearDown(moto)
            try await moto.stop()
        }

        /// The stream is nobody's whom moto remembers.
        private func changesWhatOthersMade(_ moto: MotoServer) async throws {
            let longer = ["setup"] + Self.recipient + ["--retention-hours", "72", "--yes"]
            let refused = try await run(longer, moto)
            #expect(refused.ending == .exited(1))
            #expect(refused.errors.contains("retention: 48 h → 72 h. Give --adopt"), "\(refused.errors)")
            let adopted = try await run(longer + ["--adopt"], moto)
            #expect(adopted.isDone, "\(adopted.errors)")
            #expect(try await run(longer, moto).hadNothingToDo)
        }

        private func tearDown(_ moto: MotoServer) async throws {
            let down = ["teardown"] + Self.recipient + ["--delete-stream", "--yes"]
            let first = try await run(down, moto)
            #expect(first.isDone, "\(first.errors)")
            #expect(first.errors.contains("done: 2 to remove, 1 to keep"), "\(first.errors)")
            #expect(try await run(down, moto).hadNothingToDo)
        }

        private func run(_ arguments: [String], _ moto: MotoServer) async throws -> TwoAccounts.Ran {
            let environment = [
                "AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any", "AWS_REGION": "us-east-1",
                "AWS_ENDPOINT_URL": moto.scripts.variables["MOTO_ENDPOINT"] ?? "", "AWS_CONFIG_FILE": "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "PATH": "/usr/bin:/bin",
            ]
            return try await TwoAccounts.Started(
                Program.tailrace, arguments, environment: environment, in: moto.workplace.directory
            ).ended()
        }
    }
}
