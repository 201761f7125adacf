internal import AWS
internal import ArgumentParser
import FoundationEssentials
internal import Logging
internal import Pipeline
internal import Settings

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Reads a part of the stream once more and delivers it; the daemon's position is untouched.",
        discussion: """
            POSITION is trim-horizon, latest, an ISO 8601 time, checkpoint (the daemon's), checkpoint:FILE (an exported one) \
            or SHARD:SEQUENCE. A replay from a checkpoint resumes after the record it names; from SHARD:SEQUENCE it begins at \
            that record, from a time at the first record that arrived then or later. --until includes what it names: the \
            record, what arrived at that very moment, each shard up to its checkpoint (nothing of shards that have none). \
            SHARD:SEQUENCE is about that shard. What it became by resharding is replayed after it, as with --shard, unless \
            --until names a record.

            A replay that was interrupted goes on where it was, to the same end, when the same command is given again: "now" \
            and checkpoints are those of the first time. How far it is stands in replay-….db beside the daemon's store, \
            which is not touched, until the replay is done. Files then hold every record once, log groups may hold some \
            twice. What only went to standard output begins again.

            Files are appended to; a directory that a daemon writes, running or stopped, is refused. Records that cannot be \
            delivered go below "replay" in the directory for dead letters. Ends with 4 when events are still pending.
            """)

    @Option(name: .long, help: ArgumentHelp("Where it begins.", valueName: "position"))
    var from: String

    @Option(name: .long, help: ArgumentHelp("Where it ends: now, or a position.", valueName: "position"))
    var until = "now"

    @Option(name: .customLong("shard"), parsing: .upToNextOption, help: "Only these shards, and what they became.")
    var shards: [String] = []

    @Option(name: .customLong("to"), parsing: .upToNextOption, help: "Only these sinks of the settings.")
    var sinkNames: [String] = []

    @Flag(name: .customLong("restart"), help: "Begin again, even if the same replay was interrupted before.")
    var restarts = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where to keep how far the replay is; by default beside the daemon's store.", valueName: "directory"))
    var stateDirectory: String?

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try options.load()
        let request = try ReplayRequest(from: from, until: until, shards: shards, sinks: sinkNames, of: settings)
        let logger = ProgramLog.started(settings.log)
        let stop = try OrderlyStop.onSignals()
        let (observer, log) = (ReplayObserver(), Telemetry(logger: logger))
        let assembly = try Assembly(
            settings, environment: ProcessInfo.processInfo.environment, logger: logger,
            telemetry: Telemetry { event in
                observer.note(event)
                log.report(event)
            })
        guard let stream = try await unless(stop, { try await assembly.stream() }) else {
            throw stop.signal?.exitCode ?? .failed
        }
        try await ReplayRun(
            request: request, assembly: assembly, stream: stream, observer: observer, stop: stop, restarts: restarts,
            stateDirectory: stateDirectory
        ).run()
    }
}
