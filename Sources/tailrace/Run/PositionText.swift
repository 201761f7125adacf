internal import Core
internal import Settings

/// A checkpoint as people say it: what `checkpoints list` shows and `checkpoints set` takes.
enum PositionText {
    static let shardEnd = "SHARD_END"
    static let trimHorizon = "trim-horizon"
    static let allowed = """
        a sequence number (digits; reading resumes after it), \(shardEnd), \(trimHorizon), or a time such as \
        \(InstantText.example)
        """

    /// The moment before everything that a stream can hold. Kinesis reads from such a moment as from TRIM_HORIZON.
    ///
    /// Kept as a moment rather than as no checkpoint at all, since a stream without any checkpoint counts as never seen and
    /// would begin wherever the settings say.
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html
    static let beginning = Checkpoint.atTime(Instant(milliseconds: 0))

    static func text(_ checkpoint: Checkpoint) -> String {
        switch checkpoint {
        case beginning: trimHorizon
        case .after(let sequence): sequence.digits
        case .atTime(let instant): instant.rfc3339
        case .shardEnd: shardEnd
        }
    }

    /// `now` because Kinesis refuses to begin at a time to come.
    static func checkpoint(_ text: String, now: Instant) throws(CommandFailure) -> Checkpoint {
        switch text {
        case shardEnd: return .shardEnd
        case trimHorizon: return beginning
        default: break
        }
        if let sequence = SequenceNumber(text) { return .after(sequence) }
        guard let instant = InstantText.parse(text) else {
            throw CommandFailure(.usage, "'\(text)' is no position of a shard; allowed: \(allowed)")
        }
        guard instant <= now else {
            throw CommandFailure(.usage, "'\(text)' is still to come: Kinesis reads from times that are past")
        }
        return .atTime(instant)
    }

    static func shard(_ text: String) throws(CommandFailure) -> ShardID {
        guard let shard = ShardID(text) else {
            throw CommandFailure(
                .usage,
                "'\(text)' is no shard; allowed: a name like shardId-000000000000, 1 to 128 letters, digits and _ . -")
        }
        return shard
    }
}
