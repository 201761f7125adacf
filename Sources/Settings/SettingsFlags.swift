/// Settings from the command line alone, as the flags' texts: `tailrace run --stream NAME --region R --to-files DIR`.
///
/// The same rules as for a file apply; errors name the flag. The sinks are called `log-group`, `files` and `stdout`.
package struct SettingsFlags: Hashable, Sendable {
    /// `--stream`, a name or an ARN.
    package var stream: String?
    /// `--region`
    package var region: String?
    /// `--start`
    package var start: String?
    /// `--protocol`
    package var recordsProtocol: String?
    /// `--to-log-group`, a template for the group's name.
    package var toLogGroup: String?
    /// `--log-group-region`
    package var logGroupRegion: String?
    /// `--to-files`, a directory.
    package var toFiles: String?
    /// `--path`, a template for the files below it.
    package var path: String?
    /// `--to-stdout`
    package var toStdout = false
    /// `--format`, of files and standard output.
    package var format: String?
    /// `--state`, the SQLite file with the checkpoints.
    package var state: String?
    /// `--dead-letters`, a directory.
    package var deadLetters: String?
    /// `--memory`
    package var memory: String?
    /// `--max-record`
    package var maxRecord: String?
    /// `--admin`, an address to listen on.
    package var admin: String?
    /// `--log-level`
    package var logLevel: String?
    /// `--log-format`
    package var logFormat: String?

    package init() {}
}

extension TailraceSettings {
    package init(flags: SettingsFlags) throws(SettingsError) {
        let findings = Findings()
        flags.check(findings)
        guard findings.problems.isEmpty else { throw SettingsError(findings.problems) }
        try self.init(flags.node, findings)
    }
}

extension SettingsFlags {
    private static let sinks = "--to-log-group GROUP, --to-files DIRECTORY, --to-stdout"

    /// What the rules for a file would tell in terms of keys that nobody wrote.
    fileprivate func check(_ findings: Findings) {
        if stream == nil {
            findings.problem(.flag("--stream"), "", "is needed; allowed: a name, or \(StreamARN.example)")
        }
        if toLogGroup == nil, toFiles == nil, !toStdout {
            findings.problem(.flag("--to-files"), "", "some sink is needed; allowed: \(Self.sinks)")
        }
        if path != nil, toFiles == nil {
            findings.problem(.flag("--path"), "", "is for files; allowed: together with --to-files")
        }
        if format != nil, toFiles == nil, !toStdout {
            findings.problem(
                .flag("--format"), "", "is for files and standard output; allowed: with --to-files, --to-stdout")
        }
        if logGroupRegion != nil, toLogGroup == nil {
            findings.problem(
                .flag("--log-group-region"), "", "is for a log group; allowed: together with --to-log-group")
        }
    }

    fileprivate var node: SettingsNode {
        let isARN = stream?.hasPrefix("arn:") == true
        let entries = [
            section(
                "stream",
                [
                    text(isARN ? "arn" : "name", "--stream", stream),
                    text("region", "--region", region),
                    text("start", "--start", start),
                    text("protocol", "--protocol", recordsProtocol),
                ]),
            section("checkpoints", [text("sqlite", "--state", state)]),
            section("sinks", sinks),
            section("dead-letters", [text("directory", "--dead-letters", deadLetters)]),
            text("memory", "--memory", memory),
            text("max-record", "--max-record", maxRecord),
            section("admin", [text("listen", "--admin", admin)]),
            section("log", [text("level", "--log-level", logLevel), text("format", "--log-format", logFormat)]),
        ]
        return SettingsNode(value: .mapping(entries.compactMap(\.self)), place: .flag("--stream"))
    }

    private var sinks: [SettingsNode.Entry?] {
        let format = text("format", "--format", format)
        return [
            toLogGroup.flatMap { group in
                section(
                    "log-group",
                    [
                        section(
                            "log-group",
                            [
                                text("group", "--to-log-group", group),
                                text("region", "--log-group-region", logGroupRegion),
                            ])
                    ])
            },
            toFiles.flatMap { directory in
                section(
                    "files",
                    [
                        section(
                            "files", [text("directory", "--to-files", directory), text("path", "--path", path), format])
                    ])
            },
            toStdout
                ? section("stdout", at: "--to-stdout", [section("stdout", at: "--to-stdout", [format])]) : nil,
        ]
    }

    private func text(_ key: String, _ flag: String, _ text: String?) -> SettingsNode.Entry? {
        text.map { SettingsNode.Entry(key: key, place: .flag(flag), value: .text($0)) }
    }

    /// Stands where its first entry does; `nil` when it has none and no flag of its own.
    private func section(
        _ key: String, at flag: String? = nil, _ entries: [SettingsNode.Entry?]
    ) -> SettingsNode.Entry? {
        let entries = entries.compactMap(\.self)
        guard let place = flag.map(SettingsPlace.flag) ?? entries.first?.place else { return nil }
        return SettingsNode.Entry(key: key, place: place, value: .mapping(entries))
    }
}
