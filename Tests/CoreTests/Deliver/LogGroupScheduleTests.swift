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

@Suite struct WhatIsMissingIsCreated {
    @Test func streamThenGroupThenStreamAgain() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero, retentionDays: 30))
        script.accept("a", to: "s")
        #expect(script.calls() == ["put g:s a"])
        #expect(script.put(.missing(groupMissing)) == [])
        #expect(script.calls() == ["create g:s"])
        #expect(script.createStream(.missing(groupMissing)) == [])
        #expect(script.calls() == ["create g"])
        #expect(script.createGroup(.done) == ["created g"])
        #expect(script.calls() == ["retain g 30", "create g:s"])
        #expect(script.createStream(.done) == ["created g:s"])
        #expect(script.calls() == ["put g:s a"])
        #expect(script.retain(.done) == [])
        #expect(script.put(taken) == ["stored a"])
        #expect(script.schedule.targets == 0)
    }

    @Test func oneCreationServesAllLogStreamsOfAGroup() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero))
        for stream in ["s", "t", "u"] {
            script.accept("a", to: stream)
        }
        _ = script.calls()
        for stream in ["s", "t", "u"] { _ = script.put(.missing(groupMissing), stream) }
        #expect(script.calls() == ["create g:s", "create g:t", "create g:u"])
        for stream in ["s", "t", "u"] { _ = script.createStream(.missing(groupMissing), stream) }
        #expect(script.calls() == ["create g"])
        #expect(script.createGroup(.existed) == [])
        #expect(script.calls() == ["create g:s", "create g:t", "create g:u"])
    }

    @Test func whatSomebodyElseCreatedIsThereAndKeepsItsRetention() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero, retentionDays: 30))
        script.accept("a", to: "s")
        _ = script.calls()
        _ = script.put(.missing(streamMissing))
        _ = script.calls()
        _ = script.createStream(.missing(groupMissing))
        _ = script.calls()
        #expect(script.createGroup(.existed) == [])
        #expect(script.calls() == ["create g:s"])
        #expect(script.createStream(.existed) == [])
        #expect(script.calls() == ["put g:s a"])
    }

    @Test func aGroupWhoseCreationWasNotAnsweredIsTakenForOurs() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero, retentionDays: 30))
        script.accept("a", to: "s")
        _ = script.calls()
        _ = script.put(.missing(streamMissing))
        _ = script.calls()
        _ = script.createStream(.missing(groupMissing))
        _ = script.calls()
        #expect(
            script.createGroup(.failed(Trouble("timed out", mayHaveWorked: true)))
                == ["g failed 1, 1.0 seconds: timed out"])
        script.now = .seconds(1)
        #expect(script.calls() == ["create g"])
        #expect(script.createGroup(.existed) == ["g recovered after 1"])
        #expect(script.calls() == ["retain g 30", "create g:s"])
    }

    @Test func whatIsStillMissingAfterItsCreationIsWaitedFor() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero))
        script.accept("a", to: "s")
        _ = script.calls()
        _ = script.put(.missing(streamMissing))
        _ = script.calls()
        _ = script.createStream(.done)
        _ = script.calls()
        #expect(script.put(.missing(streamMissing)) == ["g:s failed 1, 1.0 seconds: \(streamMissing)"])
        #expect(script.calls() == [])
        script.now = .seconds(1)
        #expect(script.calls() == ["create g:s"])
        #expect(script.createStream(.existed) == [])
        #expect(script.calls() == ["put g:s a"])
        #expect(script.put(.missing(streamMissing)) == ["g:s failed 2, 2.0 seconds: \(streamMissing)"])
        script.now = .seconds(3)
        _ = script.calls()
        _ = script.createStream(.existed)
        _ = script.calls()
        #expect(script.put(taken) == ["g:s recovered after 2", "stored a"])
    }

    @Test func whatIsDeletedMidRunIsCreatedAgainAtOnce() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero, limits: BatchLimits(events: 1)))
        script.accept("a", "b", to: "s")
        for message in ["a", "b"] {
            #expect(script.calls() == ["put g:s \(message)"])
            #expect(script.put(.missing(streamMissing)) == [])
            #expect(script.calls() == ["create g:s"])
            #expect(script.createStream(.done) == ["created g:s"])
            #expect(script.calls() == ["put g:s \(message)"])
            #expect(script.put(taken) == ["stored \(message)"])
        }
    }

    @Test func othersAtTheSameWorkAreNoTrouble() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero))
        script.accept("a", to: "s")
        _ = script.calls()
        _ = script.put(.missing(streamMissing))
        _ = script.calls()
        _ = script.createStream(.missing(groupMissing))
        _ = script.calls()
        #expect(script.createGroup(.busy) == [])
        #expect(script.calls() == [])
        script.now = .seconds(1)
        #expect(script.calls() == ["create g"])
    }

    @Test func aQuotaIsLoudAndSlow() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero))
        script.accept("a", to: "s")
        _ = script.calls()
        _ = script.put(.missing(streamMissing))
        _ = script.calls()
        _ = script.createStream(.missing(groupMissing))
        _ = script.calls()
        let quota = Trouble("LimitExceededException: Resource limit exceeded.", needsAPerson: true)
        #expect(script.createGroup(.failed(quota)) == ["g failed 1, 30.0 seconds: \(quota.cause)"])
        #expect(script.schedule.nextTime(at: script.now) == .seconds(30))
    }

    @Test func aGroupThatMayNotBeCreatedIsWaitedForLoudly() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero, createsGroups: false))
        script.accept("a", to: "s")
        _ = script.calls()
        #expect(script.put(.missing(groupMissing)) == [])
        #expect(script.calls() == ["create g:s"], "a log stream may")
        #expect(script.createStream(.missing(groupMissing)) == ["g:s failed 1, 30.0 seconds: \(groupMissing)"])
        script.now = .seconds(30)
        #expect(script.calls() == ["create g:s"])
        #expect(script.createStream(.done) == ["created g:s"])
        #expect(script.calls() == ["put g:s a"])
        #expect(script.put(taken) == ["g:s recovered after 1", "stored a"])
    }

    @Test func retentionThatCannotBeSetHoldsUpNoEvent() {
        var script = ScheduleScript(LogGroupRules.test(linger: .zero, retentionDays: 30))
        script.accept("a", to: "s")
        _ = script.calls()
        _ = script.put(.missing(streamMissing))
        _ = script.calls()
        _ = script.createStream(.missing(groupMissing))
        _ = script.calls()
        _ = script.createGroup(.done)
        _ = script.calls()
        #expect(script.retain(.failed(Trouble("AccessDeniedException: no", needsAPerson: true))).count == 1)
        _ = script.createStream(.done)
        #expect(script.calls() == ["put g:s a"])
        #expect(script.put(taken) == ["stored a"])
        script.now = .seconds(30)
        #expect(script.calls() == ["retain g 30"])
        #expect(script.retain(.done) == ["g recovered after 1"])
        #expect(script.schedule.nextTime(at: script.now) == nil)
    }
}

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
