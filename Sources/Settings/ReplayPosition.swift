package import Core

/// POSITION, where a replay begins.
package enum ReplayPosition: Hashable, Sendable {
    case trimHorizon
    case latest
    /// Begins at the first record that arrived at or after this time.
    case time(Instant)
    /// Resumes after the daemon's own checkpoints.
    case checkpoint
    /// Resumes after the checkpoints of an exported file.
    case checkpointFile(String)
    /// Begins at this record of this shard.
    case record(ShardID, SequenceNumber)
}

/// Where a replay ends. Everything that is named is included.
package enum ReplayEnd: Hashable, Sendable {
    /// What arrived up to the moment the replay began.
    case now
    /// What arrived up to this time.
    case time(Instant)
    /// What the daemon's own checkpoints have passed.
    case checkpoint
    /// What the checkpoints of an exported file have passed.
    case checkpointFile(String)
    /// This record of this shard; of other shards nothing is wanted.
    case record(ShardID, SequenceNumber)
}

/// Why text is no position: what is wrong with it and what is allowed.
package struct PositionError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}

extension ReplayPosition {
    private static let allowed =
        "trim-horizon, latest, a time such as \(InstantText.example), checkpoint, checkpoint:FILE, SHARD:SEQUENCE"

    package init(_ text: String) throws(PositionError) {
        guard let position = try Self.parsed(text) else {
            throw PositionError(description: "'\(text)' is no position; allowed: \(Self.allowed)")
        }
        self = position
    }

    /// `nil` when it reads like none at all.
    fileprivate static func parsed(_ text: String) throws(PositionError) -> Self? {
        switch text {
        case "trim-horizon": return .trimHorizon
        case "latest": return .latest
        case "checkpoint": return .checkpoint
        default: break
        }
        if let file = text.removing(prefix: "checkpoint:") {
            guard !file.isEmpty else {
                throw PositionError(description: "'\(text)' names no file; allowed: checkpoint:FILE")
            }
            return .checkpointFile(file)
        }
        // A time without a zone reads like a shard and a sequence number: 2026-11-20T10:30.
        if text.looksLikeTime { return .time(try InstantText.explained(text)) }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let shard = ShardID(parts[0]), let sequence = SequenceNumber(parts[1]) else {
            return nil
        }
        return .record(shard, sequence)
    }
}

extension ReplayEnd {
    private static let allowed =
        "now, a time such as \(InstantText.example), checkpoint, checkpoint:FILE, SHARD:SEQUENCE"

    package init(_ text: String) throws(PositionError) {
        switch text == "now" ? .latest : try ReplayPosition.parsed(text) {
        case nil: throw PositionError(description: "'\(text)' is no end; allowed: \(Self.allowed)")
        case .trimHorizon:
            throw PositionError(
                description:
                    "nothing lies before 'trim-horizon', so a replay cannot end there; allowed: \(Self.allowed)")
        case .latest: self = .now
        case .time(let instant): self = .time(instant)
        case .checkpoint: self = .checkpoint
        case .checkpointFile(let path): self = .checkpointFile(path)
        case .record(let shard, let sequence): self = .record(shard, sequence)
        }
    }
}

extension InstantText {
    fileprivate static func explained(_ text: String) throws(PositionError) -> Instant {
        guard let instant = parse(text) else {
            throw PositionError(
                description: "'\(text)' is no time; allowed: ISO 8601 with seconds and zone, such as \(example)")
        }
        return instant
    }
}

extension String {
    /// Four digits and a dash.
    fileprivate var looksLikeTime: Bool {
        let start = utf8.prefix(5)
        return start.count == 5 && start.last == UInt8(ascii: "-")
            && start.dropLast().allSatisfy { (0x30...0x39).contains($0) }
    }

    fileprivate func removing(prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
