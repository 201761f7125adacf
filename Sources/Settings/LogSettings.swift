/// `log:` what the program tells about itself, on standard error.
package struct LogSettings: Hashable, Sendable {
    package enum Level: String, CaseIterable, Hashable, Sendable {
        case trace, debug, info, notice, warning, error, critical
    }

    package enum Format: String, CaseIterable, Hashable, Sendable {
        /// For people.
        case text
        /// One object a line, for collectors.
        case json
    }

    package let level: Level
    package let format: Format

    /// `nil` as field: all defaults.
    init(_ field: Field?) {
        let section = field.flatMap { Section($0, keys: ["level", "format"]) }
        level = section?["level"]?.choice(Level.self) ?? .info
        format = section?["format"]?.choice(Format.self) ?? .text
    }
}

/// `dead-letters:` where records and events go that cannot be delivered, each with its reason.
package struct DeadLetterSettings: Hashable, Sendable {
    package static let defaultDirectory = "/var/lib/tailrace/dead-letters"

    package let directory: String

    /// `nil` as field: all defaults.
    init(_ field: Field?) {
        let section = field.flatMap { Section($0, keys: ["directory"]) }
        directory = section?["directory"]?.directory() ?? Self.defaultDirectory
    }
}
