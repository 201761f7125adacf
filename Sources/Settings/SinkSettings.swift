package import Core

/// One entry of `sinks:` under the name that routes, metrics and the ledger use.
package struct SinkSettings: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case logGroup(LogGroupSettings)
        case files(FilesSettings)
        case stdout(StdoutSettings)
    }

    package let name: SinkName
    package let kind: Kind
}

/// `log-group:` events go to CloudWatch Logs.
package struct LogGroupSettings: Hashable, Sendable {
    /// What PutRetentionPolicy takes, in days.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    package static let retentionDaysAllowed = [
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ]
    package static let streamDefault = "{log-stream}"
    package static let lingerDefault: Duration = .seconds(1)
    /// What waits is not settled, so it is read again after a restart: no longer than a minute.
    package static let lingerAllowed: ClosedRange<Duration> = .zero ... .seconds(60)

    /// `nil`: the stream's Region.
    package let region: String?
    package let group: NameTemplate
    package let stream: NameTemplate
    /// Whether a missing group is created. Missing log streams always are.
    package let create: Bool
    /// For groups that Tailrace creates. `nil`: they keep events for ever.
    package let retentionDays: Int?
    /// How long an event may wait for others to share its PutLogEvents call.
    package let linger: Duration
}

/// `files:` events go to files below a directory.
package struct FilesSettings: Hashable, Sendable {
    package static let pathDefault = "{owner}/{log-group}/{log-stream}/{date}.ndjson"
    /// The same with the ending that text has.
    package static let textPathDefault = "{owner}/{log-group}/{log-stream}/{date}.log"

    /// A relative path is relative to where the program was started.
    package let directory: String
    package let path: PathTemplate
    package let format: LineFormat
}

/// `stdout:` events go to standard output.
package struct StdoutSettings: Hashable, Sendable {
    package let format: LineFormat
}

extension SinkSettings {
    static let kinds = ["log-group", "files", "stdout"]

    /// `field` is the mapping below the sink's name.
    init?(name: SinkName, _ field: Field) {
        guard let section = Section(field, keys: Self.kinds) else { return nil }
        let present = Self.kinds.filter { section[$0] != nil }
        guard present.count == 1, let kind = present.first, let settings = section[kind] else {
            if !present.isEmpty || !section.hasUnknownKeys {
                field.problem("needs exactly one kind; allowed: \(Self.kinds.joined(separator: ", "))")
            }
            return nil
        }
        guard let read = Kind(kind, settings) else { return nil }
        self.name = name
        self.kind = read
    }
}

extension SinkSettings.Kind {
    fileprivate init?(_ kind: String, _ field: Field) {
        let read: Self? =
            switch kind {
            case "log-group": LogGroupSettings(field).map(Self.logGroup)
            case "files": FilesSettings(field).map(Self.files)
            default: StdoutSettings(field).map(Self.stdout)
            }
        guard let read else { return nil }
        self = read
    }
}
