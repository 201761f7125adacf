internal import ArgumentParser
internal import Emulator
internal import Logging
private import Settings

struct EmulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulate",
        abstract: "An AWS in a box: Kinesis and CloudWatch Logs over HTTP, with real subscription delivery.",
        discussion: """
            Everything is in memory. Access key AKIAEMUL and an account's twelve digits, with the secret "secret-" and \
            the same digits, belongs to that account; signatures are checked. Point AWS_ENDPOINT_URL at it.
            """)

    @Option(
        name: .long, help: ArgumentHelp("Where to listen; port 0 lets the system choose.", valueName: "address:port"))
    var listen: String

    @Option(
        name: .long,
        help: "Fill a stream with the payloads of this file: big-endian 32-bit length and that many bytes, repeated.")
    var corpus: String?

    @Option(name: .long, help: "How many times over.")
    var times = 1

    @Option(name: .long, help: "The filled stream's shards.")
    var shards = 1

    @Option(name: .long, help: "The filled stream's name.")
    var stream = "RecipientStream"

    @Option(name: .long, help: "Whose the filled stream is.")
    var account = "999999999999"

    @Option(name: .long, help: "Where the filled stream is.")
    var region = "us-east-1"

    @Option(
        name: .customLong("access-key"), parsing: .upToNextOption,
        help: "More access keys: ID:SECRET:ACCOUNT, the account as twelve digits.")
    var accessKeys: [String] = []

    @Flag(name: .long, help: "Do not hold readers to five calls a second and 2 MB/s per shard.")
    var unlimited = false

    @Option(
        name: .customLong("fault"), parsing: .upToNextOption,
        help: "OPERATION:FIRST-LAST:CODE, OPERATION:FIRST-LAST:STATUS or OPERATION:FIRST-LAST:cut-off.")
    var faults: [String] = []

    func validate() throws {
        guard (1...10_000).contains(shards) else { throw ValidationError("--shards: 1 to 10000") }
        guard (1...1_000_000).contains(times) else { throw ValidationError("--times: 1 to 1000000") }
        guard Self.isAccount(account) else { throw ValidationError("--account: twelve digits") }
    }

    func run() async throws {
        ProgramLog.begin(level: .notice, format: .text)
        let stop = try OrderlyStop.onSignals()
        var settings = EmulatorSettings()
        (settings.host, settings.port) = try address()
        settings.kinesis.limitsReads = !unlimited
        settings.faults = try faults.map(Self.rule)
        settings.accessKeys = try accessKeys.map(Self.accessKey)
        let emulator = Emulator(settings: settings, logger: Logger(label: "emulator"))
        if let corpus {
            let name = EmulatedStreamName(account: account, region: region, name: stream)
            let records = try await emulator.preload(stream: name, from: corpus, shards: shards, times: times)
            StandardStream.tell("\(stream) of \(account) in \(region) holds \(records) records in \(shards) shards")
        }
        let port = try await emulator.start()
        StandardStream.tell("listening on \(emulator.endpoint(port: port))")
        await stop.wait()
        await emulator.stop()
    }

    private func address() throws -> (host: String, port: Int) {
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]),
            (0...65_535).contains(port), colon > listen.startIndex
        else { throw CommandFailure(.usage, "--listen: '\(listen)' is no address like 127.0.0.1:4566 or [::1]:4566") }
        var host = String(listen[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return (host, port)
    }

    private static func accessKey(_ text: String) throws -> EmulatedAccessKey {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty, isAccount(parts[2]) else {
            throw CommandFailure(.usage, "--access-key: expected ID:SECRET:ACCOUNT, the account as twelve digits")
        }
        return EmulatedAccessKey(accessKeyID: parts[0], secretAccessKey: parts[1], account: parts[2])
    }

    private static func isAccount(_ text: String) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// `GetRecords:3-5:ProvisionedThroughputExceededException`; one number stands for one call.
    private static func rule(_ text: String) throws -> FaultRule {
        let parts = text.split(separator: ":").map(String.init)
        let bounds = parts.count == 3 ? parts[1].split(separator: "-").compactMap { Int($0) } : []
        guard let first = bounds.first, let last = bounds.last, bounds.count <= 2, 1 <= first, first <= last else {
            throw CommandFailure(.usage, "--fault: '\(text)' is nothing like GetRecords:3-5:InternalFailure")
        }
        return FaultRule(operation: parts[0], calls: first...last, effect: effect(parts[2]))
    }

    private static func effect(_ word: String) -> FaultRule.Effect {
        if word == "cut-off" { return .cutOff }
        if let status = Int(word) { return .refuse(code: "InternalFailure", message: "injected", status: status) }
        return .refuse(code: word, message: "injected", status: word == "InternalFailure" ? 500 : 400)
    }
}
