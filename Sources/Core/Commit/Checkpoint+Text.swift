/// How a checkpoint is written in a store and in an exported file.
///
/// A sequence number's digits, `SHARD_END`, or `AT_TIMESTAMP:` and milliseconds since 1970. The two words are those of
/// the Kinesis Client Library.
extension Checkpoint {
    package var text: String {
        switch self {
        case .after(let sequence): sequence.digits
        case .atTime(let instant): Self.timePrefix + String(instant.milliseconds)
        case .shardEnd: Self.endText
        }
    }

    /// `nil` unless `text` is exactly what `text` gives.
    package init?(text: String) {
        if text == Self.endText {
            self = .shardEnd
        } else if text.hasPrefix(Self.timePrefix) {
            let digits = text.dropFirst(Self.timePrefix.count)
            guard let milliseconds = Int64(digits), String(milliseconds) == digits else { return nil }
            self = .atTime(Instant(milliseconds: milliseconds))
        } else if let sequence = SequenceNumber(text) {
            self = .after(sequence)
        } else {
            return nil
        }
    }

    private static let endText = "SHARD_END"
    private static let timePrefix = "AT_TIMESTAMP:"
}

extension Checkpoint {
    /// Whether saving `self` over `saved` would have records read again that are settled.
    ///
    /// A shard goes from a moment to sequence numbers to its end, and never back.
    package func isBehind(_ saved: Checkpoint) -> Bool {
        switch (self, saved) {
        case (.atTime(let mine), .atTime(let other)): mine < other
        case (.after(let mine), .after(let other)): mine < other
        case (.shardEnd, _), (.after, .atTime): false
        case (.atTime, .after), (.atTime, .shardEnd), (.after, .shardEnd): true
        }
    }
}
