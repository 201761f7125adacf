import Core
import Testing

@Suite struct ShardReaderFaultTests {
    /// The first is forgiven where it may be; the next one waits as the table says, and the reader goes on polling or
    /// asking for an iterator or for the list: it never ends.
    @Test(arguments: ReadFault.allCases)
    func whateverFailsIsTriedAgainAfterItsPause(fault: ReadFault) throws {
        let seven = try #require(SequenceNumber("7"))
        var script = try ReaderScript()
        script.open()
        script.page(["7"])
        if fault == .replyTooLarge { script.fail(.replyTooLarge) }  // and then there is all the room
        if fault.remedy.isFirstForgiven {
            #expect(script.fail(fault) == nil)
            #expect(script.opens() == .after(seven))
            #expect(script.reader.failuresInARow == 0)
            script.open()
        }
        for failure in 1...7 {
            script.waitItOut()
            let before = script.now.uptime
            script.fail(fault)
            if fault == .notFound {
                #expect(script.asksForTheList)
                script.listed(script.shard)
            }
            #expect(script.reader.failuresInARow == failure)
            script.waitItOut()
            let waited = script.now.uptime - before
            let attempt = failure - 1
            let pace = script.pace
            switch fault.remedy.pause {
            case .short: #expect(waited == pace.backoff.delay(attempt: attempt, jitter: 0))
            case .throttled: #expect(waited == pace.throttleBackoff.delay(attempt: attempt, jitter: 0))
            case .long: #expect(waited == pace.longBackoff.delay(attempt: attempt, jitter: 0))
            }
            switch fault.remedy.next {
            case .sameIterator: #expect(script.polls() != nil)
            case .sameIteratorAtFirst: #expect((script.polls() == nil) == (failure % 3 == 0))
            case .freshIterator, .listOfShards: #expect(script.opens() == .after(seven))
            }
            if script.opens() != nil { script.open() }
        }
        script.page(["8"])
        #expect(script.reader.failuresInARow == 0)
        #expect(script.reader.trouble == nil)
    }

    @Test(arguments: ReadFault.allCases.filter { $0 != .positionRefused && $0 != .notFound })
    func whateverKeepsAnIteratorFromOpeningIsTriedAgain(fault: ReadFault) throws {
        var script = try ReaderScript(from: .trimHorizon)
        for failure in 1...5 {
            script.fail(fault)
            #expect(script.reader.failuresInARow == failure)
            #expect(script.waits() != nil)
            script.waitItOut()
            #expect(script.opens() == .trimHorizon)
        }
        script.open()
        script.page(["1"])
        #expect(script.reader.trouble == nil)
    }

    /// Other readers take all that a shard gives, but for one call in ten.
    @Test(arguments: UInt64(1)...10)
    func ninetyOfAHundredCallsThrottledIsStillProgress(seed: UInt64) throws {
        var shard = SimulatedShard(id: try #require(ShardID("shardId-000000000000")), items: [])
        shard.items = (0..<100).map {
            .init(
                sequence: SimulatedShard.sequence($0),
                arrival: ReaderScript.start.time.earlier(by: .seconds(1000 - $0)), bytes: 1000)
        }
        shard.pageRecordsMax = 10
        shard.ending = SimulatedShard.sequence(100)
        var reading = SimulatedReading(shard, from: .trimHorizon, seed: seed)
        reading.faultsPerThousand = 900
        reading.faults = [.throttled]
        // Ten pages and an iterator are eleven calls: a hundred and ten tries of five seconds or so.
        reading.run(until: ReaderScript.start.uptime + .seconds(3000))
        #expect(reading.handedOver.map(\.sequence) == shard.items.map(\.sequence))
        #expect(reading.isEnded)
    }

    /// A person's slow mending, with a position that is worth keeping: whatever was read stays read.
    @Test(arguments: [ReadFault.accessDenied, .kmsDisabled, .credentials, .network])
    func hoursOfFailureCostNoRecordAndNoRepeat(fault: ReadFault) throws {
        var script = try ReaderScript()
        script.open()
        script.page(["7", "8"])
        while script.now.uptime < ReaderScript.start.uptime + .seconds(3 * 3600) {
            #expect(script.fail(fault) ?? .zero >= .milliseconds(500))
        }
        script.waitItOut()
        #expect(script.polls() == ShardIterator("next"))
        script.fail(.expiredIterator)
        #expect(script.opens() == .after(try #require(SequenceNumber("8"))))
    }
}
