internal import Core
internal import Pipeline

/// What became of a replay, line by line: what was replayed, what was refused, what had expired from the stream.
struct ReplaySummary {
    /// Shards that were read alike share a line. When there are more lines than this, the rest is counted.
    private static let linesMax = 20
    /// So many shards are named one by one.
    private static let namesMax = 3

    let sights: ReplaySights
    let ledger: LedgerCounts
    /// Where dead letters are kept.
    let deadLetters: String
    /// Whether an earlier run has done a part: its ledger goes on, and what it told is not told again.
    let isResumed: Bool

    var lines: [String] { shardLines + ledger.summary + refusedLines + expiredLines }

    private var inThisRun: String { isResumed ? "since it was resumed, " : "" }
}

// MARK: What was replayed

extension ReplaySummary {
    private var shardLines: [String] {
        var stretches: [String: [ShardID]] = [:]
        for (shard, sight) in sights.shards { stretches[sight.stretch, default: []].append(shard) }
        let sorted = stretches.map { (stretch: $0, shards: $1.sorted()) }.sorted { $0.shards[0] < $1.shards[0] }
        var lines = sorted.prefix(Self.linesMax).map { stretch, shards in
            "\(inThisRun)\(Self.names(shards)): \(stretch), \(records(of: shards))"
        }
        let rest = sorted.dropFirst(Self.linesMax).flatMap(\.shards)
        if !rest.isEmpty { lines.append("\(inThisRun)\(rest.count) more shards: \(records(of: rest))") }
        return lines
    }

    private func records(of shards: [ShardID]) -> String {
        let count = shards.reduce(0) { $0 + (sights.shards[$1]?.records ?? 0) }
        return count == 1 ? "1 record" : "\(count) records"
    }

    /// `shardId-000000000000, shardId-000000000001`, or `40 shards, shardId-… to shardId-…`.
    private static func names(_ shards: [ShardID]) -> String {
        guard shards.count > namesMax, let first = shards.first, let last = shards.last else {
            return shards.map(\.name).joined(separator: ", ")
        }
        return "\(shards.count) shards, \(first) to \(last)"
    }
}

extension ReplaySights.ShardSight {
    /// Which part of the shard was read.
    fileprivate var stretch: String {
        guard let from else { return "nothing to read" }
        return switch end {
        case .bound(let bound): "from \(from) until \(bound)"
        case .tip(let bound): "from \(from) until its tip, as the stream does not hold \(bound)"
        case .ofShard: "from \(from) until its end"
        case nil: "from \(from) until \(reached.map { "what arrived at \($0.rfc3339)" } ?? "it was stopped")"
        }
    }
}

// MARK: What was not delivered

extension ReplaySummary {
    private var refusedLines: [String] {
        var lines: [String] = []
        for (sink, reasons) in sights.refused.sorted(by: { $0.key < $1.key }) {
            let words = Self.counts(reasons.map { ($0.rawValue, $1) })
            lines.append("\(inThisRun)sink \(sink) refused events: \(words); they are kept in \(deadLetters)")
        }
        if !sights.undecodable.isEmpty {
            let words = Self.counts(sights.undecodable.map { ($0.rawValue, $1) })
            lines.append("\(inThisRun)records that cannot be decoded: \(words); they are kept in \(deadLetters)")
        }
        return lines
    }

    private static func counts(_ reasons: [(word: String, count: Int)]) -> String {
        reasons.sorted { $0.word < $1.word }.map { "\($0.word) \($0.count)" }.joined(separator: ", ")
    }

    private var expiredLines: [String] {
        let gaps = sights.gaps.sorted { $0.shard < $1.shard }.map { gap in
            "\(inThisRun)\(gap.shard): what followed \(gap.from) may have expired (\(gap.cause.rawValue)), up to "
                + Self.resumption(gap.to)
        }
        let aged = sights.agedOut.sorted { $0.key < $1.key }.map { shard, checkpoint in
            "\(inThisRun)\(shard): all of it \(checkpoint.map { "after \(PositionText.text($0)) " } ?? "")has expired"
        }
        let all = gaps + aged
        guard all.count > Self.linesMax else { return all }
        return all.prefix(Self.linesMax) + ["\(inThisRun)the same of \(all.count - Self.linesMax) more shards"]
    }

    private static func resumption(_ resumed: ReadGap.Resumed?) -> String {
        guard let resumed else { return "the shard's end" }
        return "record \(resumed.sequence)" + (resumed.arrival.map { ", which arrived at \($0.rfc3339)" } ?? "")
    }
}
