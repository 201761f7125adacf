package import Core

/// Everything the daemon is told, checked: whoever holds one need not check again.
package struct TailraceSettings: Hashable, Sendable {
    package let stream: StreamSettings
    package let checkpoints: CheckpointSettings
    /// At least one, in the order they were written; `routes.sinks` has the same order.
    package let sinks: [SinkSettings]
    package let routes: RouteTable
    package let deadLetters: DeadLetterSettings
    package let memory: MemorySettings
    package let admin: AdminSettings
    /// How long nothing that has to move may stand still before health is red.
    package let stuckAfter: Duration
    package let log: LogSettings
    /// What is allowed and may still not be what was meant.
    package let warnings: [SettingsProblem]

    /// Reads a settings file's text. `file` is its name as errors tell it.
    package init(yaml: String, file: String) throws(SettingsError) {
        try self.init(SettingsNode(yaml: yaml, file: file), Findings())
    }

    private static let keys = [
        "stream", "checkpoints", "sinks", "routes", "dead-letters", "memory", "max-record", "admin",
        "stuck-after", "log",
    ]

    init(_ root: SettingsNode, _ findings: Findings) throws(SettingsError) {
        self = try findings.verdict(Self.read(root, findings))
    }

    private static func read(_ root: SettingsNode, _ findings: Findings) -> Self? {
        var value = root.value
        if case .nothing = value { value = .mapping([]) }  // an empty file lacks what every file needs
        let field = Field(value: value, place: root.place, key: "", findings: findings)
        guard let section = Section(field, keys: keys) else { return nil }

        let stream = section.required("stream", allowed: "a mapping with name or arn").flatMap(StreamSettings.init)
        let sinks = section.required("sinks", allowed: SinkList.allowed).flatMap(SinkList.init)
        let checkpoints = CheckpointSettings(section["checkpoints"])
        let deadLetters = DeadLetterSettings(section["dead-letters"])
        let memory = MemorySettings(total: section["memory"], record: section["max-record"])
        let admin = AdminSettings(section["admin"])
        let log = LogSettings(section["log"])
        guard let sinks else { return nil }
        let stuckAfter = StuckAfter.read(section["stuck-after"], checkpoints, sinks.settings)
        let routes = RouteSettings.read(section["routes"], sinks: sinks.names)
        DirectoryRules(sinks: sinks, checkpoints: checkpoints, deadLetters: deadLetters).check(section)
        guard let stream, let routes else { return nil }
        return Self(
            stream: stream, checkpoints: checkpoints, sinks: sinks.settings, routes: routes, deadLetters: deadLetters,
            memory: memory, admin: admin, stuckAfter: stuckAfter, log: log, warnings: findings.sortedWarnings)
    }

    private init(
        stream: StreamSettings, checkpoints: CheckpointSettings, sinks: [SinkSettings], routes: RouteTable,
        deadLetters: DeadLetterSettings, memory: MemorySettings, admin: AdminSettings, stuckAfter: Duration,
        log: LogSettings, warnings: [SettingsProblem]
    ) {
        self.stream = stream
        self.checkpoints = checkpoints
        self.sinks = sinks
        self.routes = routes
        self.deadLetters = deadLetters
        self.memory = memory
        self.admin = admin
        self.stuckAfter = stuckAfter
        self.log = log
        self.warnings = warnings
    }
}
