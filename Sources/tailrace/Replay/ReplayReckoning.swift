internal import Core

/// How far a replay is at a moment, and how that reads.
struct ReplayReckoning: Hashable {
    /// What is known before the first record is.
    struct Span: Hashable {
        /// `nil` when only records tell.
        let from: Instant?
        /// `nil` when the end is no moment.
        let until: Instant?
    }

    /// A share of the way, and when it was seen: what is left is reckoned from there.
    struct Milestone: Hashable {
        /// In `0...1`.
        let share: Double
        let at: Duration
    }

    /// Of all runs.
    let records: Int
    let events: Int
    /// Events of this run, a second.
    let rate: Int
    /// The arrival time that the slowest shard has reached; `nil` until something tells.
    let reached: Instant?
    /// In `0...1`; `nil` when it cannot be known.
    let share: Double?
    /// Until the end; `nil` when it cannot be known.
    let left: Duration?

    /// - Parameters:
    ///   - earlier: Events of earlier runs.
    ///   - elapsed: Since this run began.
    ///   - first: The first milestone of this run; `nil` when this is it.
    init(
        _ counts: LedgerCounts, earlier: Int, shards: [ReplaySights.ShardSight], span: Span, elapsed: Duration,
        first: Milestone?
    ) {
        records = counts.recordsRead
        events = counts.eventsRead
        rate = elapsed > .zero ? Int(Double(counts.eventsRead - earlier) / elapsed.inSeconds) : 0
        reached = Self.reached(shards)
        share = Self.share(shards, reached, span)
        if let first, let share, share > first.share, elapsed > first.at {
            left = .seconds((elapsed - first.at).inSeconds * (1 - share) / (share - first.share))
        } else {
            left = nil
        }
    }

    /// Where the slowest is of those that are still read; a shard of which no page came holds the others up.
    private static func reached(_ shards: [ReplaySights.ShardSight]) -> Instant? {
        let open = shards.filter { $0.end == nil }
        guard !open.isEmpty else { return shards.compactMap(\.reached).max() }
        let reached = open.compactMap(\.reached)
        return reached.count == open.count ? reached.min() : nil
    }

    private static func share(
        _ shards: [ReplaySights.ShardSight], _ reached: Instant?, _ span: Span
    ) -> Double? {
        guard let until = span.until, !shards.isEmpty else { return nil }
        if shards.allSatisfy({ $0.end != nil }) { return 1 }
        guard let reached, let from = span.from ?? shards.compactMap(\.first).min(), from < until else { return nil }
        let share = Double(reached.milliseconds - from.milliseconds) / Double(until.milliseconds - from.milliseconds)
        return min(1, max(0, share))
    }
}

// MARK: As text

extension ReplayReckoning {
    private static let barCells = 20

    /// For a pipe.
    var line: String { words.joined(separator: ", ") }

    /// For a terminal: a bar where the share is known, and no more than fits into one line.
    func bar(columns: Int) -> String {
        var text = line
        if let share {
            let done = Int(share * Double(Self.barCells))
            let bar = String(repeating: "#", count: done) + String(repeating: "-", count: Self.barCells - done)
            text = "[\(bar)] " + text
        }
        // The last column stays free: some terminals begin a new line when it is written.
        return String(text.prefix(max(1, columns - 1)))
    }

    private var words: [String] {
        // A narrow terminal cuts off what matters least.
        var words: [String] = []
        if let share { words.append("\(Int(share * 100)) %") }
        if let left { words.append("\(Self.text(of: left)) left") }
        words += ["\(records) records", "\(events) events", "\(rate) events/s"]
        if let reached { words.append("at \(reached.inWholeSeconds)") }
        return words
    }

    /// `12s`, `3m 20s`, `2h 5m`, `3d 4h`.
    static func text(of time: Duration) -> String {
        let seconds = time.components.seconds
        return switch seconds {
        case ..<60: "\(seconds)s"
        case ..<3600: "\(seconds / 60)m \(seconds % 60)s"
        case ..<86_400: "\(seconds / 3600)h \(seconds / 60 % 60)m"
        default: "\(seconds / 86_400)d \(seconds / 3600 % 24)h"
        }
    }
}

extension Instant {
    /// `2026-11-25T16:00:00Z`
    fileprivate var inWholeSeconds: String { String(rfc3339.dropLast(5)) + "Z" }
}

extension Duration {
    fileprivate var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
