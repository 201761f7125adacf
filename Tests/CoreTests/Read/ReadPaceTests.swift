import Core
import Testing

@Suite struct ReadPaceTests {
    private let start = ReaderScript.start
    private let tenMinutes = ReaderScript.start.uptime + .seconds(600)

    /// A backlog that arrived long ago.
    private func backlog(_ count: Int, bytes: Int, perPage: Int) throws -> SimulatedShard {
        var shard = SimulatedShard(id: try #require(ShardID("shardId-000000000000")), items: [])
        shard.items = (0..<count).map {
            let arrival = start.time.earlier(by: .seconds(3600) - .milliseconds($0))
            return SimulatedShard.Item(sequence: SimulatedShard.sequence($0), arrival: arrival, bytes: bytes)
        }
        shard.pageRecordsMax = perPage
        return shard
    }

    /// The most calls in any half-open second.
    private func callsASecondMax(_ polls: [SimulatedReading.Poll]) -> Int {
        var most = 0
        var first = 0
        for (index, poll) in polls.enumerated() {
            while poll.start - polls[first].start >= .seconds(1) { first += 1 }
            most = max(most, index - first + 1)
        }
        return most
    }

    /// Whether from the start of any page to the start of any later one no more bytes came than the rate allows.
    private func keeps(_ rate: Int, _ polls: [SimulatedReading.Poll]) -> Bool {
        // With credit(i) = bytes before i - rate * start(i): a later credit above an earlier one is too much.
        var bytes = 0
        var least = Double.infinity
        for poll in polls {
            let (seconds, attoseconds) = (poll.start - start.uptime).components
            let allowed = Double(rate) * (Double(seconds) + Double(attoseconds) / 1e18)
            let credit = Double(bytes) - allowed
            if credit > least + 1 { return false }
            least = min(least, credit)
            bytes += poll.bytes
        }
        return true
    }

    private static let mebibyte = 1 << 20

    /// Bytes of a record, records of a page, bytes a second.
    @Test(arguments: [
        (10 * mebibyte, 1, 2 * mebibyte), (mebibyte, 10, 2 * mebibyte), (mebibyte, 10, mebibyte),
        (100_000, 10, 2 * mebibyte), (300_000, 3, 2 * mebibyte), (25, 1, 2 * mebibyte), (25, 1, mebibyte),
        (40_000, 10, 4 * mebibyte),
    ])
    func tenMinutesOfBacklogStayWithinTheAllowance(bytes: Int, perPage: Int, rate: Int) throws {
        let pace = ReadPace(allowance: .bytesPerSecond(rate))
        var reading = SimulatedReading(
            try backlog(8000, bytes: bytes, perPage: perPage), from: .trimHorizon, pace: pace)
        reading.run(until: tenMinutes)
        #expect(callsASecondMax(reading.polls) <= 5)
        #expect(keeps(rate, reading.polls))
        // And it is used: what limits is the rate or the calls, whichever is less, until the backlog is read.
        let read = reading.handedOver.count
        let calls = 3000 * min(rate, ReadLimits.shardBytesPerSecond) / ReadLimits.shardBytesPerSecond
        let possible = min(8000, rate * 600 / bytes, perPage * calls)
        #expect(read >= possible * 98 / 100, "\(read) of \(possible)")
    }

    @Test func theRuleOfThisTestBites() {
        let page = { SimulatedReading.Poll(start: start.uptime + $0, bytes: 10 << 20) }
        #expect(keeps(2 << 20, [page(.zero), page(.seconds(5)), page(.seconds(10))]))
        #expect(!keeps(2 << 20, [page(.zero), page(.seconds(5)), page(.milliseconds(9990))]))
        #expect(callsASecondMax((0..<6).map { page(.milliseconds(199 * $0)) }) == 6)
    }

    @Test(arguments: [
        (0, 200), (100_000, 200), (1 << 20, 505), (10 << 20, 5050),
    ])
    func aPageIsFollowedByItsDuePause(bytes: Int, milliseconds: Int) {
        #expect(ReadAllowance.wholeShard.pause(after: bytes) == .milliseconds(milliseconds))
    }

    @Test(arguments: [(2 << 20, 200), (1 << 20, 400), (4 << 20, 200), (1, 1000)])
    func halfOfTheBytesIsHalfOfTheCalls(rate: Int, milliseconds: Int) {
        #expect(ReadAllowance.bytesPerSecond(rate).spacing == .milliseconds(milliseconds))
    }

    @Test func withoutLimitsABacklogIsReadWithoutARest() throws {
        let shard = try backlog(1000, bytes: 10 << 20, perPage: 1)
        var reading = SimulatedReading(shard, from: .trimHorizon, pace: ReadPace(allowance: .unlimited))
        reading.run(until: tenMinutes, stepsMax: 1001)
        #expect(reading.handedOver.count == 1000)
        #expect(reading.handedOver.last?.at.uptime == start.uptime)
    }

    @Test func evenWithoutLimitsAnEmptyPlaceIsNotAskedInAStorm() throws {
        var script = try ReaderScript(pace: ReadPace(allowance: .unlimited))
        script.open()
        script.page([], behind: .seconds(5))
        #expect(script.waits() == ReadLimits.pollSpacing)
    }

    @Test func emptyPagesBehindTheTipAreReadThroughAtTheSpacing() throws {
        var shard = try backlog(10, bytes: 10, perPage: 1)
        shard.emptyPages = 50
        var reading = SimulatedReading(shard, from: .trimHorizon)
        reading.run(until: start.uptime + .seconds(10 * 51) / 5)
        #expect(reading.handedOver.count == 10)
    }

    @Test func atTheTipIsOneCallAnIdlePeriodAndNothingWaitsLonger() throws {
        var chance = SplitMix(seed: 7)
        var shard = try backlog(0, bytes: 0, perPage: 1)
        var arrival = start.time.milliseconds
        shard.items = (0..<100).map {
            arrival += Int64.random(in: 1...12_000, using: &chance)
            return .init(
                sequence: SimulatedShard.sequence($0), arrival: Instant(milliseconds: arrival), bytes: 1000)
        }
        shard.pageRecordsMax = 100
        var reading = SimulatedReading(shard, from: .trimHorizon)
        reading.run(until: tenMinutes)
        for (earlier, later) in zip(reading.polls, reading.polls.dropFirst()) {
            #expect(later.start - earlier.start <= .seconds(1))
            #expect(later.start - earlier.start >= .milliseconds(900))
        }
        #expect(reading.handedOver.count >= 80)
        for (item, handed) in zip(shard.items, reading.handedOver) {
            #expect(handed.at.time.milliseconds - item.arrival.milliseconds <= 1000)
        }
    }

    @Test func expiriesAndTheRestOfTheFaultsDoNotMakeMoreCalls() throws {
        var shard = try backlog(8000, bytes: 1000, perPage: 1)
        shard.ending = SimulatedShard.sequence(8001)
        for seed in UInt64(1)...20 {
            var reading = SimulatedReading(shard, from: .trimHorizon, seed: seed)
            reading.faultsPerThousand = 300
            reading.run(until: tenMinutes)
            #expect(callsASecondMax(reading.polls) <= 5, "seed \(seed)")
        }
    }

    @Test func aThousandShardsThatStartTogetherAreSpreadOverAnIdlePeriod() throws {
        var chance = SplitMix(seed: 3)
        let shard = try backlog(0, bytes: 0, perPage: 1).listed
        let delays = (0..<1000).map { _ in
            let reader = ShardReader(
                shard, from: .trimHorizon, pace: ReadPace(), startingTogether: 1000,
                at: Moment(uptime: start.uptime, time: start.time, jitter: Double.random(in: 0..<1, using: &chance)))
            guard case .wait(let delay) = reader.action(at: start) else { return Duration.zero }
            return delay
        }
        #expect(delays.allSatisfy { $0 < .seconds(1) })
        let tenths = Dictionary(grouping: delays) { Int($0 / .milliseconds(100)) }
        #expect(tenths.count == 10)
        #expect(tenths.values.allSatisfy { $0.count < 150 })
    }

    @Test func oneShardStartsAtOnce() throws {
        let shard = try backlog(0, bytes: 0, perPage: 1).listed
        let reader = ShardReader(shard, from: .trimHorizon, pace: ReadPace(), at: start)
        guard case .openIterator = reader.action(at: start) else {
            Issue.record("it waits")
            return
        }
    }
}
