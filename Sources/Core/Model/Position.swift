/// Where to begin in a shard.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html
package enum ShardPosition: Hashable, Sendable {
    case trimHorizon
    case latest
    case at(SequenceNumber)
    case after(SequenceNumber)
    case atTime(Instant)
}

/// What is saved for a shard: "resume after this".
package enum Checkpoint: Hashable, Sendable {
    case after(SequenceNumber)
    /// Nothing of the shard is settled yet; resume at this moment. Written `AT_TIMESTAMP:` and milliseconds.
    case atTime(Instant)
    /// The shard was read to its end and all of it is settled. Written `SHARD_END` outside.
    case shardEnd
}

extension Checkpoint {
    /// Where reading goes on; `nil` when there is nothing left to read.
    package var resumption: ShardPosition? {
        switch self {
        case .after(let sequence): .after(sequence)
        case .atTime(let instant): .atTime(instant)
        case .shardEnd: nil
        }
    }
}

extension ShardPosition: CustomStringConvertible {
    package var description: String {
        switch self {
        case .trimHorizon: "trim-horizon"
        case .latest: "latest"
        case .at(let sequence): "at \(sequence)"
        case .after(let sequence): "after \(sequence)"
        case .atTime(let instant): "at \(instant.rfc3339)"
        }
    }
}
