import Core
import Testing

@testable import LogGroupFakes

@Suite struct TroubleIsWaitedOut {
    @Test func aFailedBatchIsSentAgainLaterAndBeforeAnythingNewer() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero))
        script.accept("a", to: "s")
        _ = script.calls()
        #expect(script.put(.failed(Trouble("Rate exceeded"))) == ["g:s failed 1, 1.0 seconds: Rate exceeded"])
        script.accept("b", to: "s")
        script.accept("c", to: "t")
        #expect(script.calls() == ["put g:t c"], "others go on")
        script.now = .seconds(1)
        #expect(script.calls() == ["put g:s a"])
        #expect(script.put(.failed(Trouble("Rate exceeded"))) == ["g:s failed 2, 2.0 seconds: Rate exceeded"])
        script.now = .seconds(3)
        #expect(script.calls() == ["put g:s a"])
        #expect(script.put(taken) == ["g:s recovered after 2", "stored a"])
        #expect(script.calls() == ["put g:s b"])
    }

    /// What came before the trouble and during it is there when it is over, in order; and the calls meanwhile are few.
    @Test func anHourOfTroubleCostsNothingButTime() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero, limits: BatchLimits(events: 3)))
        var calls = 0
        for second in 0..<3600 {
            script.now = .seconds(second)
            if second.isMultiple(of: 60) { script.accept("\(second / 60)", to: "s") }
            for _ in script.calls() {
                calls += 1
                _ = script.put(.failed(Trouble("Service Unavailable")))
            }
        }
        #expect(calls < 150)
        script.now += .seconds(60)
        var stored: [String] = []
        for _ in 0..<60 {
            for _ in script.calls() {
                stored += script.put(taken).filter { $0.hasPrefix("stored ") }.flatMap {
                    $0.split(separator: " ").dropFirst()
                }
                .map(String.init)
            }
        }
        #expect(stored == (0..<60).map { "\($0)" })
    }

    @Test func anAnswerThatWasLostIsCountedAsAPossibleRepeat() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero))
        script.accept("a", "b", to: "s")
        _ = script.calls()
        #expect(
            script.put(.failed(Trouble("timed out", mayHaveWorked: true)))
                == ["may repeat 2", "g:s failed 1, 1.0 seconds: timed out"])
    }

    @Test func aRefusedBatchIsHalvedUntilTheOneIsAloneAndTheOrderStays() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero, limits: BatchLimits(events: 5)))
        script.accept("a", "b", "c", "X", "e", to: "s")
        script.accept("f", to: "s")
        var log: [String] = []
        for _ in 0..<8 {
            for call in script.calls() {
                log.append(call)
                log += script.put(call.contains("X") ? .refused("because") : taken)
            }
        }
        #expect(
            log == [
                "put g:s a b c X e", "put g:s a b", "stored a b", "put g:s c X e", "put g:s c", "stored c",
                "put g:s X e", "put g:s X", "refused X: because", "put g:s e", "stored e", "put g:s f", "stored f",
            ])
    }

    @Test func oneThatAWSCallsTooLargeIsTooBig() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero))
        script.accept("a", to: "s")
        _ = script.calls()
        let text = "Log event too large: 300000 bytes exceeds limit of 262144"
        #expect(script.put(.refused(text)) == ["too-big a: \(text)"])
    }

    @Test func rejectedEventsAreToldFromStoredOnes() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero))
        script.accept("a", "b", "c", "d", to: "s")
        _ = script.calls()
        #expect(
            script.put(.taken(RejectedIndexes(expiredEnd: 1, tooNewStart: 3))) == [
                "stored b c", "expired a: older than the retention of the log group",
                "too-new d: more than two hours ahead of the clock of CloudWatch Logs",
            ])
    }
}
