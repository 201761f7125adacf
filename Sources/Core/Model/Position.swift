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
    /// The shard was read to its end and all of it is settled. Written `SHARD_END` outside.
    case shardEnd
}
