internal import ArgumentParser
private import Glibc
internal import Logging
internal import Settings

/// Where a command gets its settings from: a file, or flags alone.
struct SettingsOptions: ParsableArguments {
    @Option(name: .long, help: "The settings file. Flags alone are enough as well.")
    var config: String?

    @Option(name: .long, help: "The stream's name or ARN.")
    var stream: String?

    @Option(name: .long, help: "The stream's Region; by default the ARN's, AWS_REGION or the profile's.")
    var region: String?

    @Option(
        name: .long,
        help: "Where a stream never seen before begins: trim-horizon, latest or an ISO 8601 time.")
    var start: String?

    @Option(
        name: .customLong("protocol"),
        help: ArgumentHelp(
            "How records travel: cbor, or json, which an endpoint that refuses cbor gets anyway.", valueName: "protocol"
        ))
    var recordsProtocol: String?

    @Option(name: .long, help: "Deliver to log groups: a template like \"/central/{owner}{log-group}\".")
    var toLogGroup: String?

    @Option(name: .long, help: "The Region of those log groups; by default the stream's.")
    var logGroupRegion: String?

    @Option(name: .long, help: "Deliver to files below this directory.")
    var toFiles: String?

    @Option(name: .long, help: "The files' path below the directory, a template.")
    var path: String?

    @Flag(name: .long, help: "Deliver to standard output.")
    var toStdout = false

    @Option(name: .long, help: "Of files and standard output: ndjson or text.")
    var format: String?

    @Option(name: .long, help: "The file that keeps checkpoints.")
    var state: String?

    @Option(name: .long, help: "The directory for records and events that cannot be delivered.")
    var deadLetters: String?

    @Option(name: .long, help: "What may be held in memory at once, like 256MiB.")
    var memory: String?

    @Option(name: .long, help: "What one record may inflate to, like 64MiB.")
    var maxRecord: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where the daemon answers health, status and metrics: an address, or off.", valueName: "address:port"))
    var admin: String?

    @Option(name: .long, help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel: String?

    @Option(name: .long, help: "text for people, json for collectors.")
    var logFormat: String?

    /// Reads the file, or the flags. Throws `SettingsError`, or `Failure` when the file cannot be read.
    func load() throws -> TailraceSettings {
        guard let config else { return try TailraceSettings(flags: flags.atHome()) }
        guard flags == SettingsFlags() else {
            throw CommandFailure(
                .usage, "--config \(config) and flags for settings exclude each other; put them all in the file")
        }
        return try SettingsFile.settings(in: config)
    }

    private var flags: SettingsFlags {
        var flags = SettingsFlags()
        flags.stream = stream
        flags.region = region
        flags.start = start
        flags.recordsProtocol = recordsProtocol
        flags.toLogGroup = toLogGroup
        flags.logGroupRegion = logGroupRegion
        flags.toFiles = toFiles
        flags.path = path
        flags.toStdout = toStdout
        flags.format = format
        flags.state = state
        flags.deadLetters = deadLetters
        flags.memory = memory
        flags.maxRecord = maxRecord
        flags.admin = admin
        flags.logLevel = logLevel
        flags.logFormat = logFormat
        return flags
    }
}

extension SettingsFlags {
    /// For somebody who is not root and has only flags: checkpoints and dead letters go where that user may write, below
    /// `$XDG_STATE_HOME` or `~/.local/state`.
    ///
    /// https://specifications.freedesktop.org/basedir-spec/latest/
    func atHome() -> SettingsFlags {
        guard geteuid() != 0, let directory = Self.stateDirectory else { return self }
        var flags = self
        flags.state = state ?? directory + "/state.db"
        flags.deadLetters = deadLetters ?? directory + "/dead-letters"
        return flags
    }

    private static var stateDirectory: String? {
        if let state = ProcessEnvironment.value("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/tailrace" }
        return ProcessEnvironment.value("HOME").map { $0 + "/.local/state/tailrace" }
    }
}

extension ProgramLog {
    /// Begins the log and gives the program's own voice in it.
    static func started(_ settings: LogSettings) -> Logger {
        begin(settings)
        return Logger(label: "tailrace")
    }
}
