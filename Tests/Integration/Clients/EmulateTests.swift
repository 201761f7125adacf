import Testing

extension ProgramTests {
    /// `tailrace emulate` as a process of its own, used by AWS's own clients as two accounts.
    @Suite(
        .enabled(
            if: PythonScripts.python != nil && PythonScripts.commandLine != nil,
            "set TAILRACE_PYTHON to a python3 that has boto3 and TAILRACE_AWS to the aws command line"))
    struct Emulate {
        @Test func boto3AndTheCommandLineShareLogs() async throws {
            let workplace = try Workplace()
            let emulator = try PythonScripts.started(
                [Program.tailrace, "emulate", "--listen", "127.0.0.1:0"], adding: [:], errors: workplace.log)
            let endpoint = try await PythonScripts.word(
                after: "listening on ", in: workplace.log, of: emulator, workplace)
            let scripts = PythonScripts(workplace: workplace, variables: ["EMULATOR_ENDPOINT": endpoint])
            try await scripts.run("accounts_check.py")
            #expect(try await emulator.stop() == .exited(0))
        }
    }
}
