internal import Core
internal import Logging
internal import Settings

/// Where the program's log goes: standard error, a whole line at a time.
struct ProgramLog: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let format: LogSettings.Format
    private let now: @Sendable () -> Instant
    private let write: @Sendable ([UInt8]) -> Void

    /// - Parameter write: Takes one line with its newline.
    init(
        level: LogSettings.Level, format: LogSettings.Format, now: @escaping @Sendable () -> Instant,
        write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        logLevel = Logger.Level(level)
        self.format = format
        self.now = now
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// What the call itself says wins over what the logger has, and that over what the task has.
    func log(event: Logging.LogEvent) {
        var all = metadataProvider?.get() ?? [:]
        all.merge(metadata) { $1 }
        if let error = event.error { all["error"] = "\(error)" }
        if let own = event.metadata { all.merge(own) { $1 } }
        let line = LogLine(time: now(), level: event.level, message: event.message.description, metadata: all)
        switch format {
        case .text: write(line.text)
        case .json: write(line.json)
        }
    }
}

extension ProgramLog {
    /// From now on every `Logger` writes to standard error as told. At most once in a program.
    static func begin(level: LogSettings.Level, format: LogSettings.Format) {
        LoggingSystem.bootstrap(
            { _, provider in
                var log = ProgramLog(level: level, format: format, now: { .now }, write: writeToStandardError)
                log.metadataProvider = provider
                return log
            }, metadataProvider: nil)
    }

    /// The same as the settings say.
    static func begin(_ settings: LogSettings) { begin(level: settings.level, format: settings.format) }

    private static func writeToStandardError(_ line: [UInt8]) {
        do throws(StandardStream.WriteFailure) {
            try StandardStream.error.write(line)
        } catch {
            // A log that cannot be written has nobody to tell; delivering goes on.
        }
    }
}

extension Logger.Level {
    fileprivate init(_ level: LogSettings.Level) {
        self =
            switch level {
            case .trace: .trace
            case .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            case .critical: .critical
            }
    }
}
