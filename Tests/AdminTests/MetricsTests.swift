import Core
import Pipeline
import Testing

@testable import Admin

@Suite struct MetricsTests {
    private static func metrics(_ snapshot: HealthSnapshot) throws -> MetricsParser {
        try MetricsParser(MetricsText.render(snapshot, version: "1.2.3"))
    }

    private static func shard(_ number: Int) -> [String: String] { ["shard": Snapshots.shard(number).name] }

    @Test func eachShardThatIsReadHasItsGauges() throws {
        let metrics = try Self.metrics(Snapshots.snapshot())
        #expect(metrics.value("tailrace_shard_behind_latest_seconds", Self.shard(1)) == 412.345)
        #expect(metrics.value("tailrace_shard_seconds_since_progress", Self.shard(1)) == 400)
        #expect(metrics.value("tailrace_shard_unsettled_records", Self.shard(1)) == 3)
        #expect(metrics.value("tailrace_shard_stuck", Self.shard(1)) == 1)
        #expect(metrics.value("tailrace_shard_behind_latest_seconds", Self.shard(3)) == 0)
        #expect(metrics.value("tailrace_shard_seconds_since_progress", Self.shard(3)) == 0.9)
        #expect(metrics.value("tailrace_shard_stuck", Self.shard(3)) == 0)
        #expect(metrics.value("tailrace_shards", ["state": "backing-off"]) == 1)
    }

    /// A gauge that nobody moves any more would look like one that stands.
    @Test func whatIsOverHasNoSeries() throws {
        let metrics = try Self.metrics(Snapshots.snapshot())
        for (name, family) in metrics.families {
            #expect(!family.samples.contains { $0.labels == Self.shard(0) }, "\(name)")
        }
        #expect(metrics.value("tailrace_shard_behind_latest_seconds", Self.shard(2)) == nil, "nobody reads it yet")
        #expect(metrics.value("tailrace_shard_stuck", Self.shard(2)) == 0)
        #expect(metrics.value("tailrace_shards", ["state": "ended"]) == 1)
    }

    @Test func countersBeginWithTheProcess() throws {
        let metrics = try Self.metrics(Snapshots.snapshot())
        #expect(metrics.value("tailrace_records_read_total") == 40)
        #expect(metrics.value("tailrace_records_delivered_total") == 20)
        #expect(metrics.value("tailrace_records_pending") == 6)
        #expect(metrics.value("tailrace_payload_bytes_total") == 5000)
        #expect(metrics.value("tailrace_expired_total") == 3)
        let central = ["sink": "central"]
        #expect(metrics.value("tailrace_sink_events_routed_total", central) == 330)
        #expect(metrics.value("tailrace_sink_events_delivered_total", central) == 300)
        #expect(metrics.value("tailrace_sink_events_dead_lettered_total", central) == 10)
        #expect(metrics.value("tailrace_sink_events_pending", central) == 20)
        #expect(metrics.value("tailrace_sink_events_delivered_total", ["sink": "archive"]) == 0)
    }

    @Test func theRecordsAddUp() throws {
        let metrics = try Self.metrics(Snapshots.snapshot())
        let settled = ["delivered", "control", "filtered", "dead_lettered"].map {
            metrics.value("tailrace_records_\($0)_total") ?? .nan
        }
        let pending = try #require(metrics.value("tailrace_records_pending"))
        #expect(metrics.value("tailrace_records_read_total") == settled.reduce(pending, +))
    }

    @Test(arguments: [(Snapshots.well, "ok"), (Snapshots.snapshot(), "red")])
    func healthIsOneOfThree(snapshot: HealthSnapshot, status: String) throws {
        let metrics = try Self.metrics(snapshot)
        for each in ["ok", "degraded", "red"] {
            #expect(metrics.value("tailrace_health_status", ["status": each]) == (each == status ? 1 : 0))
        }
        #expect(metrics.value("tailrace_build_info", ["version": "1.2.3"]) == 1)
        #expect(metrics.value("tailrace_uptime_seconds") == 90.5)
    }

    /// What senders choose is in no label, however they call their logs.
    @Test func nothingASenderControlsIsInIt() throws {
        let hostile = "/evil\"} 1\nforged_total 1\n:\\stream"
        let fault = OngoingFault(target: hostile, cause: hostile, lasting: .seconds(1))
        let snapshot = Snapshots.snapshot(sinks: [Snapshots.sink("central"): [fault]], commit: fault)
        let text = MetricsText.render(snapshot, version: "1")
        #expect(!text.contains("evil") && !text.contains("forged"))
        let metrics = try MetricsParser(text)
        #expect(metrics.value("tailrace_sink_failing_targets", ["sink": "central"]) == 1)
        #expect(metrics.value("tailrace_sink_failing_targets", ["sink": "archive"]) == 0)
        #expect(metrics.value("tailrace_commit_failing") == 1)
    }

    @Test func labelsAreEscaped() throws {
        let text = MetricsText.render(Snapshots.well, version: "a\"b\\c\nd")
        #expect(try MetricsParser(text).value("tailrace_build_info", ["version": "a\"b\\c\nd"]) == 1)
    }
}
