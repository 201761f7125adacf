internal import ArgumentParser
internal import Core
internal import Emulator
import Foundation
internal import Logging

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Everything on this machine, no AWS account: two accounts share logs through the real daemon.",
        discussion: """
            Starts AWS in a box; sender 111111111111 and recipient 999999999999 are set up with stream, destination and \
            subscription filters; the sender writes; this program, as a daemon of its own, forwards the log events to \
            log groups in another Region and to files; then every event is checked. Ends with 0 only if the ledger adds up.
            """)

    @Option(name: .long, help: "How many events the sender writes.")
    var events = 306_000

    @Option(name: .long, help: "Shards of the stream.")
    var shards = 4

    @Flag(name: .long, help: "Keep the directory with the delivered files, and say where it is.")
    var keep = false

    static let pathTemplate = "{owner}/{log-group}/{log-stream}/{date}.ndjson"
    static let garbage = Array("this was never a subscription message".utf8)
    /// How long nothing may move before the demo has failed.
    private static let patience = Duration.seconds(60)

    static func centralGroup(of group: String) -> String { "/central/\(DemoTraffic.sender)\(group)" }

    func validate() throws {
        guard (18...10_000_000).contains(events) else { throw ValidationError("--events: 18 to 10000000") }
        guard (1...64).contains(shards) else { throw ValidationError("--shards: 1 to 64") }
    }

    func run() async throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("tailrace-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer {
            if keep {
                StandardStream.tell("kept: \(directory.path)")
            } else {
                try? FileManager.default.removeItem(at: directory)
            }
        }
        var settings = EmulatorSettings()
        settings.kinesis.limitsReads = false
        settings.checksRoles = true
        let emulator = Emulator(settings: settings, logger: Logger(label: "emulator") { _ in SwiftLogNoOpLogHandler() })
        let accounts = try DemoAccounts(endpoint: emulator.endpoint(port: try await emulator.start()))
        do {
            try await play(emulator, accounts, in: directory)
        } catch {
            await emulator.stop()
            throw error
        }
        await accounts.close()
        await emulator.stop()
    }

    private func play(_ emulator: Emulator, _ accounts: DemoAccounts, in directory: URL) async throws {
        // An hour ago, within what PutLogEvents takes.
        let hourAgo = Int64(Date().timeIntervalSince1970 * 1000) - 3_600_000
        let traffic = DemoTraffic(events: events, start: Instant(milliseconds: hourAgo))
        try await accounts.setUp(traffic, shards: shards)
        StandardStream.tell(
            "sender \(DemoTraffic.sender) → \(DemoAccounts.stream), \(shards) shards, in account "
                + "\(DemoAccounts.recipient) → log groups in \(DemoAccounts.centralRegion) and files")
        let daemon = try DemoDaemon(
            directory: directory, settings: daemonSettings(directory),
            environment: accounts.environment(of: DemoAccounts.recipient))
        defer { daemon.kill() }
        let start = ContinuousClock.now
        async let writing: Void = accounts.write(traffic)
        try await accounts.putGarbage(Self.garbage)
        let matched = traffic.streams.reduce(0) { sum, stream in
            sum + (0..<stream.events).count { traffic.isMatched($0, in: stream) }
        }
        try await waitFor(matched, emulator, daemon)
        let elapsed = start.duration(to: .now)
        try await writing
        let ledger = try daemon.stop()
        let check = DemoCheck(
            traffic: traffic, emulator: emulator, files: directory.appendingPathComponent("files"))
        let verdict = DemoVerdict(
            written: traffic.written, matched: matched, inLogGroups: try await check.logGroups(),
            inFiles: try check.lines(), records: await emulator.recordsWritten(to: streamName) ?? 0,
            daemon: ledger, deadLetters: try deadLetters(directory), elapsed: elapsed)
        verdict.lines.forEach(StandardStream.tell)
        guard verdict.addsUp else { throw CommandFailure(.failed, "the ledger does not add up") }
    }

    private var streamName: EmulatedStreamName {
        EmulatedStreamName(
            account: DemoAccounts.recipient, region: DemoAccounts.region, name: DemoAccounts.stream)
    }

    private func daemonSettings(_ directory: URL) -> String {
        """
        stream: {name: \(DemoAccounts.stream), region: \(DemoAccounts.region), shard-rate: unlimited}
        checkpoints: {sqlite: "\(directory.path)/state.db"}
        sinks:
          central:
            log-group: {region: \(DemoAccounts.centralRegion), group: "/central/{owner}{log-group}", stream: "{log-stream}"}
          archive:
            files: {directory: "\(directory.path)/files", path: "\(Self.pathTemplate)"}
        dead-letters: {directory: "\(directory.path)/dead-letters"}
        admin: {listen: off}
        log: {level: notice, format: json}
        """
    }

    /// Shows how far the log groups are until they hold `matched` events.
    private func waitFor(_ matched: Int, _ emulator: Emulator, _ daemon: DemoDaemon) async throws {
        let line = ProgressLine()
        let start = ContinuousClock.now
        var (arrived, moved) = (0, start)
        while arrived < matched {
            try await Task.sleep(for: .milliseconds(200))
            guard daemon.isRunning else {
                _ = try daemon.stop()
                throw CommandFailure(.failed, "the daemon ended by itself")
            }
            var now = 0
            for group in [DemoTraffic.cloudTrailGroup, DemoTraffic.applicationGroup] {
                now +=
                    await emulator.logEvents(
                        inGroup: Self.centralGroup(of: group), account: DemoAccounts.recipient,
                        region: DemoAccounts.centralRegion)?.count ?? 0
            }
            if now > arrived { moved = .now }
            arrived = now
            line.show("\(arrived) of \(matched) matched events delivered", events: arrived, since: start)
            guard moved.duration(to: .now) < Self.patience else {
                throw CommandFailure(
                    .failed, "only \(arrived) of \(matched) events were delivered; the rest does not come")
            }
        }
        line.end()
    }

    /// The payloads that the daemon kept as dead letters.
    private func deadLetters(_ directory: URL) throws -> [[UInt8]] {
        let file = directory.appendingPathComponent("dead-letters/dead-letters.ndjson")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
            let letter = try JSONDecoder().decode(KeptRecord.self, from: Data(line.utf8))
            return Array(letter.data)
        }
    }

    private struct KeptRecord: Decodable {
        let data: Data
    }
}
