extension Instant {
    /// `2026-11-25T16:00:00.123Z`
    package var rfc3339: String {
        let date = UTCDate(self)
        let withinHour = Int(milliseconds - UTCDate.hoursSince1970(self) * 3_600_000)
        let day = "\(Self.digits(date.year, 4))-\(Self.digits(date.month, 2))-\(Self.digits(date.day, 2))"
        let minute = "\(Self.digits(date.hour, 2)):\(Self.digits(withinHour / 60_000, 2))"
        return "\(day)T\(minute):\(Self.digits(withinHour / 1000 % 60, 2)).\(Self.digits(withinHour % 1000, 3))Z"
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
    }
}
