import Core
import Testing

@testable import LogGroupFakes

/// How the events of one log stream that is known to exist fall into batches, and that CloudWatch Logs takes each of them.
private func batches(_ events: [Written], runs: Int = 1, limits: BatchLimits = BatchLimits()) -> [[Int]] {
    var script = ScheduleScript(LogGroupRules.test(linger: .zero, limits: limits))
    let target = LogTarget(group: "g", stream: "s")
    var logs = FakeCloudWatchLogs()
    _ = logs.createGroup("g")
    _ = logs.createStream(target)
    script.accept("the first request is a probe", to: "s")
    _ = script.calls()
    _ = script.put(taken)
    let length = max(1, (events.count + runs - 1) / runs)
    for start in stride(from: 0, to: events.count, by: length) {
        script.accept(Array(events[start..<min(start + length, events.count)]))
    }
    var sizes: [[Int]] = []
    while case .put(let batch, _)? = script.schedule.next(at: script.now) {
        _ = logs.put(batch.body(for: target), to: target)
        sizes.append([batch.count, batch.load.bytes])
        _ = script.schedule.answered(put: taken, for: target, at: script.moment)
    }
    #expect(logs.violations == [])
    return sizes
}

@Suite struct BatchesKeepEveryRule {
    private static let day: Int64 = 86_400_000

    private func text(_ bytes: Int) -> String { String(repeating: "x", count: bytes) }

    @Test func bytesWithTheOverheadOfEachEvent() {
        let half = 1_048_576 / 2 - 26
        #expect(batches([Written(1, text(half)), Written(1, text(half))]) == [[2, 1_048_576]])
        #expect(batches([Written(1, text(half)), Written(1, text(half + 1))]) == [[1, 524_288], [1, 524_289]])
    }

    @Test func theLargestEventFillsABatchAndALargerOneIsNotSent() {
        #expect(batches([Written(1, text(1_048_550)), Written(1, "y")]) == [[1, 1_048_576], [1, 27]])
        let tooBig = logRecord([Written(1, text(1_048_551))])
        #expect(BatchLimits().refusal(of: tooBig.events[0]) == .tooBig)
        #expect(BatchLimits().refusal(of: logRecord([Written(1, "")]).events[0]) == .refused)
        #expect(BatchLimits().refusal(of: logRecord([Written(1, " ")]).events[0]) == nil)
    }

    @Test func bytesAreThoseOfTheUnescapedMessage() {
        let message = String(repeating: #"\u0041"#, count: 10)
        #expect(batches([Written(1, message, bytes: 10)]) == [[1, 36]])
    }

    @Test(arguments: [(9_999, [9_999]), (10_000, [10_000]), (10_001, [10_000, 1])])
    func tenThousandEvents(count: Int, expected: [Int]) {
        #expect(batches((0..<count).map { Written(Int64($0), "x") }, runs: 7).map { $0[0] } == expected)
    }

    @Test func oneDayFromTheOldestToTheNewest() {
        #expect(batches([Written(5, "a"), Written(5 + Self.day, "b")]).map { $0[0] } == [2])
        #expect(batches([Written(5, "a"), Written(6 + Self.day, "b")]).map { $0[0] } == [1, 1])
        #expect(batches([Written(6 + Self.day, "a"), Written(5, "b")]).map { $0[0] } == [1, 1])
        #expect(batches([Written(0, "a"), Written(.max, "b")]).map { $0[0] } == [1, 1])
    }

    @Test func escapesDoNotMakeARequestHuge() {
        let escaped = String(repeating: #"\u0041"#, count: 100_000)
        let events = Array(repeating: Written(1, escaped, bytes: 100_000), count: 10)
        #expect(batches(events).map { $0[0] } == [3, 3, 3, 1], "three of them are 1.8 MB")
        let alone = String(repeating: #"\u0041"#, count: 1_048_550)
        #expect(batches([Written(1, alone, bytes: 1_048_550)]) == [[1, 1_048_576]])
    }

    /// Sizes, counts and times near the limits, in disorder, chosen by the seed.
    @Test(arguments: UInt64(1)...30)
    func whateverComes(seed: UInt64) {
        var chance = SeededChance(seed: seed)
        let sizes = [1, 26, 1000, 524_262, 524_263, 1_048_550]
        let start: Int64 = 1_763_632_800_000
        let isMany = chance.percent(30)
        let events = (0..<(isMany ? 10_500 : 24)).map { _ in
            let size =
                isMany ? 1 : sizes[Int.random(in: 0..<sizes.count, using: &chance)] - (chance.percent(50) ? 1 : 0)
            let jump = [0, 1, Self.day - 1, Self.day, Self.day + 1][
                chance.percent(isMany ? 1 : 30) ? 4 : Int.random(in: 0..<4, using: &chance)]
            return Written(start + (isMany && chance.percent(99) ? 0 : jump), text(max(1, size)))
        }
        let sizesSent = batches(events, runs: Int.random(in: 1...20, using: &chance))
        #expect(sizesSent.reduce(0) { $0 + $1[0] } == events.count)
    }
}

@Suite struct RejectedRanges {
    private static let now: Int64 = 1_763_632_800_000
    private static let day: Int64 = 86_400_000

    private func verdict(_ rejected: RejectedIndexes, _ times: [Int64]) throws -> [Range<Int>] {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero))
        script.accept(times.map { Written($0, "x") })
        guard case .put(let batch, _)? = script.schedule.next(at: .zero) else { throw CancellationError() }
        let verdict = BatchVerdict(rejected, of: batch, at: Instant(milliseconds: Self.now))
        #expect(
            verdict.tooOld.count + verdict.expired.count + verdict.stored.count + verdict.tooNew.count == batch.count)
        return [verdict.tooOld, verdict.expired, verdict.stored, verdict.tooNew]
    }

