import Core
import Testing

@testable import LogGroupFakes

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
