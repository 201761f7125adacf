import Core
import Testing

@Suite struct UTCDateTests {
    @Test(arguments: [
        (0 as Int64, 1970, 1, 1, 0),
        (-1, 1969, 12, 31, 23),
        (951_782_399_999, 2000, 2, 28, 23),
        (951_782_400_000, 2000, 2, 29, 0),
        (951_868_800_000, 2000, 3, 1, 0),
        (1_763_632_800_000, 2025, 11, 20, 10),
        (4_107_542_399_999, 2100, 2, 28, 23),
        (4_107_542_400_000, 2100, 3, 1, 0),
        (Int64.max, 292_278_994, 8, 17, 7),
    ])
    func anInstantHasADate(milliseconds: Int64, year: Int, month: Int, day: Int, hour: Int) {
        let date = UTCDate(Instant(milliseconds: milliseconds))
        #expect([date.year, date.month, date.day, date.hour] == [year, month, day, hour])
    }

    @Test func everyDayOfFourCenturiesFollowsTheOneBefore() {
        var day = UTCDate.daysSince1970(year: 1969, month: 12, day: 31)
        for year in 1970...2370 {
            for month in 1...12 {
                for dayOfMonth in 1...UTCDate.daysIn(month: month, year: year) {
                    let next = UTCDate.daysSince1970(year: year, month: month, day: dayOfMonth)
                    let date = UTCDate(Instant(milliseconds: Int64(next) * 86_400_000))
                    guard next == day + 1, date.year == year, date.month == month, date.day == dayOfMonth else {
                        Issue.record("\(year)-\(month)-\(dayOfMonth) is \(next), read back as \(date)")
                        return
                    }
                    day = next
                }
            }
        }
    }
}
