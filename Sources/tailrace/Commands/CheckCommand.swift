internal import ArgumentParser
private import Core
internal import Settings

/// `tailrace check`: whether a settings file is right, without touching anything it names.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validates a settings file.",
        discussion: """
            Tells every problem with its line and key, and exits 2 if there is one. Nothing is connected, opened or \
            created.
            """
    )

    @Option(help: ArgumentHelp("The settings file.", valueName: "file"))
    var config: String

    func run() throws {
        let settings = try SettingsFile.settings(in: config)
        for warning in settings.warnings { StandardStream.tell("warning: \(warning)") }
        StandardStream.tell(Self.summary(of: settings))
    }

    /// One line that shows what the settings were understood to mean.
    static func summary(of settings: TailraceSettings) -> String {
        let verdict =
            switch settings.warnings.count {
            case 0: "settings are fine"
            case 1: "settings can be used, with 1 warning"
            case let count: "settings can be used, with \(count) warnings"
            }
        let region = settings.stream.region.map { " in \($0)" } ?? ""
        let way =
            switch settings.stream.recordsProtocol {
            case .cbor: ""
            case .json: ", asked in JSON,"
            }
        let sinks = settings.sinks.map { "\($0.name) (\($0.kind.words))" }.joined(separator: ", ")
        let routes =
            switch settings.routes.routes.count {
            case 0: "every event to every sink"
            case 1: "1 route"
            case let count: "\(count) routes"
            }
        return "\(verdict): stream \(settings.stream.stream.name)\(region)\(way) to \(sinks), \(routes)"
    }
}

extension SinkSettings.Kind {
    fileprivate var words: String {
        switch self {
        case .logGroup: "log group"
        case .files: "files"
        case .stdout: "standard output"
        }
    }
}
