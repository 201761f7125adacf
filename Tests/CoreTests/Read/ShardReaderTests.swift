import Core
import Testing

private func sequence(_ digits: String) throws -> SequenceNumber { try #require(SequenceNumber(digits)) }

@Suite struct ShardReaderTests {
    @Test func readsOnFasterBehindTheTipThanAtIt() throws {
        var script = try ReaderScript()
        script.open()
        script.page(["1"], behind: .seconds(5))
        #expect(script.waits() == .milliseconds(200))
        script.page(["2"], behind: .zero)
        #expect(script.waits() == .seconds(1))
        script.page([], behind: .seconds(5))
        #expect(script.waits() == .milliseconds(200), "empty is not caught up")
        script.page([], behind: nil)
        #expect(script.waits() == .seconds(1), "empty is the tip where nothing else is said")
        script.page(["3"], behind: nil)
        #expect(script.waits() == .milliseconds(200))
    }

    @Test func anExpiredIteratorResumesAfterTheLastRecord() throws {
        var script = try ReaderScript(from: .atTime(ReaderScript.start.time))
        script.open()
        script.page(["7", "8"])
        script.page([])
        script.fail(.expiredIterator)
        #expect(script.opens() == .after(try sequence("8")))
    }

    /// LATEST asked twice is two places, and what came between them would be lost.
    @Test func anExpiredIteratorBeforeTheFirstRecordResumesWhereLatestWas() throws {
        var script = try ReaderScript(from: .latest)
        script.open()
        script.pass(.seconds(301))
        script.fail(.expiredIterator)
        #expect(script.opens() == .atTime(ReaderScript.start.time.earlier(by: ShardReader.latestMargin)))
    }

    @Test func anIteratorThatExpiresAtOnceIsNoReasonForAStorm() throws {
        var script = try ReaderScript()
        script.open()
        script.fail(.expiredIterator)
        #expect(script.opens() == .trimHorizon)
        script.open()
        #expect(script.fail(.expiredIterator) == .milliseconds(500))
    }

    @Test func backsOffLongerAndLongerAndStartsOverAfterAPage() throws {
        var script = try ReaderScript()
        script.open()
        let waits = (0..<7).compactMap { _ in script.fail(.network) }
        #expect(waits == [0.5, 1, 2, 4, 8, 15, 15].map { .seconds($0) })
        script.page(["1"])
        #expect(script.fail(.network) == .milliseconds(500))
    }

    /// A second at least, since that is how long Kinesis counts.
    @Test func aThrottledPollKeepsItsIteratorAndWaitsASecondAtLeast() throws {
        var script = try ReaderScript()
        script.open()
        for expected in [Duration.seconds(1), .seconds(2), .seconds(4), .seconds(4)] {
            #expect(script.fail(.throttled) == expected)
            script.waitItOut()
            #expect(script.polls() == ShardIterator("fresh"))
        }
    }

    @Test func roomForTheReplyFollowsTheShard() throws {
        var script = try ReaderScript()
        script.open()
        #expect(script.room() == ReadLimits.replyBytesFirst)
        #expect(
            script.fail(.replyTooLarge) == .milliseconds(5050),
            "what Kinesis had to give counts, and may have been a full page"
        )
        #expect(script.reader.failuresInARow == 0)
        script.waitItOut()
        #expect(script.room() == ReadLimits.replyBytesMax)
        script.fail(.replyTooLarge)
        #expect(script.reader.failuresInARow == 1, "no storm of polls that cannot succeed")
        script.page(["1"], bytes: 3 << 20)
        script.waitItOut()
        #expect(script.room() == 6 << 20)
    }

    @Test func aMomentToComeIsWaitedFor() throws {
        let moment = ReaderScript.start.time.earlier(by: .seconds(-150))
        var script = try ReaderScript(from: .atTime(moment))
        for wait in [60, 60, 30] {
            #expect(script.opens() == .atTime(moment), "whether it has come is for Kinesis to say")
            script.fail(.positionRefused)
            #expect(script.reader.failuresInARow == 0)
            script.pass(.seconds(wait - 1))
            #expect(script.state == .waitingForTime(moment))
            #expect(script.behindLatest == .zero)
            script.pass(.seconds(1))
        }
        #expect(script.opens() == .atTime(moment))
        #expect(script.fail(.positionRefused) == .milliseconds(500), "Kinesis's clock is behind ours")
        #expect(script.reader.failuresInARow == 1)
        script.waitItOut()
        #expect(script.opens() == .atTime(moment))
    }

    @Test func aRefusalThatNoPositionExplainsIsRetriedLoudly() throws {
        var script = try ReaderScript(from: .trimHorizon)
        #expect(script.fail(.positionRefused) == .seconds(30))
        script.waitItOut()
        #expect(script.opens() == .trimHorizon)
        #expect(script.gaps == [])
    }

    /// LATEST after ten minutes without a right to read is ten minutes later than what was asked for.
    @Test(arguments: ReadFault.allCases.filter { $0.remedy.next != .listOfShards })
    func latestIsTheMomentOfTheStartWheneverItIsFirstAnswered(fault: ReadFault) throws {
        var script = try ReaderScript(from: .latest)
        for _ in 0..<5 {
            script.fail(fault)
            script.waitItOut()
            #expect(script.opens() == .atTime(ReaderScript.start.time.earlier(by: ShardReader.latestMargin)))
        }
    }

    /// All others begin with the iterator they were told.
    @Test func latestIsAskedWithoutDelay() throws {
        let shard = try #require(ShardID("shardId-000000000000"))
        let now = Moment(uptime: .seconds(9), time: ReaderScript.start.time, jitter: 0.9)
        for (position, isAtOnce) in [(ShardPosition.latest, true), (.trimHorizon, false)] {
            let reader = ShardReader(
                Shard(id: shard, parents: []), from: position, pace: ReadPace(), startingTogether: 1000, at: now)
            guard case .openIterator = reader.action(at: now) else {
                #expect(!isAtOnce)
                continue
            }
            #expect(isAtOnce)
        }
    }

    /// Ten megabytes in the thirty seconds that a call has are too much for a slow link.
    @Test func aLinkThatDoesNotCarryAFullPageIsAskedForLess() throws {
        var script = try ReaderScript()
        script.open()
        #expect(script.recordsAtMost() == 10_000)
        script.fail(.network)
        script.waitItOut()
        #expect(script.recordsAtMost() == 10_000, "once is daily life")
        var asked: [Int?] = []
        for _ in 0..<15 {
            script.fail(.network)
            script.waitItOut()
            asked.append(script.recordsAtMost())
        }
        #expect(asked.first == 5000 && asked.last == 1)
        script.page(["1"])
        script.waitItOut()
        #expect(script.recordsAtMost() == 2)
        for _ in 0..<20 { script.page([]) }
        script.waitItOut()
        #expect(script.recordsAtMost() == 10_000)
        script.fail(.throttled)
        script.fail(.serviceFailure)
        script.waitItOut()
        #expect(script.recordsAtMost() == 10_000)
    }
}
