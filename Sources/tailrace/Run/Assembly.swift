internal import AWS
internal import Adapters
internal import Core
internal import Logging
internal import Pipeline
internal import Settings

/// Puts the program together: settings in, something that runs out.
struct Assembly {
    let settings: TailraceSettings
    let access: AWSAccess
    let logger: Logger
    let ledger = Ledger()
    let surroundings = Pipeline.Surroundings.real
    let health: HealthBoard
    let telemetry: Telemetry
    private let region: String
    private let kinesis: KinesisClient

    /// `telemetry` is by default what the log tells.
    init(
        _ settings: TailraceSettings, environment: [String: String], logger: Logger, telemetry: Telemetry? = nil
    ) throws {
        self.settings = settings
        self.logger = logger
        health = HealthBoard(
            rule: StuckRule(after: settings.stuckAfter), sinks: settings.sinks.map(\.name), ledger: ledger,
            surroundings: surroundings)
        self.telemetry = (telemetry ?? Telemetry(logger: logger)).observed(by: health.note)
        access = try AWSAccess(environment: environment, logger: logger)
        region = try access.configuration.region(setting: settings.stream.region)
        kinesis = try access.kinesis(region: region, speaking: settings.stream.recordsProtocol.kinesis)
    }

    // MARK: Stream

    /// The stream, whose ARN is its one name in the store, whether the settings have its name or its ARN.
    ///
    /// Waits while AWS cannot be reached. Throws what a person has to mend: a name that is wrong, a right that lacks.
    func stream() async throws -> StreamSummary {
        let backoff = Backoff(first: .seconds(1), ceiling: .seconds(30))
        var failures = 0
        while true {
            do {
                let stream = try await kinesis.summary(of: reference)
                health.found(stream: stream.arn)
                return stream
            } catch let error as AWSError where error.isTransient || error.isThrottle {
                let delay = backoff.delay(attempt: failures, jitter: surroundings.jitter())
                failures += 1
                telemetry.report(.streamUnreachable(cause: "\(error)", retryIn: delay))
                try await surroundings.sleep(delay)
            }
        }
    }

    var source: KinesisSource { KinesisSource(kinesis, stream: reference) }

    private var reference: AWS.StreamReference {
        switch settings.stream.stream {
        case .name(let name): .name(name)
        case .arn(let arn): .arn(arn.text)
        }
    }

    // MARK: Consumer

    /// The daemon's: checkpoints in the store, the whole stream, no end.
    ///
    /// - Parameter acceptsAnother: whether a stream that was made again under its name is read from its configured start.
    func daemon(of stream: StreamSummary, acceptsAnother: Bool) async throws -> StreamConsumer {
        let store = try SQLiteStateStore(
            path: settings.checkpoints.sqlite, scope: .init(stream: stream.arn), now: surroundings.now)
        let saved = try await resume(store)
        let outlets = try await outlets(
            sinks: settings.sinks, routes: settings.routes, deadLetters: settings.deadLetters.directory,
            of: stream.arn, store: store, saved: saved,
            owner: try DirectoryOwner(.daemon, store: settings.checkpoints.sqlite))
        return consumer(
            StreamConsumer.Plan(
                start: settings.stream.start.shardPosition,
                created: StreamCreation(now: stream.created, saved: saved.created, acceptsAnother: acceptsAnother),
                limits: limits(of: stream),
                commitInterval: settings.checkpoints.interval),
            outlets, store: store, saved: saved)
    }

    /// What the store has: the ledger goes on from it, and a sink whose intake is another now passes nothing over.
    func resume(_ store: SQLiteStateStore) async throws -> SavedState {
        var saved = try await store.load()
        health.resumed(saved.ledger)
        ledger.resume(saved.ledger)
        let changed = Intakes.rules(of: settings).filter { saved.intakes[$0.key] != $0.value }
        for sink in saved.aheadOfCheckpoints(changed.keys) { telemetry.report(.intakeChanged(sink)) }
        try await store.save(Commit(checkpoints: [:], files: [], intakes: changed))
        saved.forgetFrontiers(of: changed.keys)
        return saved
    }