    @Test(arguments: [
        (RejectedIndexes.none, [0..<0, 0..<0, 0..<4, 4..<4]),
        (RejectedIndexes(tooOldEnd: 2), [0..<2, 2..<2, 2..<4, 4..<4]),
        (RejectedIndexes(tooOldEnd: 4), [0..<4, 4..<4, 4..<4, 4..<4]),
        (RejectedIndexes(expiredEnd: 2), [0..<0, 0..<2, 2..<4, 4..<4]),
        (RejectedIndexes(tooNewStart: 3), [0..<0, 0..<0, 0..<3, 3..<4]),
        (RejectedIndexes(tooOldEnd: 1, expiredEnd: 2, tooNewStart: 3), [0..<1, 1..<2, 2..<3, 3..<4]),
        // Nonsense is cut to the events there are, and each event has one answer.
        (RejectedIndexes(tooOldEnd: 99), [0..<4, 4..<4, 4..<4, 4..<4]),
        (RejectedIndexes(tooOldEnd: -1), [0..<0, 0..<0, 0..<4, 4..<4]),
        (RejectedIndexes(tooNewStart: -1), [0..<0, 0..<0, 0..<0, 0..<4]),
        (RejectedIndexes(tooNewStart: 99), [0..<0, 0..<0, 0..<4, 4..<4]),
        (RejectedIndexes(tooOldEnd: 3, expiredEnd: 1, tooNewStart: 2), [0..<3, 3..<3, 3..<3, 3..<4]),
    ])
    func areReadAsAWSMeansThem(rejected: RejectedIndexes, expected: [Range<Int>]) throws {
        #expect(try verdict(rejected, Array(repeating: Self.now, count: 4)) == expected)
    }

    /// Some emulators name the last rejected event instead of the one after it.
    @Test func anEventThatIsClearlyTooOldIsNotTakenForStored() throws {
        let old = Self.now - 14 * Self.day - 3_600_000
        #expect(try verdict(RejectedIndexes(tooOldEnd: 0), [old, old + Self.day / 2]) == [0..<1, 1..<1, 1..<2, 2..<2])
        #expect(try verdict(RejectedIndexes(tooOldEnd: 1), [old, old, old]) == [0..<3, 3..<3, 3..<3, 3..<3])
    }

    @Test func anEventThatIsClearlyTooNewIsNotTakenForStored() throws {
        let new = Self.now + 3 * 3_600_000
        #expect(try verdict(RejectedIndexes(tooNewStart: 2), [Self.now, new, new]) == [0..<0, 0..<0, 0..<1, 1..<3])
    }

    @Test func ourClockAloneRejectsNothing() throws {
        let old = Self.now - 15 * Self.day
        #expect(try verdict(.none, [old, old]) == [0..<0, 0..<0, 0..<2, 2..<2])
    }

    @Test func anEventAtTheEdgeIsAWSsToJudge() throws {
        let edge = Self.now - 14 * Self.day
        #expect(try verdict(RejectedIndexes(tooOldEnd: 1), [edge - 1, edge - 1]) == [0..<1, 1..<1, 1..<2, 2..<2])
    }
}
