package import Logging

/// AWS in a box: Kinesis and what goes with it over real HTTP, for tests, the demo and `tailrace emulate`.
///
/// All state is in memory. It follows AWS's documents; nothing of it was compared with AWS itself.
package final class Emulator: Sendable {
    private let box: AWSBox
    private let server: HTTPServer
    private let faults: FaultPlan
    private let clock: AdjustableClock
    private let running = Running()

    package init(
        settings: EmulatorSettings = EmulatorSettings(), clock: WallClock = .system,
        logger: Logger = Logger(label: "emulator")
    ) {
        let (faults, moved) = (FaultPlan(settings.faults, seed: settings.seed), AdjustableClock(clock))
        (self.faults, self.clock) = (faults, moved)
        box = AWSBox(settings: settings, clock: moved.clock, signatureClock: clock, faults: faults)
        // Signatures and the Date header go by the clock that was not moved: a client's own goes on as before.
        let reception = Reception(
            box: box, accounts: AccountBook(settings.accessKeys), faults: faults,
            control: ControlDesk(faults: faults, clock: moved), cbor: settings.kinesis.cbor, clock: clock)
        server = HTTPServer(
            host: settings.host, port: settings.port, reception: reception, clock: clock, logger: logger)
    }

    /// Serves until the task is cancelled or its service group shuts down. `onListening` is told the port.
    ///
    /// Throws when the address cannot be listened on.
    package func run(onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) async throws {
        try await server.run(onListening: onListening)
    }

    /// Serves in the background until `stop`. Returns the port once calls are taken.
    ///
    /// Throws when the address cannot be listened on, or when it is already started.
    @discardableResult
    package func start() async throws -> Int {
        try await running.start(logger: server.logger) { [server] onListening in
            try await server.run(onListening: onListening)
        }
    }

    /// Ends what `start` began and waits until it has ended. Does nothing when nothing runs.
    package func stop() async { await running.stop() }

    /// `http://127.0.0.1:PORT` of a started emulator.
    package func endpoint(port: Int) -> String {
        server.host.contains(":") ? "http://[\(server.host)]:\(port)" : "http://\(server.host):\(port)"
    }
}

/// Streams without a call over HTTP, for who has the emulator at hand.
extension Emulator {
    /// Makes a provisioned stream. Throws `ServiceFault`, AWS's own error.
    package func createStream(_ name: EmulatedStreamName, shards: Int, maxRecordKiB: Int = 1024) async throws {
        let request = CreateStreamRequest(
            streamName: name.name, shardCount: shards, streamModeDetails: nil, tags: nil,
            maxRecordSizeInKiB: maxRecordKiB)
        try await box.kinesis.createStream(request, .inProcess(name))
    }

    /// Fills a new stream of `shards` shards with the payloads of the corpus at `path`, all of them `times` times over:
    /// one shard after the other in turn, in the corpus's order on each. Returns how many records that made.
    ///
    /// The whole is held in memory twice, as bytes and as base64. Throws `CorpusError`, `ServiceFault` or what
    /// reading the file does.
    @discardableResult
    package func preload(
        stream name: EmulatedStreamName, from path: String, shards: Int, times: Int = 1
    ) async throws -> Int {
        let corpus = try Corpus(path: path)
        try await createStream(name, shards: shards, maxRecordKiB: StreamLimits.recordKiBMax)
        return try await box.kinesis.preload(corpus, into: name, times: times)
    }

    /// Brings a stream to `shards` shards of equal ranges, as UpdateShardCount does. Throws `ServiceFault`.
    package func updateShardCount(of name: EmulatedStreamName, to shards: Int) async throws {
        let request = UpdateShardCountRequest(
            streamName: name.name, streamARN: nil, targetShardCount: shards, scalingType: "UNIFORM_SCALING")
        _ = try await box.kinesis.updateShardCount(request, .inProcess(name))
    }

    /// How many records were ever written to `name`; `nil` when there is no such stream.
    package func recordsWritten(to name: EmulatedStreamName) async -> Int? {
        await box.kinesis.recordsWritten(to: name)
    }
}

/// The world around the calls, to be changed while they are made.
extension Emulator {
    /// Adds rules behind those in force. They count calls from now on.
    package func inject(_ rules: FaultRule...) async { await inject(rules) }

    /// Adds rules that all begin to count with the same call.
    package func inject(_ rules: [FaultRule]) async { await faults.add(rules) }

    /// Lifts all rules, or those of one operation. Returns how many.
    @discardableResult
    package func liftFaults(of operation: String? = nil) async -> Int { await faults.lift(operation) }

    /// What the rules in force did so far.
    package var faultTallies: [FaultTally] { get async { await faults.tallies } }

    /// Moves the services' clock forward: iterators expire, records age out, closed shards with them. Signatures are still
    /// judged by the clock that the emulator was made with.
    package func advanceClock(by span: Duration) { clock.advance(by: span) }
}

/// Log groups without a call over HTTP.
extension Emulator {
    /// All events that a log group holds, log stream by log stream; `nil` when there is no such group.
    package func logEvents(inGroup group: String, account: String, region: String) async -> StoredEvents? {
        await box.logs.events(inGroup: group, account: account, region: region)
    }

    /// What became of the events of a log group that its own filters and the account's matched; `nil` when there is no such
    /// group.
    package func deliveryCounts(group: String, account: String, region: String) async -> DeliveryCounts? {
        await box.logs.deliveries(ofGroup: group, account: account, region: region)
    }
}

extension Caller {
    /// Who owns `stream`, calling without an access key.
    static func inProcess(_ stream: EmulatedStreamName) -> Caller {
        Caller(account: stream.account, region: stream.region, accessKeyID: "")
    }
}

extension KinesisService {
    func recordsWritten(to name: EmulatedStreamName) -> Int? {
        streams.stream(name, now: clock.now())?.recordsWritten
    }
}