    func consumer(
        _ plan: StreamConsumer.Plan, _ outlets: Outlets, store: any StateStore, saved: SavedState
    ) -> StreamConsumer {
        StreamConsumer(
            plan: plan, source: source, outlets: outlets, store: store, saved: saved,
            memory: Memory(bytes: settings.memory.totalBytes), ledger: ledger, telemetry: telemetry,
            health: health, surroundings: surroundings)
    }

    func limits(of stream: StreamSummary, bounds: ReplayBounds? = nil) -> ConsumerLimits {
        ConsumerLimits(
            pace: ReadPace(allowance: settings.stream.shardRate), maxRecord: settings.memory.recordBytesMax,
            retention: .seconds(stream.retentionHours * 3600), bounds: bounds)
    }

    /// Opens sinks and dead letters, each for this program alone, and takes their files back to what is committed.
    ///
    /// - Parameter owner: Who is noted in the sinks' directories; `nil` for a store that does not outlast the program.
    func outlets(
        sinks: [SinkSettings], routes: RouteTable, deadLetters directory: String, of stream: String,
        store: any StateStore, saved: SavedState, owner: DirectoryOwner?
    ) async throws -> Outlets {
        let deadLetters = try await FileDeadLetters(
            directory: directory, stream: stream, store: store, saved: saved.files[.deadLetters],
            telemetry: telemetry, now: surroundings.now())
        var opened: [any Sink] = []
        for sink in sinks {
            opened.append(try await open(sink, deadLetters, store, saved.files[sink.name]))
            if case .files(let files) = sink.kind { try owner?.claim(files.directory) }
        }
        return Outlets(sinks: opened, routes: routes, deadLetters: deadLetters)
    }

    /// What one sink may have in memory beside records: a share of the quarter that the pipeline leaves to sinks.
    private var sinkBytesMax: Int { settings.memory.totalBytes / 4 / max(1, settings.sinks.count { $0.keepsMemory }) }

    private var fileLimits: FileLimits {
        FileLimits(bytesMax: sinkBytesMax, sharers: settings.sinks.count { $0.keepsMemory })
    }

    private func open(
        _ sink: SinkSettings, _ deadLetters: any DeadLetters, _ store: any StateStore, _ saved: FilesCut?
    ) async throws -> any Sink {
        switch sink.kind {
        case .stdout(let stdout):
            return StdoutSink(name: sink.name, format: stdout.format, telemetry: telemetry)
        case .files(let files):
            return try await FilesSink(
                name: sink.name, directory: files.directory, path: files.path, format: files.format, store: store,
                saved: saved, telemetry: telemetry, now: surroundings.now(), limits: fileLimits)
        case .logGroup(let group):
            return LogGroupSink(
                name: sink.name, group: group.group, stream: group.stream,
                rules: LogGroupRules(
                    linger: group.linger, createsGroups: group.create, retentionDays: group.retentionDays,
                    bodyBytesMax: sinkBytesMax),
                writer: CloudWatchLogsWriter(try access.logs(region: group.region ?? region)),
                deadLetters: deadLetters, surroundings: surroundings, report: telemetry.report)
        }
    }
}

extension SinkSettings {
    /// Standard output holds little and waits for its reader.
    fileprivate var keepsMemory: Bool {
        switch kind {
        case .logGroup, .files: true
        case .stdout: false
        }
    }
}

extension RecordsProtocol {
    fileprivate var kinesis: KinesisProtocol {
        switch self {
        case .cbor: .cbor
        case .json: .json
        }
    }
}

extension Pipeline.Surroundings {
    /// This machine's.
    static let real: Pipeline.Surroundings = {
        let start = ContinuousClock.now
        return Pipeline.Surroundings(
            now: { .now },
            sleep: { try await Task.sleep(for: $0) },
            uptime: { start.duration(to: .now) },
            jitter: { Double.random(in: 0..<1) })
    }()
}
