internal import Core
import FoundationEssentials

/// Every checkpoint of a store, for people and for machines.
struct CheckpointTable {
    struct Row: Encodable, Equatable {
        let namespace: String
        let stream: String
        let shard: String
        let position: String
        let saved: String
        let ageSeconds: Int64
    }

    let rows: [Row]

    /// Sorted by namespace, stream and shard. `now` tells the ages; what was saved by a clock that ran ahead is no age old.
    init(_ exports: [(namespace: String, export: CheckpointExport)], now: Instant) {
        let sorted = exports.sorted { ($0.namespace, $0.export.stream) < ($1.namespace, $1.export.stream) }
        rows = sorted.flatMap { namespace, export in
            export.shards.sorted { $0.key < $1.key }.map { shard, entry in
                Row(
                    namespace: namespace, stream: export.stream, shard: shard.name,
                    position: PositionText.text(entry.checkpoint), saved: entry.saved.rfc3339,
                    ageSeconds: max(0, (now.milliseconds - entry.saved.milliseconds) / 1000))
            }
        }
    }

    /// Columns that are aligned with spaces, one line for each checkpoint, below a line with the columns' names.
    var text: String {
        TextTable(
            ["NAMESPACE", "STREAM", "SHARD", "POSITION", "SAVED", "AGE"],
            rows: rows.map { row in
                [row.namespace, row.stream, row.shard, row.position, row.saved].map(PlainText.word)
                    + [Self.age(seconds: row.ageSeconds)]
            }
        ).text
    }

    var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return try Array(encoder.encode(rows)) + [UInt8(ascii: "\n")]
        } catch {
            preconditionFailure("strings and numbers always encode: \(error)")
        }
    }

    /// Whole units of the largest kind: `59s`, `59m`, `47h`, `12d`.
    static func age(seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(seconds)s"
        case ..<3600: "\(seconds / 60)m"
        case ..<172_800: "\(seconds / 3600)h"
        default: "\(seconds / 86_400)d"
        }
    }
}
