package import Core

// What the pipeline asks of the world. It owns these protocols; `Adapters` stands behind them.

/// A Kinesis stream, read by polling. Each call throws `ReadTrouble` or `CancellationError`.
package protocol RecordSource: Sendable {
    /// Every shard that Kinesis still lists, closed ones included.
    func shards() async throws -> [Shard]

    /// When the stream was created; `nil` where that is not known. Asked before each list: one that was deleted and created
    /// again in between may have shards of the same names.
    func created() async throws -> Instant?

    func openIterator(_ shard: ShardID, at position: ShardPosition) async throws -> ShardIterator

    /// One GetRecords call, for so many records at most. A reply larger than `replyBytesMax` is not read to its end.
    func poll(_ iterator: ShardIterator, recordsMax: Int, replyBytesMax: Int) async throws -> RecordPage
}

/// Why a call of reading failed: what to do about it, and in whose words to tell it.
package struct ReadTrouble: Error, Hashable, Sendable, CustomStringConvertible {
    package let fault: ReadFault
    package let description: String

    package init(_ fault: ReadFault, _ description: String) {
        self.fault = fault
        self.description = description
    }
}

/// Where log events go.
package protocol Sink: Sendable {
    var name: SinkName { get }

    /// Takes the events of some records of one shard, in record order, and waits while there is no room for them.
    ///
    /// Each event is answered on its delivery's `receipt`, exactly once and at any later time. Trouble that heals is waited
    /// out inside. Throws `SinkClosed` when nothing will ever be delivered again, and `CancellationError`.
    func accept(_ deliveries: [Delivery]) async throws

    /// Does the sink's own work, if it has any, until cancelled.
    func run() async throws

    /// Reading waits for the memory of what was accepted: a sink that waits for more events, to send many at once, should
    /// send some of what it has.
    func hasten()

    /// Sends what was accepted without waiting for more. Returns when all of it is settled, when `run` has failed, or when
    /// cancelled.
    /// What settles at a cut is left to the cut.
    func drain() async

    /// Makes what was accepted durable and says what to commit with the checkpoints; `nil` when there is nothing, or when
    /// trouble that heals keeps it from being cut now.
    ///
    /// Settles the receipts of what it cut. So every sink is cut first and the safe positions are taken after that, and
    /// a cut that could not be saved is merged with the next one: a cut tells a length once. Throws `NotDurable`.
    func cut() async throws -> FilesCut?
}

