import Core
import Testing

@Suite struct WhateverFails {
    private let start = ReaderScript.start
    private static let days = Duration.seconds(30 * 86400)

    private func shard(_ chance: inout SplitMix, in seconds: ClosedRange<Int>) throws -> SimulatedShard {
        var shard = SimulatedShard(id: try #require(ShardID("shardId-000000000000")), items: [])
        var arrival = start.time.milliseconds + Int64(seconds.lowerBound) * 1000
        let count = Int.random(in: 0...120, using: &chance)
        let step = Int64(seconds.count) * 1000 / Int64(count + 1)
        shard.items = (0..<count).map {
            arrival += Int64.random(in: 0...2 * step, using: &chance)
            return .init(
                sequence: SimulatedShard.sequence($0), arrival: Instant(milliseconds: arrival),
                bytes: Int.random(in: 0...3 << 20, using: &chance))
        }
        shard.pageRecordsMax = Int.random(in: 1...20, using: &chance)
        shard.emptyPages = Int.random(in: 0...2, using: &chance)
        shard.namesChildren = Bool.random(using: &chance)
        shard.retention = Self.days * 2
        return shard
    }

    private func reading(_ shard: SimulatedShard, from position: ShardPosition, seed: UInt64) -> SimulatedReading {
        var reading = SimulatedReading(shard, from: position, startingTogether: 30, seed: seed)
        reading.faultsPerThousand = [0, 30, 300, 700][Int(seed % 4)]
        reading.callTime = .milliseconds(Int(seed % 3) * 70)
        reading.stall = seed.isMultiple(of: 2) ? .seconds(900) : .zero
        return reading
    }

    @Test(arguments: UInt64(1)...300)
    func everyRecordIsHandedOverOnceInOrderAndTheShardEnds(seed: UInt64) throws {
        var chance = SplitMix(seed: seed)
        var shard = try shard(&chance, in: -3600...600)
        // Closed before it is listed, or in the middle of reading.
        let isClosedEarly = Bool.random(using: &chance)
        let ending = SimulatedShard.sequence(shard.items.count - (Bool.random(using: &chance) ? 1 : 0))
        if isClosedEarly { shard.ending = ending }
        var reading = reading(shard, from: .trimHorizon, seed: seed)
        if !isClosedEarly {
            reading.run(until: start.uptime + .seconds(Int.random(in: 0...900, using: &chance)))
            reading.shard.ending = ending
        }
        reading.run(until: start.uptime + Self.days)
        #expect(reading.handedOver.map(\.sequence) == shard.items.map(\.sequence), "seed \(seed)")
        #expect(reading.isEnded, "seed \(seed)")
        #expect(reading.gaps == [], "seed \(seed)")
    }

    @Test(arguments: UInt64(1)...40)
    func fromLatestEveryRecordThatCameAfterTheStartIsHandedOver(seed: UInt64) throws {
        var chance = SplitMix(seed: seed)
        let shard = try shard(&chance, in: -300...600)
        var reading = reading(shard, from: .latest, seed: seed)
        reading.run(until: start.uptime + .seconds(3000))
        (reading.faultsPerThousand, reading.stall) = (0, .zero)
        reading.run(until: start.uptime + .seconds(5000))

        let read = reading.handedOver.map(\.sequence)
        let due = shard.items.filter { $0.arrival > start.time }
        let possible = shard.items.filter { $0.arrival >= start.time.earlier(by: ShardReader.latestMargin) }
        #expect(read == shard.items.map(\.sequence).suffix(read.count), "nothing missing or twice, seed \(seed)")
        #expect((due.count...possible.count).contains(read.count), "seed \(seed)")
    }
}
