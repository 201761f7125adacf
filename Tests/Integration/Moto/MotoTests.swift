import Foundation
import Testing

extension ProgramTests {
    /// The built program against a server that is not ours, with every signature checked: what boto3 wrote there is in
    /// the log group of another Region and in the files, event for event.
    @Suite(
        .enabled(
            if: PythonScripts.moto != nil && PythonScripts.python != nil,
            "set TAILRACE_MOTO to a moto_server executable and TAILRACE_PYTHON to a python3 that has boto3"))
    struct AgainstMoto {
        @Test func everyEventArrivesOnce() async throws {
            try await withMoto { moto in
                try await refuseWrongSecret(moto)
                try await deliverEverything(moto)
                try await replayEverything(moto)
            }
        }

        private func withMoto(_ body: (MotoServer) async throws -> Void) async throws {
            let workplace = try Workplace()
            try workplace.write(sinks: [.central, .archive])
            let moto = try await MotoServer.started(in: workplace)
            try await moto.scripts.run("moto_send.py", "begin")
            try await body(moto)
            try await moto.stop()
        }

        /// Before anything else was delivered, so that the comparisons that follow show that nothing was.
        private func refuseWrongSecret(_ moto: MotoServer) async throws {
            let ending = try await moto.program(
                ["run", "--config", moto.workplace.settings.path], secret: "not-the-secret"
            ).ended()
            #expect(ending == .exited(1))
            let told = try moto.workplace.text(moto.workplace.log)
            #expect(told.contains("SignatureDoesNotMatch"), "it told \(told)")
            #expect(!told.contains("not-the-secret"))
            #expect(!FileManager.default.fileExists(atPath: moto.workplace.files.path))
        }

        /// A first run finds events that wait for it; a second resumes after them and gets others while it runs.
        private func deliverEverything(_ moto: MotoServer) async throws {
            let (daemon, files) = (["run", "--config", moto.workplace.settings.path], moto.workplace.files.path)
            let first = try moto.program(daemon)
            try await moto.scripts.run("moto_check.py", "wait", files)
            try await expectJSON(of: first, ["500"], moto)
            #expect(try await first.stop() == .exited(0))
            let before = try moto.workplace.lastWord()

            let second = try moto.program(daemon)
            try await moto.scripts.run("moto_send.py", "more")
            try await moto.scripts.run("moto_check.py", "wait", files)
            try await expectJSON(of: second, ["500", "500"], moto)
            #expect(try await second.stop() == .exited(0))
            try expectLedger(before, try moto.workplace.lastWord())

            try await moto.scripts.run("moto_check.py", "files", files)
            try await moto.scripts.run("moto_check.py", "log-group")
        }

        /// moto breaks over CBOR, and each run settles for JSON, once.
        private func expectJSON(of program: Program, _ refusals: [String], _ moto: MotoServer) async throws {
            try await eventually("JSON is settled", by: program) {
                try moto.workplace.refusalsOfCBOR() == refusals
            }
        }

        /// Both runs read as much as was written between them, and settled it. The second's ledger goes on from the first's.
        private func expectLedger(_ first: Workplace.LastWord, _ second: Workplace.LastWord) throws {
            for run in [first, second] {
                let read = try #require(run["events-read"])
                #expect(read > 0)
                #expect(run["central-delivered"] == read)
                #expect(run["archive-delivered"] == read)
                #expect(run["records-pending"] == 0)
                #expect(run["records-dead-lettered"] == 0)
            }
            #expect(try #require(first["events-read"]) * 2 == second["events-read"])
        }

        /// From the beginning to standard output: the same lines as in the files.
        private func replayEverything(_ moto: MotoServer) async throws {
            let replay = try moto.program([
                "replay", "--from", "trim-horizon", "--to-stdout", "--stream", "RecipientStream", "--region",
                "us-east-1", "--dead-letters", moto.workplace.directory.appendingPathComponent("replay").path,
            ])
            #expect(try await replay.ended() == .exited(0))
            try await moto.scripts.run(
                "moto_check.py", "lines", moto.workplace.files.path, moto.workplace.output.path)
        }
    }
}