extension Sink {
    /// For sinks that keep no memory waiting.
    package func hasten() {}
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

/// The system could not make a sink's bytes durable: they may be lost, and only reading their records again is safe.
///
/// Trying again would lie: after a failed sync Linux drops the bytes and answers the next sync with success. So a cut that
/// throws this never succeeds again; the program has to start anew. https://lwn.net/Articles/752063/
package struct NotDurable: Error, Sendable, CustomStringConvertible {
    package let sink: SinkName
    package let cause: String

    package init(sink: SinkName, cause: String) {
        self.sink = sink
        self.cause = cause
    }

    package var description: String {
        "\(cause); the bytes may be lost, so start again: files are cut back and their records read again"
    }
}

/// Where records that cannot be decoded and events that a sink refused are kept.
package protocol DeadLetters: Sendable {
    /// Takes dead letters, some hundred at most. The receipt of each is answered once it is durable.
    func keep(_ letters: [DeadLetter]) async throws

    func cut() async throws -> FilesCut?
}

/// What the files of one sink hold for good, at a cut between records.
package struct FilesCut: Hashable, Sendable {
    package let sink: SinkName
    /// The new length of each file that changed, in bytes, by absolute path.
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
    /// By when all that had arrived in a shard is settled, where that is news. A shard that ended has none.
    package var currentAt: [ShardID: Instant]
    /// What the records that these checkpoints pass add to the ledger.
    package var ledger: LedgerCounts
    /// Shards whose checkpoints go, before any others are saved: their stream was deleted, or they aged out long ago.
    package var forgotten: Set<ShardID>
    /// When the stream was created, if that is news.
    package var created: Instant?
    /// By what rule records reach these sinks from now on. Their frontiers are of another rule, and go.
    package var intakes: [SinkName: String]

    package init(
        checkpoints: [ShardID: Checkpoint], files: [FilesCut], currentAt: [ShardID: Instant] = [:],
        ledger: LedgerCounts = LedgerCounts(), forgotten: Set<ShardID> = [], created: Instant? = nil,
        intakes: [SinkName: String] = [:]
    ) {
        self.checkpoints = checkpoints
        self.files = files
        self.currentAt = currentAt
        self.ledger = ledger
        self.forgotten = forgotten
        self.created = created
        self.intakes = intakes
    }

    package var isEmpty: Bool {
        checkpoints.isEmpty && files.allSatisfy(\.isEmpty) && currentAt.isEmpty && ledger == LedgerCounts()
            && forgotten.isEmpty && created == nil && intakes.isEmpty
    }
}

/// What a store holds of one stream.
package struct SavedState: Hashable, Sendable {
    package var checkpoints: [ShardID: Checkpoint]
    package var files: [SinkName: FilesCut]
    /// By when all that had arrived in a shard is settled, as far as that is known.
    package var currentAt: [ShardID: Instant]
    /// Of all records that the checkpoints passed.
    package var ledger: LedgerCounts
    /// When the stream of the checkpoints was created; `nil` when that is not known.
    package var created: Instant?
    /// By what rule the records reached each sink that its frontier is of.
    package var intakes: [SinkName: String]

    package init(
        checkpoints: [ShardID: Checkpoint] = [:], files: [SinkName: FilesCut] = [:],
        currentAt: [ShardID: Instant] = [:], ledger: LedgerCounts = LedgerCounts(), created: Instant? = nil,
        intakes: [SinkName: String] = [:]
    ) {
        self.checkpoints = checkpoints
        self.files = files
        self.currentAt = currentAt
        self.ledger = ledger
        self.created = created
        self.intakes = intakes
    }

    /// The sinks whose frontiers are ahead of a checkpoint: what they hold beyond it is read again and passed over.
    package func aheadOfCheckpoints(_ sinks: some Collection<SinkName>) -> [SinkName] {
        sinks.filter { sink in
            files[sink]?.frontier.contains { shard, sequence in
                switch checkpoints[shard] {
                case .after(let saved): saved < sequence
                case .atTime, nil: true
                case .shardEnd: false
                }
            } ?? false
        }.sorted()
    }

    /// Forgets the frontiers of these sinks.
    package mutating func forgetFrontiers(of sinks: some Collection<SinkName>) {
        for sink in sinks {
            files[sink] = files[sink].map { FilesCut(sink: sink, lengths: $0.lengths, frontier: [:]) }
        }
    }
}

/// Where checkpoints are kept, with the lengths of the files they belong to.
package protocol StateStore: Sendable {
    func load() async throws -> SavedState

    /// Saves all of `commit` in one transaction that is durable when this returns.
    ///
    /// Throws `CheckpointWouldGoBack`, and saves nothing, when a checkpoint is behind the one it has.
    func save(_ commit: Commit) async throws

    /// Notes files that are about to be written, before their first byte, with the length each has now.
    ///
    /// So that after a crash every file beyond its committed length is known and is cut back.
    func register(_ lengths: [String: Int], of sink: SinkName) async throws

    /// Forgets those files that have exactly the given length committed, and returns their paths.
    ///
    /// Such a file has nothing to cut back as long as it has that length, too.
    func forget(_ lengths: [String: Int], of sink: SinkName) async throws -> Set<String>
}

/// Saving this would have settled records read again: its caller lost its place, or two programs read one shard.
package struct CheckpointWouldGoBack: Error, Hashable, Sendable, CustomStringConvertible {
    package let shard: ShardID
    package let saved: Checkpoint
    package let refused: Checkpoint

    package init(shard: ShardID, saved: Checkpoint, refused: Checkpoint) {
        self.shard = shard
        self.saved = saved
        self.refused = refused
    }

    package var description: String {
        "the checkpoint of \(shard) would go back from \(saved.text) to \(refused.text)"
    }
}
