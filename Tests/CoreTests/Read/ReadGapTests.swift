import Core
import Testing

@Suite struct ReadGapTests {
    private let start = ReaderScript.start.time
    private let day = Duration.seconds(86400)
    private func ago(hours: Double) -> Instant { start.earlier(by: .seconds(hours * 3600)) }
    private func after(_ digits: String) throws -> ShardPosition { .after(try #require(SequenceNumber(digits))) }

    @Test func aRefusedPositionGoesOnAtTheOldestRecordAndIsToldOnce() throws {
        var script = try ReaderScript(from: try after("5"), currentAt: ago(hours: 30))
        script.fail(.positionRefused)
        #expect(script.asksForTheList)
        script.listed(script.shard)
        #expect(script.opens() == .trimHorizon)
        script.open()
        script.page([], behind: .seconds(9))
        script.page([], behind: .zero)
        #expect(script.gaps == [], "not before there is another side")
        script.fail(.expiredIterator)
        #expect(script.opens() == .trimHorizon)
        script.open()
        script.page(["40", "41"], arrival: ago(hours: 23))
        script.page(["42"], arrival: ago(hours: 22))
        let sequence = try #require(SequenceNumber("40"))
        #expect(
            script.gaps == [
                ReadGap(
                    shard: script.shard.id, from: try after("5"), currentAt: ago(hours: 30),
                    to: ReadGap.Resumed(sequence: sequence, arrival: ago(hours: 23)), cause: .positionRefused)
            ])
    }

    /// Its list is not asked for: a closed shard's greatest number does not change.
    @Test func inAClosedShardARefusedPositionBeforeTheEndIsAGap() throws {
        var script = try ReaderScript(from: try after("5"), ending: "9")
        script.fail(.positionRefused)
        #expect(script.opens() == .trimHorizon)
        script.open()
        script.page([], next: nil, behind: .zero)
        #expect(script.gaps == [])
        #expect(script.isEnded)
        #expect(script.gapAtTheEnd?.from == (try after("5")))
        #expect(script.gapAtTheEnd?.to == nil, "the rest of it has expired")
    }

    /// Then the shard still has what was read, and that is not read twice: its checkpoint would go back.
    @Test func whatAPositionThatWasRefusedWithoutReasonHasBehindItIsNotHandedOverAgain() throws {
        var script = try ReaderScript(from: try after("5"))
        script.fail(.positionRefused)
        script.listed(script.shard)
        script.open()
        #expect(script.handsOver(["3", "4"]) == [])
        script.fail(.expiredIterator)
        #expect(script.opens() == .trimHorizon)
        script.open()
        #expect(script.handsOver(["3", "4", "5", "6"]) == ["6"])
        #expect(script.handsOver(["7"]) == ["7"])
        #expect(script.gaps == [])
    }

    @Test func whenTheOldestRecordIsRefusedTooItIsNotThePosition() throws {
        var script = try ReaderScript(from: try after("5"))
        script.fail(.positionRefused)
        script.listed(script.shard)
        #expect(script.opens() == .trimHorizon)
        #expect(script.fail(.positionRefused) == .seconds(30))
        script.waitItOut()
        #expect(script.opens() == (try after("5")))
        script.open()
        script.page(["6"])
        #expect(script.gaps == [])
    }

    /// Hours since the position was current, hours since the first record arrived, and whether that is a gap.
    private static let cases: [(Double?, Double?, Bool)] = [
        (1, 0.5, false),  // nothing that came since can have expired
        (23.9, 23.8, false),
        (30, 23.9, true),  // what came in six hours is gone
        (30, 1, true),
        (30, 30.1, false),  // older than both: nothing has expired yet
        (30, nil, true),  // nobody knows
        (nil, 23, false),  // nobody had this position before
    ]

    @Test(arguments: cases)
    func aPositionOlderThanTheRetentionIsDoubted(current: Double?, arrived: Double?, isGap: Bool) throws {
        var script = try ReaderScript(from: try after("5"), currentAt: current.map(ago(hours:)), retention: day)
        script.open()
        script.page([], behind: .seconds(3600))
        script.page(["8"], behind: .seconds(3600), arrival: arrived.map(ago(hours:)))
        script.page(["9"], behind: .seconds(3600), arrival: arrived.map(ago(hours:)))
        #expect(script.gaps.count == (isGap ? 1 : 0))
        #expect(script.gaps.allSatisfy { $0.cause == .olderThanRetention && $0.currentAt == current.map(ago(hours:)) })
    }

    /// A restart would no longer doubt the position if this moment were saved.
    @Test func nothingIsCurrentWhileAGapIsSuspected() throws {
        for isRefused in [true, false] {
            var script = try ReaderScript(
                from: try after("5"), ending: isRefused ? "99" : nil, currentAt: ago(hours: 30), retention: day)
            if isRefused { script.fail(.positionRefused) }
            script.open()
            script.page([], behind: .seconds(3600))
            #expect(script.reader.currentAt == nil)
            script.page(["8"], behind: .seconds(3600), arrival: ago(hours: 2))
            #expect(script.gaps.count == 1)
            #expect(script.reader.currentAt == script.now.time.earlier(by: .seconds(3600)))
        }
    }

    /// It was quiet for longer than the stream keeps records. Nothing speaks for a loss.
    @Test func aQuietShardRaisesNoAlarm() throws {
        var script = try ReaderScript(from: try after("5"), currentAt: ago(hours: 300), retention: day)
        script.open()
        script.page([], behind: .zero)
        script.page(["8"], behind: .zero, arrival: start)
        #expect(script.gaps == [])
    }

    @Test func withoutARetentionNothingIsDoubted() throws {
        var script = try ReaderScript(from: try after("5"), currentAt: ago(hours: 3000), retention: nil)
        script.open()
        script.page(["8"], arrival: ago(hours: 1))
        #expect(script.gaps == [])
    }

    /// A shard that was polled is current, however old its last record is.
    @Test func whatWasPolledAtTheTipIsCurrent() throws {
        var script = try ReaderScript(from: .trimHorizon, retention: day)
        script.open()
        script.page(["5"], behind: .zero, arrival: start)
        script.pass(.seconds(20 * 3600))
        script.page([], behind: .zero)
        script.pass(.seconds(20 * 3600))
        script.fail(.expiredIterator)
        script.open()
        script.page(["6"], behind: .seconds(1), arrival: start.earlier(by: .seconds(-39 * 3600)))
        #expect(script.gaps == [])
    }

    /// Reading that stood still for longer than the stream keeps records, in the middle of a run.
    @Test func standingStillForTooLongIsAGapAsWell() throws {
        var script = try ReaderScript(from: .trimHorizon, retention: day)
        script.open()
        script.page(["5"], behind: .seconds(3600), arrival: start)
        script.pass(.seconds(24 * 3600))
        script.fail(.expiredIterator)
        script.open()
        script.page(["60"], behind: .seconds(10), arrival: start.earlier(by: .seconds(-100)))
        #expect(script.gaps.map(\.from) == [try after("5")])
        #expect(script.gaps.map(\.currentAt) == [ago(hours: 1)])
    }

    /// What was current once is gone with the shard.
    @Test func aShardThatVanishedTellsFromWhereOn() throws {
        var script = try ReaderScript(from: try after("5"), currentAt: ago(hours: 30))
        script.fail(.positionRefused)
        script.listed(nil)
        #expect(
            script.vanished
                == ReadGap(
                    shard: script.shard.id, from: try after("5"), currentAt: ago(hours: 30), to: nil,
                    cause: .shardGone))
    }
}
