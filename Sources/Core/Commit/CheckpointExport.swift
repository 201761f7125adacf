private import FoundationEssentials

/// The checkpoints of one stream as a file holds them, to be read by people, by scripts and by `replay`.
///
/// ```json
/// {
///   "shards" : {
///     "shardId-000000000000" : { "saved" : "2026-11-23T08:00:00.000Z", "sequenceNumber" : "4959033827…" },
///     "shardId-000000000001" : { "saved" : "2026-11-23T07:00:00.000Z", "sequenceNumber" : "SHARD_END" }
///   },
///   "stream" : "RecipientStream"
/// }
/// ```
package struct CheckpointExport: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package let checkpoint: Checkpoint
        package let saved: Instant

        package init(checkpoint: Checkpoint, saved: Instant) {
            self.checkpoint = checkpoint
            self.saved = saved
        }
    }

    /// The stream's name or ARN, as the settings had it.
    package let stream: String
    package let shards: [ShardID: Entry]

    package init(stream: String, shards: [ShardID: Entry]) {
        self.stream = stream
        self.shards = shards
    }

    package var checkpoints: [ShardID: Checkpoint] { shards.mapValues(\.checkpoint) }
}

/// Why a file holds no exported checkpoints.
package struct CheckpointExportError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}

extension CheckpointExport {
    /// Reads what `json()` wrote. Nothing is guessed: one unreadable shard makes the whole an error.
    package init(json: [UInt8]) throws(CheckpointExportError) {
        let document: ExportLayout
        do {
            document = try JSONDecoder().decode(ExportLayout.self, from: Data(json))
        } catch let error as DecodingError {
            throw CheckpointExportError(description: "not an exported checkpoint file: \(Self.cause(of: error))")
        } catch {
            throw CheckpointExportError(description: "not an exported checkpoint file: \(error)")
        }
        var shards: [ShardID: Entry] = [:]
        for (name, saved) in document.shards {
            guard let shard = ShardID(name) else {
                throw CheckpointExportError(description: "shards: '\(name)' is not the name of a shard")
            }
            shards[shard] = try Self.entry(saved, of: shard)
        }
        self.init(stream: document.stream, shards: shards)
    }

    private static func entry(_ saved: ExportLayout.Saved, of shard: ShardID) throws(CheckpointExportError) -> Entry {
        guard let checkpoint = Checkpoint(text: saved.sequenceNumber) else {
            throw CheckpointExportError(
                description:
                    "\(shard): sequenceNumber '\(saved.sequenceNumber)' is neither digits, SHARD_END nor AT_TIMESTAMP:MILLISECONDS"
            )
        }
        guard let date = try? Date(saved.saved, strategy: Self.timeFormat) else {
            throw CheckpointExportError(
                description: "\(shard): saved '\(saved.saved)' is not a time like 2026-11-23T08:00:00.000Z")
        }
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        return Entry(checkpoint: checkpoint, saved: Instant(milliseconds: Int64(milliseconds)))
    }

    private static func cause(of error: DecodingError) -> String {
        switch error {
        case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context): context.text
        case .keyNotFound(let key, let context): "\(context.text) ('\(key.stringValue)')"
        @unknown default: "\(error)"
        }
    }
}

extension CheckpointExport {
    /// UTF-8, keys sorted, a final newline.
    package func json() -> [UInt8] {
        var saved: [String: ExportLayout.Saved] = [:]
        for (shard, entry) in shards {
            // Half a millisecond more, because the format cuts off where a Double may be a little too small.
            let date = Date(timeIntervalSince1970: (Double(entry.saved.milliseconds) + 0.5) / 1000)
            saved[shard.name] = ExportLayout.Saved(
                sequenceNumber: entry.checkpoint.text, saved: date.formatted(Self.timeFormat))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return try Array(encoder.encode(ExportLayout(stream: stream, shards: saved))) + [UInt8(ascii: "\n")]
        } catch {
            preconditionFailure("strings always encode: \(error)")
        }
    }

    private static var timeFormat: Date.ISO8601FormatStyle {
        .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted)
    }
}

private struct ExportLayout: Codable {
    struct Saved: Codable {
        let sequenceNumber: String
        let saved: String
    }

    let stream: String
    let shards: [String: Saved]
}

extension DecodingError.Context {
    fileprivate var text: String {
        let place = codingPath.map(\.stringValue).joined(separator: ".")
        return place.isEmpty ? debugDescription : "\(place): \(debugDescription)"
    }
}
