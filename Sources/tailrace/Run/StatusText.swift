internal import Admin
internal import Core

/// How a daemon is, for people.
///
/// What the document says comes from elsewhere, so nothing of it reaches a terminal as it is.
struct StatusText {
    private let document: StatusDocument

    init(_ document: StatusDocument) { self.document = document }

    var text: String {
        ([head] + [shards, sinks, ledger].map { "\n" + $0 }).joined()
    }

    private var head: String {
        var lines = ["stream  \(document.stream.map(PlainText.word) ?? "not found yet")", "daemon  \(daemon)"]
        if let status = document.status { lines.append("health  \(PlainText.word(status))") }
        lines += document.causes.map { "        \(PlainText.escaped($0))" }
        lines.append("commit  \(commit)")
        return lines.map { $0 + "\n" }.joined()
    }

    private var daemon: String {
        switch document.daemon {
        case .up:
            "up for \(document.uptimeSeconds.map(Self.age) ?? "a while"), version \(PlainText.word(document.version))"
        case .down: "down"
        case .silent: "runs, but does not answer"
        }
    }

    private var commit: String {
        let last = document.commit.secondsSinceLast.map { "\(Self.age($0)) ago" } ?? "none yet"
        return document.commit.fault == nil ? last : "\(last), and fails"
    }

    private var shards: String {
        TextTable(
            ["SHARD", "STATE", "BEHIND", "PROGRESS", "UNSETTLED", "CHECKPOINT"],
            rows: document.shards.map { shard in
                [
                    PlainText.word(shard.shard),
                    PlainText.escaped(shard.detail.map { "\(shard.state): \($0)" } ?? shard.state)
                        + (shard.stuck ? ", stuck" : ""),
                    shard.behindLatestSeconds.map(Self.age) ?? "-", shard.secondsSinceProgress.map(Self.age) ?? "-",
                    shard.unsettledRecords.map(String.init) ?? "-", shard.checkpoint.map(PlainText.word) ?? "-",
                ]
            }, sides: [.left, .left, .right, .right, .right, .left]
        ).text
    }

    private var sinks: String {
        TextTable(
            ["SINK", "ROUTED", "DELIVERED", "DEAD-LETTERED", "PENDING", "FAILING"],
            rows: document.sinks.map { sink in
                [PlainText.word(sink.sink)]
                    + [sink.routed, sink.delivered, sink.deadLettered, sink.pending].map(String.init)
                    + [Self.failing(sink)]
            }, sides: [.left, .right, .right, .right, .right, .left]
        ).text
    }

    private static func failing(_ sink: StatusDocument.Sink) -> String {
        guard let first = sink.faults.first else { return "-" }
        let target = first.target.map { " \($0)" } ?? ""
        let more = sink.failing > 1 ? ", and \(sink.failing - 1) more" : ""
        return PlainText.escaped("for \(age(first.seconds)):\(target): \(first.cause)\(more)")
    }

    private var ledger: String {
        let ledger = document.ledger
        let records = [
            ledger.read, ledger.delivered, ledger.control, ledger.filtered, ledger.deadLettered, ledger.pending,
        ]
        let table = TextTable(
            ["LEDGER", "READ", "DELIVERED", "CONTROL", "FILTERED", "DEAD-LETTERED", "PENDING"],
            rows: [
                ["records"] + records.map(String.init),
                ["events", String(ledger.eventsRead), "-", "-", String(ledger.eventsFiltered), "-", "-"],
            ], sides: [.left] + records.map { _ in .right }
        ).text
        return ledger.expired == 0 ? table : table + LedgerCounts.words(expired: ledger.expired) + "\n"
    }

    /// Whole units; a number that cannot be one is not shown as if it were.
    private static func age(_ seconds: Double) -> String {
        Int64(exactly: seconds.rounded(.down)).map { CheckpointTable.age(seconds: $0) } ?? "?"
    }
}
