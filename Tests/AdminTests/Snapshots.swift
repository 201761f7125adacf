import Core
import Pipeline

/// A daemon that has two sinks and four shards, one of them stuck, one ended.
enum Snapshots {
    static func shard(_ number: Int) -> ShardID {
        guard let shard = ShardID("shardId-00000000000\(number)") else { preconditionFailure("a shard's name") }
        return shard
    }

    static func sink(_ name: String) -> SinkName {
        guard let sink = SinkName(name) else { preconditionFailure("a sink's name") }
        return sink
    }

    static let shards = [
        ShardStanding(shard: shard(0), state: .ended),
        ShardStanding(
            shard: shard(1), state: .backingOff(.accessDenied, for: .seconds(400)),
            behindLatest: .milliseconds(412_345),
            sinceProgress: .seconds(400), unsettled: 3),
        ShardStanding(shard: shard(2), state: .waiting(for: [shard(1), shard(0)])),
        ShardStanding(shard: shard(3), state: .idle, behindLatest: .zero, sinceProgress: .milliseconds(900)),
    ]

    static var ledger: LedgerCounts {
        var counts = LedgerCounts()
        (counts.recordsRead, counts.recordsDelivered, counts.recordsControl) = (100, 80, 5)
        (counts.recordsFiltered, counts.recordsDeadLettered) = (7, 2)
        counts.expired = 3
        (counts.eventsRead, counts.eventsFiltered, counts.payloadBytes, counts.textBytes) = (1000, 70, 5000, 50_000)
        counts.sinks = [sink("central"): SinkCounts(routed: 930, delivered: 900, deadLettered: 10)]
        return counts
    }

    static var before: LedgerCounts {
        var counts = LedgerCounts()
        (counts.recordsRead, counts.recordsDelivered) = (60, 60)
        counts.sinks = [sink("central"): SinkCounts(routed: 600, delivered: 600)]
        return counts
    }

    static func snapshot(
        shards: [ShardStanding] = Snapshots.shards, sinks: [SinkName: [OngoingFault]] = [:], commit: OngoingFault? = nil
    ) -> HealthSnapshot {
        let started = Instant(milliseconds: 1_763_632_800_000)
        let now = Instant(milliseconds: started.milliseconds + 90_500)
        return HealthSnapshot(
            stream: "arn:aws:kinesis:us-east-1:999999999999:stream/Logs", time: now, started: started,
            uptime: .milliseconds(90_500),
            picture: HealthPicture(
                rule: StuckRule(after: .seconds(300)), shards: shards, commit: commit, sinks: sinks),
            sinks: [sink("central"), sink("archive")], ledger: ledger, before: before,
            checkpoints: [shard(0): .shardEnd, shard(3): .atTime(started)],
            committed: Instant(milliseconds: now.milliseconds - 1500), words: [shard(1): "AccessDeniedException: no"])
    }

    static var well: HealthSnapshot { snapshot(shards: [shards[3]]) }
}
