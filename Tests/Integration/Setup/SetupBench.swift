import Emulator
import Foundation
import HTTPClient
import Logging
import Signing
import Testing

@testable import AWS

/// An emulator whose roles matter, in which pairs of accounts are set up by the program, each pair for itself.
final class SetupBench: Sendable {
    static let region = "us-east-1"
    /// Every account of the bench belongs to it.
    static let organization = "o-1234567890"

    let emulator: Emulator
    let directory: Workplace
    let endpoint: String
    private let transport: HTTPTransport

    private init(_ emulator: Emulator, port: Int) throws {
        self.emulator = emulator
        endpoint = emulator.endpoint(port: port)
        directory = try Workplace()
        transport = try HTTPTransport()
    }

    static func with<Value>(
        clock: WallClock = .system, _ change: (inout EmulatorSettings) -> Void = { _ in },
        _ body: (SetupBench) async throws -> Value
    ) async throws -> Value {
        var settings = EmulatorSettings()
        settings.checksRoles = true
        settings.kinesis.limitsReads = false
        for pair in 0..<pairsMax {
            for id in [AccountPair.recipient(pair), AccountPair.sender(pair)] {
                settings.logs.organizations[id] = organization
            }
        }
        change(&settings)
        let emulator = Emulator(
            settings: settings, clock: clock, logger: Logger(label: "emulator") { _ in SwiftLogNoOpLogHandler() })
        let bench = try SetupBench(emulator, port: try await emulator.start())
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(bench))
        } catch {
            outcome = .failure(error)
        }
        await bench.transport.shutdown()
        await emulator.stop()
        return try outcome.get()
    }

    /// More than one bench has.
    private static let pairsMax = 100

    /// A client of a service as the owner of `account`.
    func client(of service: AWSService, account: String, region: String = region) throws -> ServiceClient {
        let key = EmulatedAccessKey.ofAccount(account)
        return try AWSConfiguration.load(environment: AWS.ProcessEnvironment(environment(config: "/dev/null"))).client(
            of: service, region: region,
            credentials: FixedCredentials(
                Credentials(accessKeyID: key.accessKeyID, secretAccessKey: key.secretAccessKey)),
            sender: transport, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    }

    private func environment(config: String) -> [String: String] {
        [
            "AWS_REGION": Self.region, "AWS_ENDPOINT_URL": endpoint, "AWS_CONFIG_FILE": config,
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "PATH": "/usr/bin:/bin",
        ]
    }

    // MARK: The program

    struct Run: Sendable {
        let ending: Program.Ending
        let output: String
        let errors: String
    }

    /// Runs the program to its end. `config` is AWS's shared file, with the profiles.
    func run(_ arguments: [String], config: String) async throws -> Run {
        let files = ["output", "errors"].map {
            directory.directory.appendingPathComponent("\($0)-\(UUID().uuidString)")
        }
        defer { files.forEach { try? FileManager.default.removeItem(at: $0) } }
        let descriptors = files.map { open($0.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644) }
        defer { descriptors.forEach { close($0) } }
        try #require(descriptors.allSatisfy { $0 >= 0 })
        let program = try Program(
            arguments, environment: environment(config: config), output: descriptors[0], errors: descriptors[1])
        let ending = try await program.ended()
        return Run(
            ending: ending, output: try String(contentsOf: files[0], encoding: .utf8),
            errors: try String(contentsOf: files[1], encoding: .utf8))
    }

    /// Writes a file of its own and answers its path.
    func file(_ text: String) throws -> String {
        let file = directory.directory.appendingPathComponent(UUID().uuidString)
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
