internal import AWS
internal import Adapters
internal import ArgumentParser
internal import Core
import FoundationEssentials
internal import Logging
internal import Pipeline
internal import Settings

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Reads a part of the stream once more and delivers it; the daemon's position is untouched.",
        discussion: """
            A replay from a checkpoint resumes after the record it names; from SHARD:SEQUENCE it begins at that record, \
            from a time at the first record that arrived then or later. --until includes records that arrived at that \
            very moment. Files are appended to; a directory that a running daemon writes is refused. Records that cannot \
            be delivered go to "replay" below the directory for dead letters. Ends with 4 when events are still pending.
            """)

    @Option(
        name: .long,
        help: "trim-horizon, latest, an ISO 8601 time, checkpoint, checkpoint:FILE or SHARD:SEQUENCE.")
    var from: String

    @Option(name: .long, help: "now, or an ISO 8601 time.")
    var until = "now"

    @Option(name: .customLong("shard"), parsing: .upToNextOption, help: "Only these shards.")
    var shards: [String] = []

    @Option(name: .customLong("to"), parsing: .upToNextOption, help: "Only these sinks of the settings.")
    var sinkNames: [String] = []

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try options.load()
        let (position, end) = (try parsed { try ReplayPosition(from) }, try parsed { try ReplayEnd(until) })
        let (sinks, shards) = (try chosenSinks(of: settings), try chosenShards())
        let logger = ProgramLog.started(settings.log)
        let stop = try OrderlyStop.onSignals()
        let assembly = try Assembly(settings, environment: ProcessInfo.processInfo.environment, logger: logger)
        guard let stream = try await unless(stop, { try await assembly.stream() }) else {
            throw stop.signal?.exitCode ?? .failed
        }
        let start = try ReplayStart(position, settings: settings, stream: stream.arn, shards: shards)
        try await replay(start, until: end, sinks: sinks, stream: stream, assembly, stop)
    }

    private func replay(
        _ start: ReplayStart, until end: ReplayEnd, sinks: [SinkSettings], stream: StreamSummary, _ assembly: Assembly,
        _ stop: OrderlyStop
    ) async throws {
        let bound = ReplayBound(until: end.moment(now: assembly.surroundings.now()))
        let saved = SavedState(checkpoints: start.checkpoints)
        let store = MemoryStateStore(saved)
        let outlets = try await apart(from: assembly.settings) {
            try await assembly.outlets(
                sinks: sinks, routes: try assembly.settings.routes.only(sinks.map(\.name)),
                deadLetters: assembly.settings.deadLetters.directory + "/replay", of: stream.arn, store: store,
                saved: saved
            )
        }
        let consumer = assembly.consumer(
            StreamConsumer.Plan(
                start: start.position, scope: start.scope, limits: assembly.limits(of: stream, bound: bound)),
            outlets, store: store, saved: saved)
        let progress = ReplayProgress(ledger: assembly.ledger)
        let logger = assembly.logger
        try await progress.during {
            try await endingWithReader(logger) { try await consumer.run(until: { await stop.wait() }) }
        }
        await assembly.access.shutdown()
        assembly.ledger.snapshot.summary.forEach(StandardStream.tell)
        if stop.signal != nil { throw stop.signal?.exitCode ?? .failed }
        if assembly.ledger.snapshot.hasPending { throw CommandFailure(.eventsPending, "events are still pending") }
    }

    /// Opens places to write to, and tells what to do when another program has one of them.
    private func apart(
        from settings: TailraceSettings, _ open: () async throws -> Outlets
    ) async throws -> Outlets {
        do {
            return try await open()
        } catch let held as FileLockHeld {
            let sink = settings.sinks.first { sink in
                if case .files(let files) = sink.kind { held.guarded.hasSuffix(" " + files.directory) } else { false }
            }
            let remedy =
                sink.map {
                    "replay into another directory: --stream \(settings.stream.stream.name) --to-files DIRECTORY in place "
                        + "of --config, or settings in which sink \($0.name) has another one"
                } ?? "another replay keeps its dead letters there: wait for it, or give this one another "
                + "--dead-letters directory"
            throw CommandFailure(.failed, "\(held.guarded) is in use by \(held.holder); \(remedy)")
        }
    }

    private func chosenShards() throws -> Set<ShardID>? {
        guard !shards.isEmpty else { return nil }
        return Set(
            try shards.map { name in
                guard let shard = ShardID(name) else {
                    throw CommandFailure(
                        .usage, "--shard: '\(name)' is no shard; expected a name like shardId-000000000000")
                }
                return shard
            })
    }

    private func chosenSinks(of settings: TailraceSettings) throws -> [SinkSettings] {
        guard !sinkNames.isEmpty else { return settings.sinks }
        for name in sinkNames where !settings.sinks.contains(where: { $0.name.text == name }) {
            let known = settings.sinks.map(\.name.text).joined(separator: ", ")
            throw CommandFailure(.usage, "--to: no sink is called '\(name)'; the settings have \(known)")
        }
        return settings.sinks.filter { sinkNames.contains($0.name.text) }
    }

    private func parsed<Value>(_ parse: () throws -> Value) throws -> Value {
        do { return try parse() } catch let error as PositionError { throw CommandFailure(.usage, error.description) }
    }
}

extension ReplayEnd {
    fileprivate func moment(now: Instant) -> Instant {
        switch self {
        case .now: now
        case .time(let instant): instant
        }
    }
}
