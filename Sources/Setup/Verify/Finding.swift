/// What one check found.
package struct Finding: Hashable, Sendable {
    package enum Level: String, Hashable, Sendable, Comparable {
        case ok
        case warning
        case fault

        package static func < (left: Level, right: Level) -> Bool { left.severity < right.severity }

        private var severity: Int {
            switch self {
            case .ok: 0
            case .warning: 1
            case .fault: 2
            }
        }
    }

    package let level: Level
    /// What was looked at: `stream RecipientStream`, `trust of role CWLtoKinesisRole`.
    package let subject: String
    package let text: String
    /// What to do about it; `nil` when nothing is to be done.
    package let remedy: String?
}

extension Finding {
    package static func ok(_ subject: String, _ text: String) -> Finding {
        Finding(level: .ok, subject: subject, text: text, remedy: nil)
    }

    package static func warning(_ subject: String, _ text: String, remedy: String) -> Finding {
        Finding(level: .warning, subject: subject, text: text, remedy: remedy)
    }

    package static func fault(_ subject: String, _ text: String, remedy: String) -> Finding {
        Finding(level: .fault, subject: subject, text: text, remedy: remedy)
    }

    /// `fault    stream RecipientStream: is not there. Remedy: …`
    package var line: String {
        let word = level.rawValue + String(repeating: " ", count: 8 - level.rawValue.count)
        return "\(word)\(subject): \(text)" + (remedy.map { ". Remedy: \($0)" } ?? "")
    }

    package var json: JSONTree {
        .object([
            "level": .text(level.rawValue), "subject": .text(subject), "text": .text(text),
            "remedy": remedy.map(JSONTree.text),
        ])
    }
}
