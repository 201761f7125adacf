internal import ArgumentParser
internal import Emulator
internal import Logging
private import Settings
private import Setup

struct EmulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulate",
        abstract: "An AWS in a box: Kinesis and CloudWatch Logs over HTTP, with real subscription delivery.",
        discussion: """
            Everything is in memory. Access key AKIAEMUL and an account's twelve digits, with the secret "secret-" and \
            the same digits, belongs to that account; signatures are checked. Point AWS_ENDPOINT_URL at it.

            A fault is OPERATION:WHEN:WHAT. OPERATION is GetRecords and the like, or * for all. WHEN is 3, 3-5, 3- (from the \
            third call on), always or 30%. WHAT is an error's code, with a slash and the HTTP status when it is not to be \
            AWS's own (AccessDeniedException, InternalFailure/503), a status alone, or one of \
            \(FaultRule.effectWords.joined(separator: ", ")). The last three spoil the page that ends a shard.

            Faults and the clock can be changed while it runs, by requests that need no signature: GET, POST (add), PUT \
            (replace) and DELETE on /_emulator/faults, with faults in the body; DELETE '/_emulator/faults?GetRecords' lifts \
            one operation's. POST to /_emulator/clock with 6m in the body moves the clock forward, so that iterators \
            expire; with 25h, records and closed shards are gone.
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

    @Flag(
        name: .long,
        help:
            "Do not hold readers to five calls a second and 2 MB/s per shard, nor UpdateShardCount to ten calls a day.")
    var unlimited = false

    @Option(
        name: .customLong("fault"), parsing: .upToNextOption,
        help: "OPERATION:WHEN:WHAT, GetRecords:3-5:InternalFailure for instance; see above.")
    var faults: [String] = []

    @Option(
        name: .customLong("reshard-every"),
        help: ArgumentHelp(
            "Double and halve the shards of every stream in turn, this often: 20s, 5m.", valueName: "time"))
    var reshardEvery: String?

    @Option(
        name: .long, help: "What chance goes by: which calls a fault of so many percent strikes, and how to reshard.")
    var seed: UInt64 = 0

    @Option(
        name: .customLong("old-positions"),
        help: "A sequence number whose record has aged out is 'served' from the oldest record, or 'refused'.")
    var oldPositions = KinesisRules.OldPositions.servedFromHorizon

    @Flag(
        name: .customLong("check-roles"),
        help:
            "Roles must be there and let CloudWatch Logs do what it does, as on AWS; without, any role's name will do.")
    var checksRoles = false

    @Option(
        name: .customLong("identity-delay"),
        help: ArgumentHelp("How long a role or policy is not known yet where it is used: 20s.", valueName: "time"))
    var identityDelay: String?

    @Option(
        name: .customLong("member"), parsing: .upToNextOption,
        help: ArgumentHelp(
            "Which organization an account belongs to: ACCOUNT:o-….", valueName: "account:organization"))
    var members: [String] = []

    @Option(name: .long, help: "What becomes of calls in CBOR: 'spoken', 'unknown' or 'breaks'.")
    var cbor = KinesisRules.CBORManners.spoken

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
        settings.seed = seed
        settings.kinesis.limitsReads = !unlimited
        if unlimited { settings.kinesis.scalingsPerDayMax = nil }
        settings.kinesis.reshardEvery = try reshardEvery.map { try Self.interval($0, "--reshard-every") }
        settings.checksRoles = checksRoles
        settings.identityDelay = try identityDelay.map { try Self.interval($0, "--identity-delay") } ?? .zero
        for member in members {
            let (account, organization) = try Self.member(member)
            settings.logs.organizations[account] = organization
        }
        settings.kinesis.oldPositions = oldPositions
        settings.kinesis.cbor = cbor
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

    private static func rule(_ text: String) throws -> FaultRule {
        do {
            return try FaultRule(parsing: text)
        } catch {
            throw CommandFailure(.usage, "--fault: \(error)")
        }
    }

    private static func interval(_ text: String, _ option: String) throws -> Duration {
        guard let interval = DurationText.parse(text), interval > .zero else {
            throw CommandFailure(.usage, "\(option): '\(text)' is no span of time like 20s or 5m")
        }
        return interval
    }

    private static func member(_ text: String) throws -> (account: String, organization: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, isAccount(parts[0]), ResourceNames.isOrganization(parts[1]) else {
            throw CommandFailure(.usage, "--member: '\(text)' is no ACCOUNT:o-…, such as 111111111111:o-1234567890")
        }
        return (parts[0], parts[1])
    }
}

extension KinesisRules.OldPositions: ExpressibleByArgument {}

extension KinesisRules.CBORManners: ExpressibleByArgument {}
