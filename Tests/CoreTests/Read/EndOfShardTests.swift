import Core
import Testing

private func sequence(_ digits: String) throws -> SequenceNumber { try #require(SequenceNumber(digits)) }

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
