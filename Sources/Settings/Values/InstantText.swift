package import Core

/// A time as people write it: ISO 8601 with date, time to the second and zone.
package enum InstantText {
    package static let example = "2026-11-20T10:00:00Z"

    /// `2026-11-20T10:00:00Z`, `2026-11-20T11:00:00.250+01:00`. From 1970 on. Digits after the millisecond are dropped.
    package static func parse(_ text: String) -> Instant? {
        var scanner = InstantScanner(text)
        return scanner.instant()
    }
}

private struct InstantScanner {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8)[...] }

    mutating func instant() -> Instant? {
        guard let day = day(), take("T"), let time = timeOfDay(), let fraction = fraction(), let offset = offset(),
            rest.isEmpty
        else { return nil }
        let seconds = day * 86_400 + time - offset
        return seconds < 0 ? nil : Instant(milliseconds: Int64(seconds * 1000 + fraction))
    }

    /// Days since 1970.
    private mutating func day() -> Int? {
        guard let year = digits(4, in: 1969...9999), take("-"),
            let month = digits(2, in: 1...12), take("-"),
            let day = digits(2, in: 1...UTCDate.daysIn(month: month, year: year))
        else { return nil }
        return UTCDate.daysSince1970(year: year, month: month, day: day)
    }

    /// Seconds since midnight.
    private mutating func timeOfDay() -> Int? {
        guard let hour = digits(2, in: 0...23), take(":"), let minute = digits(2, in: 0...59), take(":"),
            let second = digits(2, in: 0...59)
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// Milliseconds; 0 when there is no fraction.
    private mutating func fraction() -> Int? {
        guard take(".") else { return 0 }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        let padded = Array(digits.prefix(3)) + Array(repeating: 0x30, count: max(0, 3 - digits.count))
        return padded.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Seconds east of UTC.
    private mutating func offset() -> Int? {
        if take("Z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hour = digits(2, in: 0...23), take(":"), let minute = digits(2, in: 0...59) else {
            return nil
        }
        return sign * (hour * 3600 + minute * 60)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func digits(_ count: Int, in range: ClosedRange<Int>) -> Int? {
        guard let number = Digits.number(Substring(decoding: rest.prefix(count), as: UTF8.self)), rest.count >= count,
            range.contains(number)
        else { return nil }
        rest = rest.dropFirst(count)
        return number
    }
}
