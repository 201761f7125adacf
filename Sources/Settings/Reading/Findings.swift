/// Collects what is wrong and what is doubtful while settings are read. Lives as long as one reading.
final class Findings {
    private(set) var problems: [SettingsProblem] = []
    private(set) var warnings: [SettingsProblem] = []

    func problem(_ place: SettingsPlace, _ key: String, _ text: String) {
        Self.add(SettingsProblem(place, key, text), to: &problems)
    }

    func warning(_ place: SettingsPlace, _ key: String, _ text: String) {
        Self.add(SettingsProblem(place, key, text), to: &warnings)
    }

    /// One flag may stand for several keys; what is wrong with it is told once.
    private static func add(_ problem: SettingsProblem, to list: inout [SettingsProblem]) {
        if !list.contains(where: { $0.description == problem.description }) { list.append(problem) }
    }

    /// Returns `settings` if nothing is wrong. Whoever reads `nil` has said why.
    func verdict<Settings>(_ settings: Settings?) throws(SettingsError) -> Settings {
        guard problems.isEmpty else { throw SettingsError(Self.sorted(problems)) }
        guard let settings else { preconditionFailure("settings were refused without a reason") }
        return settings
    }

    var sortedWarnings: [SettingsProblem] { Self.sorted(warnings) }

    /// By line, and as found within a line or among flags.
    private static func sorted(_ problems: [SettingsProblem]) -> [SettingsProblem] {
        func line(_ problem: SettingsProblem) -> Int {
            switch problem.place {
            case .line(let line, _): line
            case .flag: 0
            }
        }
        return problems.enumerated()
            .sorted { (line($0.element), $0.offset) < (line($1.element), $1.offset) }
            .map(\.element)
    }
}
