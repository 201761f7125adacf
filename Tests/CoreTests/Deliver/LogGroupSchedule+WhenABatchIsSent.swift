import Core
import Testing

@testable import LogGroupFakes

@Suite struct WhenABatchIsSent {
    @Test func oneThatIsNotFullWaitsForTheLinger() {
        var script = ScheduleScript(LogGroupRules.test(linger: .seconds(1)))
        script.accept("a", to: "s")
        script.now = .milliseconds(999)
        script.accept("b", to: "s")
        #expect(script.calls() == [])
        #expect(script.schedule.nextTime(at: script.now) == .seconds(1))
        script.now = .seconds(1)
        #expect(script.calls() == ["put g:s a b"])
        #expect(script.put(taken) == ["stored a b"])
        #expect(script.schedule.targets == 0, "a log stream with nothing to do is forgotten")
        #expect(script.schedule.nextTime(at: script.now) == nil)
    }

    @Test func aFullOneGoesAtOnceAndTheRestWaitsItsOwnTime() {
        var script = ScheduleScript(LogGroupRules.test(limits: BatchLimits(events: 2)))
        script.accept("a", to: "s")
        script.now = .milliseconds(400)
        script.accept("b", "c", to: "s")
        #expect(script.calls() == ["put g:s a b"])
        #expect(script.put(taken) == ["stored a b"])
        #expect(script.calls() == [])
        #expect(script.schedule.nextTime(at: script.now) == .milliseconds(1400))
    }

    @Test func drainingDoesNotWait() {
        var script = ScheduleScript(LogGroupRules.test(linger: .seconds(60)))
        script.accept("a", to: "s")
        script.schedule.drain(true, at: script.now)
        script.accept("b", to: "t")
        #expect(script.calls() == ["put g:s a", "put g:t b"])
    }

    @Test func whenMemoryIsShortTheMostGoesFirstUntilHalfIsOnItsWay() {
        var script = ScheduleScript(LogGroupRules.test(linger: .seconds(60)))
        for (stream, events) in [("s", 2), ("t", 4), ("u", 3), ("v", 1)] {
            for _ in 0..<events { script.accept("a", to: stream) }
        }
        script.schedule.hasten(at: script.now)
        #expect(script.calls() == ["put g:t a a a a", "put g:u a a a"])
        script.schedule.hasten(at: script.now)
        #expect(script.calls() == [], "enough is on its way")
        script.accept("b", to: "t")
        _ = script.put(taken, "t")
        _ = script.put(taken, "u")
        #expect(script.calls() == [], "what came later lingers again")
        script.schedule.hasten(at: script.now)
        #expect(script.calls() == ["put g:s a a"])
    }

    /// A log stream that may not exist gets little at first, so that little is sent for nothing.
    @Test func theFirstRequestToALogStreamIsAProbe() {
        let text = String(repeating: "a", count: 40_000)
        var script = ScheduleScript(LogGroupRules.test(linger: .seconds(60)))
        for _ in 0..<30 { script.accept(text, to: "s") }
        #expect(script.calls() == ["put g:s \(text)"])
        #expect(script.put(.missing("no stream")) == [])
        #expect(script.calls() == ["create g:s"])
        _ = script.createStream(.done)
        #expect(script.calls() == ["put g:s \(text)"])
        #expect(script.put(taken) == ["stored \(text)"])
        // 26 of them fill a batch.
        #expect(script.calls().map(\.utf8.count) == [26 * 40_001 + 7])
        _ = script.put(taken)
        #expect(script.calls() == [], "the rest lingers as ever")
        script.now = .seconds(60)
        #expect(script.calls().map(\.utf8.count) == [3 * 40_001 + 7])
        _ = script.put(taken)
        #expect(script.schedule.targets == 0)
        for _ in 0..<27 { script.accept(text, to: "s") }
        #expect(script.calls().map(\.utf8.count) == [26 * 40_001 + 7], "the log stream is known now")
    }

    @Test func aProbeIsFollowedByWhatItLeftBehind() {
        let text = String(repeating: "a", count: 40_000)
        var script = ScheduleScript(LogGroupRules.test(linger: .seconds(1)))
        for _ in 0..<3 { script.accept(text, to: "s") }
        script.now = .seconds(1)
        #expect(script.calls().count == 1)
        script.accept(text, to: "s")
        _ = script.put(taken)
        #expect(script.calls().map(\.utf8.count) == [3 * 40_001 + 7])
    }

