/// A span of time as a number and its unit: `500ms`, `20s`, `6m`, `24h`, `2d`.
enum DurationText {
    private static let milliseconds: [(unit: String, count: Int64)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]
    /// Ten years: more than any stream keeps, and far from where milliseconds overflow.
    private static let millisecondsMax: Int64 = 3650 * 86_400_000

    /// `nil` for anything else, for nothing and for more than ten years.
    static func parse(_ text: String) -> Duration? {
        for (unit, count) in milliseconds where text.hasSuffix(unit) {
            guard let number = Int64(text.dropLast(unit.count)), number > 0 else { continue }
            let (product, overflow) = number.multipliedReportingOverflow(by: count)
            return overflow || product > millisecondsMax ? nil : .milliseconds(product)
        }
        return nil
    }
}
