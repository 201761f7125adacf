internal import Core
internal import Settings

/// What makes two replays one: the same part of the same stream, in the same words, to the same places.
///
/// A replay that is run again with all of it the same goes on where the first run was interrupted.
struct ReplayIdentity: Hashable {
    /// So many digits tell replays in one directory apart, and a person can still compare them.
    static let digits = 16

    /// What it is made of, a line each.
    let lines: [String]

    /// - Parameters:
    ///   - stream: The ARN.
    ///   - directory: Where relative paths start.
    init(_ request: ReplayRequest, stream: String, settings: TailraceSettings, directory: String) {
        lines =
            ["stream \(stream)", "from \(request.from.text)", "until \(request.until.text)"]
            + (request.shards?.sorted().map { "shard \($0)" } ?? [])
            + request.sinks.map { "sink \($0.name) \($0.kind.identity(below: directory))" }
            + request.sinks.map { "intake \($0.name) \(Intakes.rule(for: $0.name, settings.routes.routes))" }
            + ["dead letters \(settings.deadLetters.directory.absolute(below: directory))"]
    }

    /// For the names of files.
    var digest: String {
        let text = lines.joined(separator: "\0")
        return String(StableHash(text.utf8).hex.prefix(Self.digits))
    }
}

extension SinkSettings.Kind {
    /// Where events go and how they look there.
    fileprivate func identity(below directory: String) -> String {
        switch self {
        case .files(let files):
            "files \(files.directory.absolute(below: directory)) \(files.path.template.source) \(files.format.rawValue)"
        case .logGroup(let group):
            "log-group \(group.region ?? "") \(group.group.template.source) \(group.stream.template.source)"
        case .stdout(let stdout): "stdout \(stdout.format.rawValue)"
        }
    }

    /// Whether what was delivered is still there for whoever goes on.
    ///
    /// What went to standard output may be gone, as when it is sent to a file once more: there it begins again.
    var keepsWhatItGets: Bool {
        switch self {
        case .files, .logGroup: true
        case .stdout: false
        }
    }
}

extension String {
    fileprivate func absolute(below directory: String) -> String { hasPrefix("/") ? self : "\(directory)/\(self)" }
}