    /// A probe takes an event however large it is.
    @Test func aLargeEventIsAProbeByItself() {
        let text = String(repeating: "a", count: 500_000)
        var script = ScheduleScript(LogGroupRules.test(linger: .zero))
        script.accept(text, "b", to: "s")
        #expect(script.calls() == ["put g:s \(text)"])
        _ = script.put(taken)
        #expect(script.calls() == ["put g:s b"])
    }

    @Test func whoWaitsOutTroubleIsNotHastened() {
        var script = ScheduleScript(LogGroupRules.test(linger: .seconds(60)))
        script.accept("a", "a", "a", to: "s")
        script.accept("b", to: "t")
        script.schedule.hasten(at: script.now)
        #expect(script.calls() == ["put g:s a a a"])
        _ = script.put(.failed(Trouble("throttled")), "s")
        script.schedule.hasten(at: script.now)
        #expect(script.calls() == ["put g:t b"])
    }

    @Test func aLogStreamHasOneCallUnderWayAndOthersGoOn() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero))
        script.accept("a", to: "s")
        #expect(script.calls() == ["put g:s a"])
        script.accept("b", to: "s")
        script.accept("c", to: "t")
        #expect(script.calls() == ["put g:t c"])
        #expect(script.put(taken, "s") == ["stored a"])
        #expect(script.calls() == ["put g:s b"])
    }

    @Test func logStreamsTakeTurns() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero, callsMax: 1, limits: BatchLimits(events: 1)))
        script.accept("a", "b", to: "s")
        script.accept("c", to: "t")
        #expect(script.calls() == ["put g:s a"])
        #expect(script.calls() == [], "one call at a time here")
        #expect(script.put(taken, "s") == ["stored a"])
        #expect(script.calls() == ["put g:t c"])
        #expect(script.put(taken, "t") == ["stored c"])
        #expect(script.calls() == ["put g:s b"])
    }

    @Test func requestsTogetherAreBoundedButOneAlwaysGoes() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero, bodyBytesMax: 100))
        script.accept(String(repeating: "a", count: 200), to: "s")
        script.accept("b", to: "t")
        #expect(script.calls().count == 1)
        #expect(script.schedule.nextTime(at: script.now) == nil, "only an answer makes room")
        _ = script.put(taken, "s")
        #expect(script.calls() == ["put g:t b"])
    }

    @Test func tooManyLogStreamsWaitAndNobodyLingersMeanwhile() {
        var script = ScheduleScript(LogGroupRules.test(linger: .seconds(60), targetsMax: 2))
        script.accept("a", to: "s")
        script.accept("b", to: "t")
        #expect(script.calls() == [])
        #expect(script.accept("c", to: "u") == false)
        #expect(script.accept("d", to: "t") == true, "a log stream that is there already takes more")
        #expect(script.calls() == ["put g:s a", "put g:t b d"])
        _ = script.put(taken, "s")
        #expect(script.accept("c", to: "u") == true)
        #expect(script.calls() == [], "there is room again")
    }

    @Test func eventsAreSortedWithinTheirBatchOnlyAndEqualTimesKeepTheirOrder() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero, limits: BatchLimits(events: 4)))
        script.accept([Written(3, "a"), Written(1, "b"), Written(1, "c"), Written(2, "d"), Written(0, "e")])
        #expect(script.calls() == ["put g:s b c d a"])
        _ = script.put(taken)
        #expect(script.calls() == ["put g:s e"])
    }

    @Test func whatCannotBeSentIsPassedOver() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero, limits: BatchLimits(messageBytes: 3)))
        script.accept([Written(1, "four"), Written(1, "a"), Written(1, ""), Written(1, "b"), Written(1, "five!")])
        #expect(script.calls() == ["put g:s a b"])
        #expect(script.put(taken) == ["stored a b"])
        #expect(script.schedule.targets == 0)
    }

    /// U+00E9 and U+0065 U+0301 look alike, and Swift's strings call them equal.
    @Test func namesAreComparedByBytes() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero))
        script.accept("a", to: "\u{E9}")
        script.accept("b", to: "e\u{301}")
        #expect(script.calls().count == 2)
    }
}
