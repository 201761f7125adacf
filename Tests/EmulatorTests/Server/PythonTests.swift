import Foundation
import Testing

@testable import Emulator

/// AWS's own clients against the emulator: scripts that exit with 0 when all they expect is so.
@Suite struct AWSsOwnClients {
    private static let python = setting("TAILRACE_PYTHON")
    private static let commandLine = setting("TAILRACE_AWS")
    private static let skipped: Comment = "set TAILRACE_PYTHON to a python3 that has boto3"
    private static let skippedCLI: Comment = "set TAILRACE_PYTHON, and TAILRACE_AWS to the aws command line"

    @Test(.enabled(if: python != nil, skipped))
    func boto3UsesKinesis() async throws { try await run("kinesis_boto3.py") }

    @Test(.enabled(if: python != nil, skipped))
    func boto3UsesLogs() async throws { try await run("logs_check.py") }

    @Test(.enabled(if: python != nil, skipped))
    func boto3SetsTwoAccountsUp() async throws { try await run("setup_check.py") }

    @Test(.enabled(if: python != nil, skipped))
    func boto3UsesIAM() async throws { try await run("identity_boto3.py") }

    @Test(.enabled(if: python != nil && commandLine != nil, skippedCLI))
    func theCommandLineUsesKinesis() async throws { try await run("kinesis_cli.py") }

    private static func setting(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private func run(_ script: String) async throws {
        var settings = EmulatorSettings()
        settings.kinesis.limitsReads = false
        settings.logs.organizations["111111111111"] = "o-1234567890"
        try await withEmulator(settings) { emulator, port in
            let scripts = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Python")
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [Self.python ?? "python3", scripts.appending(path: script).path()]
            process.environment = ProcessInfo.processInfo.environment.merging(
                ["EMULATOR_ENDPOINT": emulator.endpoint(port: port), "PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
            let (status, output) = try await finished(process)
            #expect(status == 0, "\(script): \(output)")
        }
    }

    /// Runs `process`, two minutes at most, and gives its exit status and what it said on standard error.
    private func finished(_ process: Process) async throws -> (status: Int32, output: String) {
        let file = FileManager.default.temporaryDirectory.appending(path: "python-\(UUID().uuidString).txt")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        process.standardError = try FileHandle(forWritingTo: file)
        let (ends, end) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = {
            end.yield($0.terminationStatus)
            end.finish()
        }
        try process.run()
        let watch = Task {
            try await Task.sleep(for: .seconds(120))
            process.terminate()
        }
        defer { watch.cancel() }
        for await status in ends {
            return (status, String(decoding: try Data(contentsOf: file), as: UTF8.self))
        }
        return (-1, "never ended")
    }
}
