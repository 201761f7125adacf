internal import Core
internal import Logging

extension LedgerCounts {
    /// For the log line at the end of a daemon's life; a collector finds every number by its key.
    var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = [:]
        for (name, count) in recordColumns { metadata["records-\(name)"] = "\(count)" }
        metadata["events-read"] = "\(eventsRead)"
        metadata["events-filtered"] = "\(eventsFiltered)"
        metadata["expired"] = "\(expired)"
        for (sink, counts) in sinks {
            metadata["\(sink)-delivered"] = "\(counts.delivered)"
            metadata["\(sink)-dead-lettered"] = "\(counts.deadLettered)"
            metadata["\(sink)-pending"] = "\(counts.pending)"
        }
        return metadata
    }

    /// The first is what the others add up to.
    var recordColumns: [(name: String, count: Int)] {
        [
            ("read", recordsRead), ("delivered", recordsDelivered), ("control", recordsControl),
            ("filtered", recordsFiltered), ("dead-lettered", recordsDeadLettered), ("pending", recordsPending),
        ]
    }

    /// The summary of a one-shot command, line by line.
    var summary: [String] {
        var lines = [
            "records " + recordColumns.map { "\($0.name) \($0.count)" }.joined(separator: ", "),
            "events  read \(eventsRead), filtered \(eventsFiltered)",
        ]
        for (sink, counts) in sinks.sorted(by: { $0.key < $1.key }) {
            lines.append(
                "sink \(sink): routed \(counts.routed), delivered \(counts.delivered), "
                    + "dead-lettered \(counts.deadLettered), pending \(counts.pending)")
        }
        if expired > 0 { lines.append(Self.words(expired: expired)) }
        return lines
    }

    static func words(expired: Int) -> String {
        "expired: in \(expired) places records had aged out of the stream, or may have, before they were read"
    }

    /// Whether anything that was read is not settled.
    var hasPending: Bool { recordsPending > 0 || sinks.values.contains { $0.pending > 0 } }
}
