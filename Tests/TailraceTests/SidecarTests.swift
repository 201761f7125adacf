import Core
import Foundation
import Settings
import Testing

/// The sidecar example is started with flags that mean what they should.
@Suite struct TheSidecarExampleWorks {
    private static let flags: [String: any WritableKeyPath<SettingsFlags, String?> & Sendable] = [
        "--stream": \.stream, "--start": \.start, "--format": \.format, "--state": \.state,
        "--dead-letters": \.deadLetters, "--memory": \.memory, "--max-record": \.maxRecord, "--log-format": \.logFormat,
    ]

    /// The arguments below `command:`, one a line.
    private static func arguments() throws -> [String] {
        let text = try String(contentsOfFile: repositoryRoot + "/config/sidecar.yaml", encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
        let command = lines.drop { $0 != "command:" }.dropFirst()
        return command.prefix { $0.hasPrefix("- ") }.map { String($0.dropFirst(2)) }
    }

    private static func settings() throws -> TailraceSettings {
        var flags = SettingsFlags()
        var arguments = try arguments()[...]
        try #require(arguments.first == "run")
        arguments = arguments.dropFirst()
        while let flag = arguments.popFirst() {
            if flag == "--to-stdout" {
                flags.toStdout = true
            } else {
                let value = try #require(arguments.first, "\(flag)")
                flags[keyPath: try #require(Self.flags[flag], "\(flag)")] = value
                arguments = arguments.dropFirst()
            }
        }
        return try TailraceSettings(flags: flags)
    }

    @Test func itsFlagsAreSettings() throws {
        let settings = try Self.settings()
        #expect(settings.warnings == [])
        #expect(settings.stream.stream.name == "RecipientStream")
        #expect(settings.sinks.map(\.name.text) == ["stdout"])
        #expect(settings.checkpoints.sqlite == "/var/lib/tailrace/state.db")
        #expect(settings.deadLetters.directory == "/var/lib/tailrace/dead-letters")
        #expect(settings.log.format == .json)
    }
}
