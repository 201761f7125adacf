import Core

/// One run of the program: all of it is lost in a crash.
final class Daemon {
    /// What the task does that starts readings, as `Pipeline.StreamConsumer.readAll` does it.
    enum MainStep {
        case list
        case pause(until: Int)
        case take([Shard], created: Instant?, asked: Moment)
        case save(SaveCall, then: AfterSave)
        case start
        case wait
        /// The run ends: nothing is read any more, what is settled is committed once more.
        case over
    }

    enum AfterSave {
        case begin(ShardTree.Listing)
        case began(ShardTree.Listing)
        case forgot([ShardID])
        case listed
    }

    enum Occasion {
        /// Its end is saved.
        case ended(ShardID, children: [Shard])
        case vanished(ShardID)
    }

    enum CommitStep {
        case sleep(until: Int)
        /// The files, then the dead letters.
        case cutFiles, cutLetters
        case take
        case save(SaveCall)
    }

    var tree: ShardTree
    var main = MainStep.list
    var relisting: Int
    var occasions: [Occasion] = []
    var readings: [Reading] = []
    var rereadings: [Rereading] = []
    var endings: [Ending] = []
    /// Of every reading of this run.
    var progresses: [Progress] = []

    // The committer's.
    var followed: [Progress] = []
    var saved: [ShardID: Checkpoint]
    var current: [ShardID: Instant]
    var savedLedger: LedgerCounts
    var unsaved = Save()
    var commit: CommitStep
    var commitFailures = 0
    /// When the transaction that a commit sent has come to the store, or its answer back.
    var commitDue = 0
    var listFailures = 0

    /// The running ledger, how it began and how many records this run has read.
    var ledger: LedgerCounts
    let ledgerAtStart: LedgerCounts
    var recordsRead = 0

    var logGroup = LogGroupQueue()
    var files: FileOutlet
    var letters: LetterOutlet

    /// When the stream was created, as it was asked for with the last list.
    var created: Instant?
    var savedCreation: Instant?

    init(_ store: Store, tree: ShardTree, created: Instant?, sabotage: Sabotage?, now: Int) {
        self.tree = tree
        self.created = created
        savedCreation = store.created
        saved = store.checkpoints
        current = store.current
        savedLedger = store.ledger
        ledger = store.ledger
        if sabotage == .resumesTheLedgerTwice { ledger += store.ledger }
        ledgerAtStart = store.ledger
        files = FileOutlet(
            length: store.fileLength, frontier: sabotage == .forgetsTheFrontier ? [:] : store.frontier)
        letters = LetterOutlet(length: store.letterLength)
        relisting = now + Self.relistInterval
        commit = .sleep(until: now)
    }

    /// As `Pipeline` has it. Milliseconds.
    static let relistInterval = 30_000
    static let commitBackoff = Backoff(first: .milliseconds(200), ceiling: .seconds(30))

    var isOver: Bool {
        if case .over = main { true } else { false }
    }

    func follow(_ progress: Progress) {
        unfollow(progress.shard)
        followed.append(progress)
        progresses.append(progress)
    }

    func unfollow(_ shard: ShardID) { followed.removeAll { $0.shard == shard } }
}
