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

@Suite struct TheEndOfAShard {
    private var children: [Shard] {
        [Shard(id: ShardID("child")!, parents: [ShardID("shardId-000000000000")!])]  // names as Kinesis allows them
    }

    @Test func recordsOfTheLastPageAreHandedOverBeforeIt() throws {
        var script = try ReaderScript()
        script.open()
        script.page(["1"])
        script.waitItOut()
        let page = RecordPage(
            bytes: [], records: [Record(sequence: try sequence("2"), arrival: nil, payload: 0..<0)], next: nil,
            behindLatest: .zero, children: children)
        guard case .handOver(let last, _) = script.reader.polled(page, asked: script.now) else {
            Issue.record("the last page is not handed over")
            return
        }
        #expect(last.records.count == 1)
        guard case .end = script.reader.handedOver(at: script.now) else {
            Issue.record("the shard does not end")
            return
        }
        #expect(script.reader.health(at: script.now).behindLatest == nil)
    }

    /// Some servers name none.
    @Test(arguments: [("9", Duration.seconds(5)), ("9", nil), ("1", .zero)] as [(String, Duration?)])
    func withoutChildrenIsBelievedAtTheLastRecordAndAtTheTip(last: String, behind: Duration?) throws {
        var script = try ReaderScript(ending: "9")
        script.open()
        script.page([last], next: nil, behind: behind)
        #expect(script.isEnded)
        #expect(script.state == .ended)
    }

    /// A reply that lost its members in the middle of a closed shard would drop all that follows.
    @Test(arguments: [Duration.seconds(3600), nil])
    func withoutChildrenIsDoubtedBehindTheTip(behind: Duration?) throws {
        var script = try ReaderScript(ending: "9")
        script.open()
        script.page(["1"], next: nil, behind: behind)
        #expect(script.waits() == .milliseconds(500))
        #expect(script.reader.trouble?.fault == .garbage)
        script.waitItOut()
        #expect(script.opens() == .after(try sequence("1")))
        for repetition in 1...ReadLimits.bareEndsBelieved {
            script.open()
            script.page([], next: nil, behind: behind)
            #expect(script.isEnded == (repetition == ReadLimits.bareEndsBelieved))
        }
    }

    /// A reply that lost a member would end a shard that goes on.
    @Test func withoutChildrenIsDoubtedWhenTheShardWasOpen() throws {
        var script = try ReaderScript()
        script.open()
        script.page(["1"], next: nil)
        #expect(script.asksForTheList)
        var closed = script
        script.listed(script.shard)
        #expect(script.waits() == .milliseconds(500))
        script.waitItOut()
        #expect(script.opens() == .after(try sequence("1")))

        // Records may have come between the page and the shard's end.
        closed.listed(Shard(id: closed.shard.id, parents: [], endingSequence: try sequence("5")))
        #expect(closed.opens() == .after(try sequence("1")))
        closed.open()
        closed.page(["2"], next: nil, behind: .zero)
        #expect(closed.isEnded)
    }

    /// A list may be too old to know a young shard.
    @Test func withoutChildrenIsNotBelievedBecauseAListLacksTheShard() throws {
        var script = try ReaderScript()
        script.open()
        script.page(["1"], next: nil)
        script.listed(nil)
        #expect(script.waits() == .milliseconds(500))
        script.waitItOut()
        #expect(script.opens() == .after(try sequence("1")))
        script.fail(.notFound)
        script.listed(nil)
        #expect(script.vanished?.from == .after(try sequence("1")))
    }

    /// It would look like a shard that is well and has nothing to say.
    @Test func aReplyWithoutAnythingIsNoSuccess() throws {
        var script = try ReaderScript()
        script.open()
        var waits: [Duration?] = []
        for _ in 0..<5 {
            script.page([], next: nil, behind: nil)
            script.listed(script.shard)
            waits.append(script.waits())
            script.open()
        }
        #expect(waits == [0.5, 1, 2, 4, 8].map { .seconds($0) })
        #expect(script.reader.health(at: script.now).sinceProgress == script.now.uptime - ReaderScript.start.uptime)
        #expect(script.reader.trouble?.fault == .garbage)
        script.page([], behind: .zero)
        #expect(script.state == .idle)
    }

    /// Kinesis refuses an iterator behind a closed shard's greatest number; that is no gap.
    @Test(arguments: ["9", "10", "123"])
    func aPositionAtTheEndNeedsNoCall(digits: String) throws {
        #expect(try ReaderScript(from: .after(try sequence(digits)), ending: "9").isEnded)
    }

    @Test func aPositionBeforeTheEndIsRead() throws {
        #expect(try ReaderScript(from: .after(try sequence("8")), ending: "9").opens() != nil)
        #expect(try ReaderScript(from: .at(try sequence("9")), ending: "9").opens() != nil)
        #expect(try ReaderScript(from: .at(try sequence("10")), ending: "9").isEnded)
        #expect(try ReaderScript(from: .trimHorizon, ending: "9").opens() == .trimHorizon)
    }

    @Test func aRefusedPositionAtTheEndOfAShardThatWasClosedMeanwhileIsItsEnd() throws {
        var script = try ReaderScript(from: .after(try sequence("9")))
        script.fail(.positionRefused)
        #expect(script.asksForTheList)
        script.listed(Shard(id: script.shard.id, parents: [], endingSequence: try sequence("9")))
        #expect(script.isEnded)
        #expect(script.gaps == [])
    }

    @Test func aShardThatIsListedIsNotGone() throws {
        var script = try ReaderScript()
        script.open()
        script.page(["4"])
        script.fail(.notFound)
        #expect(script.asksForTheList)
        script.listed(script.shard)
        #expect(script.waits() == .seconds(30))
        script.waitItOut()
        #expect(script.opens() == .after(try sequence("4")))
    }

    @Test func aShardThatIsNotListedHasVanished() throws {
        var script = try ReaderScript()
        script.open()
        script.page(["4"])
        script.fail(.notFound)
        #expect(script.fail(.accessDenied) == .seconds(30), "the list may fail as well")
        script.waitItOut()
        #expect(script.asksForTheList)
        script.listed(nil)
        #expect(script.vanished?.from == .after(try sequence("4")))
        #expect(script.vanished?.cause == .shardGone)
        #expect(script.state == .vanished)
    }
}
