internal import Core
internal import Pipeline

/// Metrics in the text format of Prometheus, rendered from one snapshot.
///
/// Labels are shards, sinks and our own words: nothing that a sender can choose. Counters begin at zero with the process,
/// as Prometheus expects: the ledger as it is saved would go a little back after a crash, which reads as a new beginning.
/// What is over has no series.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
struct MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let snapshot: HealthSnapshot
    private let version: String
    private var text = ""

    static func render(_ snapshot: HealthSnapshot, version: String) -> String {
        var metrics = MetricsText(snapshot: snapshot, version: version)
        metrics.addProcess()
        metrics.addShards()
        metrics.addSinks()
        metrics.addLedger()
        return metrics.text
    }

    private init(snapshot: HealthSnapshot, version: String) {
        self.snapshot = snapshot
        self.version = version
    }

    private mutating func addProcess() {
        let picture = snapshot.picture
        let status = picture.verdict.status
        add("build_info", .gauge, "The version that runs; always 1.", [.init(1, ["version": version])])
        add("uptime_seconds", .gauge, "Since the start of the process.", [.init(snapshot.uptime)])
        add(
            "health_status", .gauge, "1 for the status that is: ok, degraded (something fails now) or red (stuck).",
            HealthVerdict.Status.allCases.map { .init($0 == status ? 1 : 0, ["status": $0.rawValue]) })
        add(
            "stream_unreachable", .gauge, "1 while the stream cannot be found.", [.init(picture.stream != nil ? 1 : 0)])
        add("list_failing", .gauge, "1 while shards cannot be listed.", [.init(picture.listing != nil ? 1 : 0)])
        add("commit_failing", .gauge, "1 while checkpoints cannot be saved.", [.init(picture.commit != nil ? 1 : 0)])
    }

    private mutating func addShards() {
        let shards = snapshot.picture.shards.filter { !$0.isOver }
        add(
            "shard_behind_latest_seconds", .gauge, "How far reading is from the tip of the shard.",
            shards.compactMap { shard in shard.behindLatest.map { .init($0, shard) } })
        add(
            "shard_seconds_since_progress", .gauge, "How long nothing of the shard has moved that has to.",
            shards.compactMap { shard in shard.sinceProgress.map { .init($0, shard) } })
        add(
            "shard_unsettled_records", .gauge, "Records that were read and are not settled.",
            shards.map { .init($0.unsettled, ["shard": $0.shard.name]) })
        add(
            "shard_stuck", .gauge, "1 when nothing has moved for as long as stuck-after.",
            shards.map { .init(snapshot.picture.rule.isStuck($0) ? 1 : 0, ["shard": $0.shard.name]) })
        let counts = Dictionary(grouping: snapshot.picture.shards) { StateWord.of($0.state) }.mapValues(\.count)
        add(
            "shards", .gauge, "Shards by state.",
            counts.sorted { $0.key < $1.key }.map { .init($0.value, ["state": $0.key]) })
    }

    private mutating func addSinks() {
        let ledger = snapshot.ledger
        let names = snapshot.sinks + Set(ledger.sinks.keys).subtracting(snapshot.sinks).sorted()
        let columns: [(name: String, help: String, count: (SinkCounts) -> Int)] = [
            ("sink_events_routed_total", "Events that were given to the sink.", { $0.routed }),
            ("sink_events_delivered_total", "Events that the sink delivered.", { $0.delivered }),
            ("sink_events_dead_lettered_total", "Events that the sink refused.", { $0.deadLettered }),
        ]
        for column in columns {
            add(
                column.name, .counter, column.help,
                names.map { sink in
                    let count = snapshot.sinceStart { column.count($0.sinks[sink] ?? SinkCounts()) }
                    return .init(count, ["sink": sink.text])
                })
        }
        add(
            "sink_events_pending", .gauge, "Events that the sink has and is not done with.",
            names.map { .init(ledger.sinks[$0]?.pending ?? 0, ["sink": $0.text]) })
        let failing = names + Set(snapshot.picture.sinks.keys).subtracting(names).sorted()
        add(
            "sink_failing_targets", .gauge, "Log streams or files that the sink cannot deliver to now.",
            failing.map { .init(snapshot.picture.sinks[$0]?.count ?? 0, ["sink": $0.text]) })
    }

    private mutating func addLedger() {
        let columns: [(name: String, help: String, count: (LedgerCounts) -> Int)] = [
            ("records_read_total", "Records read from the stream.", { $0.recordsRead }),
            (
                "records_delivered_total", "Records whose events are all settled by their sinks.",
                { $0.recordsDelivered }
            ),
            ("records_control_total", "Records without events: control messages.", { $0.recordsControl }),
            ("records_filtered_total", "Records whose events no route takes.", { $0.recordsFiltered }),
            ("records_dead_lettered_total", "Records that cannot be decoded.", { $0.recordsDeadLettered }),
            ("events_read_total", "Events in the records that were read.", { $0.eventsRead }),
            ("events_filtered_total", "Events that no route takes.", { $0.eventsFiltered }),
            (
                "expired_total", "Places where records had aged out of the stream, or may have, before they were read.",
                { $0.expired }
            ),
            ("payload_bytes_total", "Payloads as they were read.", { $0.payloadBytes }),
            ("text_bytes_total", "Payloads as they were inflated.", { $0.textBytes }),
        ]
        for column in columns {
            add(column.name, .counter, column.help, [.init(snapshot.sinceStart(column.count))])
        }
        add(
            "records_pending", .gauge, "Records that were read and are not settled.",
            [.init(snapshot.ledger.recordsPending)])
    }
}

extension MetricsText {
    private enum Kind: String { case gauge, counter }

    private struct Sample {
        let value: String
        let labels: KeyValuePairs<String, String>

        init(_ value: Int, _ labels: KeyValuePairs<String, String> = [:]) {
            self.value = String(value)
            self.labels = labels
        }

        init(_ value: Duration, _ labels: KeyValuePairs<String, String> = [:]) {
            self.value = String(value.inSeconds)
            self.labels = labels
        }

        init(_ value: Duration, _ shard: ShardStanding) { self.init(value, ["shard": shard.shard.name]) }
    }

    /// A family without samples is left out.
    private mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        text += "# HELP tailrace_\(name) \(help)\n# TYPE tailrace_\(name) \(kind.rawValue)\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
            text += "tailrace_\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(sample.value)\n"
        }
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: #"\\"#).replacing("\"", with: #"\""#).replacing("\n", with: #"\n"#)
    }
}

extension HealthSnapshot {
    /// What this process has added to a column. None is less than zero, at the moment in which the saved ledger is taken over
    /// either.
    fileprivate func sinceStart(_ column: (LedgerCounts) -> Int) -> Int { max(0, column(ledger) - column(before)) }
}
