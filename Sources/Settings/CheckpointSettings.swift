/// `checkpoints:` where progress is saved, and how often.
package struct CheckpointSettings: Hashable, Sendable {
    package static let defaultPath = "/var/lib/tailrace/state.db"
    package static let intervalDefault: Duration = .seconds(1)
    /// Each commit makes files durable first, which costs a disk some milliseconds; after a kill, what was read since
    /// the last commit is read again.
    package static let intervalAllowed: ClosedRange<Duration> = .milliseconds(10) ... .seconds(300)

    /// The SQLite file. A relative path is relative to where the program was started.
    package let sqlite: String
    package let interval: Duration
}

extension CheckpointSettings {
    /// `nil` as field: all defaults.
    init(_ field: Field?) {
        let section = field.flatMap { Section($0, keys: ["sqlite", "interval"], later: ["dynamodb"]) }
        sqlite = section?["sqlite"]?.file() ?? Self.defaultPath
        interval = section?["interval"]?.duration(in: Self.intervalAllowed, "10ms to 5m") ?? Self.intervalDefault
    }
}

extension Field {
    /// `allowed` is the range in words.
    func duration(in range: ClosedRange<Duration>, _ allowed: String) -> Duration? {
        parsed(allowed: "\(allowed), written with ms, s, m, h or d") { text in
            DurationText.parse(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    func directory() -> String? {
        parsed(allowed: "a directory") { Self.isPath($0) ? $0 : nil }
    }

    func file() -> String? {
        parsed(allowed: "a file") { Self.isPath($0) && !$0.hasSuffix("/") ? $0 : nil }
    }

    private static func isPath(_ text: String) -> Bool { !text.isEmpty && !text.utf8.contains(0) }

    func flag() -> Bool? { parsed(allowed: "true, false", Bool.init) }
}
