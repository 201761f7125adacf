package import Core

// What the pipeline asks of the world. It owns these protocols; `Adapters` stands behind them.

/// A Kinesis stream, read by polling.
package protocol RecordSource: Sendable {
    /// Every shard that Kinesis still lists, closed ones included.
    func shards() async throws -> [Shard]

    func openIterator(_ shard: ShardID, at position: ShardPosition) async throws -> ShardIterator

    /// One GetRecords call. A reply larger than `replyBytesMax` is not read to its end.
    func poll(_ iterator: ShardIterator, replyBytesMax: Int) async throws -> PollOutcome
}

/// The answers to a poll that are expected. Anything else is an error.
package enum PollOutcome: Sendable {
    case page(RecordPage)
    case iteratorExpired
    /// Nothing was taken; the same iterator may be polled again with more room.
    case replyTooLarge
}

/// Where log events go.
package protocol Sink: Sendable {
    var name: SinkName { get }

    /// Takes the events of one record, in record order per shard, and waits while there is no room for them.
    ///
    /// Each event is answered on `delivery.receipt`, exactly once and at any later time. Trouble that heals is waited
    /// out inside. Throws `SinkClosed` when nothing will ever be delivered again, and `CancellationError`.
    func accept(_ delivery: Delivery) async throws

    /// Does the sink's own work, if it has any, until cancelled.
    func run() async throws

    /// Sends what was accepted without waiting for more. Returns when all of it is settled, or when cancelled.
    func drain() async

    /// Makes what was accepted durable and says what to commit with the checkpoints; `nil` when there is nothing.
    func cut() async throws -> FilesCut?
}

/// The reader of what a sink wrote has gone: stop, nothing more can be delivered here.
package struct SinkClosed: Error, Sendable, CustomStringConvertible {
    package let sink: SinkName
    package let description: String

    package init(sink: SinkName, description: String) {
        self.sink = sink
        self.description = description
    }
}

/// Where records that cannot be decoded and events that a sink refused are kept.
package protocol DeadLetters: Sendable {
    /// Takes a dead letter. Its receipt is answered once it is durable.
    func keep(_ letter: DeadLetter) async throws

    func cut() async throws -> FilesCut?
}

/// What the files of one sink hold for good, at a cut between records.
package struct FilesCut: Hashable, Sendable {
    package let sink: SinkName
    /// The new length of each file that changed, in bytes, by path below the sink's directory.
    package let lengths: [String: Int]
    /// Per shard, the last record whose events are within these lengths. A sink passes over records up to it.
    package let frontier: [ShardID: SequenceNumber]

    package init(sink: SinkName, lengths: [String: Int], frontier: [ShardID: SequenceNumber]) {
        self.sink = sink
        self.lengths = lengths
        self.frontier = frontier
    }

    package var isEmpty: Bool { lengths.isEmpty && frontier.isEmpty }
}

/// One commit: saved whole or not at all.
package struct Commit: Hashable, Sendable {
    /// Only those that moved since the last commit.
    package var checkpoints: [ShardID: Checkpoint]
    package var files: [FilesCut]

    package init(checkpoints: [ShardID: Checkpoint], files: [FilesCut]) {
        self.checkpoints = checkpoints
        self.files = files
    }

    package var isEmpty: Bool { checkpoints.isEmpty && files.allSatisfy(\.isEmpty) }
}

/// What a store holds of one stream.
package struct SavedState: Hashable, Sendable {
    package var checkpoints: [ShardID: Checkpoint]
    package var files: [SinkName: FilesCut]

    package init(checkpoints: [ShardID: Checkpoint] = [:], files: [SinkName: FilesCut] = [:]) {
        self.checkpoints = checkpoints
        self.files = files
    }
}

/// Where checkpoints are kept, with the lengths of the files they belong to.
package protocol StateStore: Sendable {
    func load() async throws -> SavedState

    /// Saves all of `commit` in one transaction that is durable when this returns.
    func save(_ commit: Commit) async throws

    /// Notes files that are about to be written, before their first byte, with the length each has now.
    ///
    /// So that after a crash every file beyond its committed length is known and is cut back.
    func register(_ lengths: [String: Int], of sink: SinkName) async throws
}
