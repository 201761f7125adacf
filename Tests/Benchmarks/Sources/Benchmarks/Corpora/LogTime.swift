/// The time of a log event as logs write it, in UTC.
struct LogTime {
    /// Since 1970.
    private(set) var milliseconds: Int

    /// 2025-11-20T10:00:00Z.
    static let usualStart = 1_763_632_800_000

    init(milliseconds: Int) { self.milliseconds = milliseconds }

    mutating func advance(milliseconds more: Int) { milliseconds += more }

    var seconds: Int { milliseconds / 1000 }

    /// `2025-11-20T10:00:00`
    var dateAndTime: String { "\(date("-"))T\(timeOfDay)" }

    /// `2025-11-20T10:00:00.123Z`
    var precise: String { "\(dateAndTime).\(Self.padded(milliseconds % 1000, 3))Z" }

    var timeOfDay: String {
        let second = seconds % 86_400
        return [second / 3600, second / 60 % 60, second % 60].map { Self.padded($0, 2) }.joined(separator: ":")
    }

    /// Years of March to February make the leap day the last one (Howard Hinnant's civil_from_days).
    func date(_ separator: String) -> String {
        let day = seconds / 86_400 + 719_468
        let era = day / 146_097
        let dayOfEra = day % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marched = (5 * dayOfYear + 2) / 153
        let month = marched < 10 ? marched + 3 : marched - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return [
            String(year), Self.padded(month, 2), Self.padded(dayOfYear - (153 * marched + 2) / 5 + 1, 2),
        ].joined(separator: separator)
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
