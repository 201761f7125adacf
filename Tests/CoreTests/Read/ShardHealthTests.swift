import Core
import Testing

@Suite struct ShardHealthTests {
    private let start = ReaderScript.start

    @Test func theStateIsWhatTheReaderDoes() throws {
        var script = try ReaderScript()
        #expect(script.state == .locating)
        script.open()
        #expect(script.state == .reading)
        script.page(["1"], behind: .seconds(7))
        #expect(script.state == .reading)
        script.page(["2"], behind: .zero)
        #expect(script.state == .idle)
        script.waitItOut()
        script.fail(.kmsDisabled)
        #expect(script.state == .backingOff(.kmsDisabled, for: .zero))
        script.fail(.network)
        #expect(script.state == .backingOff(.network, for: .seconds(30)), "since the first of them")
        script.page([], behind: .zero)
        #expect(script.state == .idle)
        script.fail(.expiredIterator)
        #expect(script.state == .locating, "that is no failure")
    }

    @Test func theWayToTheTipGrowsWhileNothingIsAnswered() throws {
        var script = try ReaderScript()
        script.pass(.seconds(100))
        #expect(script.behindLatest == .seconds(100), "before the first answer")
        script.open()
        script.page(["1"], behind: .seconds(7))
        #expect(script.behindLatest == .seconds(7))
        for _ in 0..<20 { script.fail(.accessDenied) }
        let failing = script.now
        #expect(script.behindLatest == .seconds(7) + (failing.uptime - start.uptime - .seconds(100)))
        #expect((script.behindLatest ?? .zero) > .seconds(500))
        script.page(["2"], behind: .seconds(3))
        #expect(script.behindLatest == .seconds(3))
        script.page([], behind: .zero)
        #expect(script.behindLatest == .zero)
    }

    @Test func itGrowsWhileAPageIsBeingHandedOver() throws {
        var script = try ReaderScript()
        script.open()
        let page = RecordPage(
            bytes: [], records: [], next: ShardIterator("n"), behindLatest: .seconds(2), children: [])
        _ = script.reader.polled(page, asked: script.now)
        let later = Moment(uptime: start.uptime + .seconds(400), time: start.time, jitter: 0)
        #expect(script.reader.health(at: later).behindLatest == .seconds(402))
        #expect(script.reader.health(at: later).state == .reading)
    }

    @Test func beforeTheFirstAnswerItCountsFromWhereItWasCurrent() throws {
        let hourAgo = start.time.earlier(by: .seconds(3600))
        #expect(try ReaderScript(from: .trimHorizon, currentAt: hourAgo).behindLatest == .seconds(3600))
        #expect(try ReaderScript(from: .atTime(hourAgo)).behindLatest == .seconds(3600))
        #expect(try ReaderScript(from: .latest).behindLatest == .zero)
    }

    @Test func aReplyThatDoesNotSayHowFarIsJudgedByItsRecords() throws {
        var script = try ReaderScript()
        script.open()
        script.page(["1"], behind: nil, arrival: start.time.earlier(by: .seconds(60)))
        #expect(script.behindLatest == .seconds(60))
        script.page([], behind: nil)
        #expect(script.behindLatest == .zero)
    }

    @Test func progressIsRecordsOrTheTip() throws {
        var script = try ReaderScript()
        func since() -> Duration { script.reader.health(at: script.now).sinceProgress }
        script.open()
        script.pass(.seconds(10))
        #expect(since() == .seconds(10))
        script.page([], behind: .seconds(7))
        #expect(since() == .seconds(10), "an empty page behind the tip is none")
        script.page(["1"], behind: .seconds(7))
        #expect(since() == .zero)
        script.fail(.network)
        script.waitItOut()
        #expect(since() == .milliseconds(700))
        script.page([], behind: .zero)
        #expect(since() == .zero)
    }

    @Test func theWallClockMayJump() throws {
        var script = try ReaderScript()
        script.open()
        script.page(["1"], behind: .seconds(7))
        let jumped = Moment(
            uptime: script.now.uptime + .seconds(1), time: start.time.earlier(by: .seconds(99999)), jitter: 0)
        #expect(script.reader.health(at: jumped).behindLatest == .seconds(8))
    }
}
