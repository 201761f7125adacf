/// Where a setting was written.
package enum SettingsPlace: Hashable, Sendable {
    /// Lines count from 1.
    case line(Int, file: String)
    /// A flag of the command line, dashes included.
    case flag(String)
}

/// One thing that is wrong or doubtful in the settings: where, which key, what, and what is allowed.
package struct SettingsProblem: Hashable, Sendable {
    package let place: SettingsPlace
    /// `sinks.central.log-group.region`; list items as in `routes[0]`. Empty for the file as a whole.
    package let key: String
    package let text: String

    package init(_ place: SettingsPlace, _ key: String, _ text: String) {
        self.place = place
        self.key = key
        self.text = text
    }
}

extension SettingsProblem: CustomStringConvertible {
    /// `tailrace.yaml:7: stream.start: 'now' is …`, or `--start: 'now' is …`.
    package var description: String {
        switch place {
        case .line(let line, let file): "\(file):\(line): " + (key.isEmpty ? "" : "\(key): ") + text
        case .flag(let flag): "\(flag): \(text)"
        }
    }
}

/// The settings cannot be used. All problems are told at once, from the top of the file to its end.
package struct SettingsError: Error, Hashable, Sendable {
    /// Never empty.
    package let problems: [SettingsProblem]

    package init(_ problems: [SettingsProblem]) { self.problems = problems }
}

extension SettingsError: CustomStringConvertible {
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
