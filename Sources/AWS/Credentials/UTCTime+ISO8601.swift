import Signing

extension UTCTime {
    /// Reads `2026-11-20T12:00:00Z`, with a fraction of a second (cut off) or an offset like `+00:00`.
    init?(iso8601 text: String) {
        guard let match = text.wholeMatch(of: Self.form) else { return nil }
        let (_, year, month, day, hour, minute, second, sign, offsetHours, offsetMinutes) = match.output
        let numbers = [year, month, day, hour, minute, second].compactMap { Int($0) }
        guard numbers.count == 6,
            let local = UTCTime(
                year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4],
                second: numbers[5])
        else { return nil }
        let offset = (Int64(offsetHours ?? "0") ?? 0) * 60 + (Int64(offsetMinutes ?? "0") ?? 0)
        self.init(milliseconds: local.milliseconds - (sign == "-" ? -offset : offset) * 60_000)
    }

    private static var form:
        Regex<
            (
                Substring, Substring, Substring, Substring, Substring, Substring, Substring, Substring?, Substring?,
                Substring?
            )
        >
    {
        /(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):?(\d\d))/
    }
}
