import Core

/// The two tasks of one shard, as `Pipeline.ShardConsumer` runs them: one reads pages, the other dispatches their records.
final class Reading {
    enum End {
        case ofShard, vanished
    }

    /// What the first task does next.
    enum ReadStep {
        case begin
        case wait(until: Int)
        case opened(Result<ShardIterator, ReadFault>, asked: Moment)
        case polled(Result<RecordPage, ReadFault>, asked: Moment)
        case listed(Result<Shard?, ReadFault>)
        /// Until the second task takes it.
        case handing(RecordPage)
        case handedOver
        case over(End)
        /// Until the end of the shard is saved.
        case awaitEnd(until: Int)
        /// Never again.
        case stopped
    }

    /// What the second task does next.
    enum DispatchStep {
        case idle
        case record(Int, of: RecordPage)
        /// Gives this sink its deliveries from this one on.
        case flush(sink: Int, from: Int, then: AfterFlush)
        case bury(Settlement, next: Int, of: RecordPage)
    }

    enum AfterFlush {
        case idle
        case record(Int, of: RecordPage)
        case bury(Settlement, next: Int, of: RecordPage)
    }

    let number: Int
    let shard: ShardID
    let start: ShardPosition
    let progress: Progress
    /// By when everything that had arrived was read, as far as was known when this began.
    let currentAt: Instant?
    var reader: ShardReader
    var read = ReadStep.begin
    var dispatch = DispatchStep.idle
    var children: [Shard] = []
    /// By sink.
    var waiting: [[Delivery]]
    /// The place in the shard of the next record to be handed over; `nil` before the first one.
    var nextPlace: Int?
    /// How many iterators were asked for.
    var opens = 0

    init(
        number: Int, shard: ShardID, from start: ShardPosition, currentAt: Instant?, reader: ShardReader, sinks: Int
    ) {
        self.currentAt = currentAt
        self.number = number
        self.shard = shard
        self.start = start
        self.reader = reader
        progress = Progress(shard: shard, reading: number)
        waiting = Array(repeating: [], count: sinks)
    }

    var isDispatched: Bool {
        if case .idle = dispatch { true } else { false }
    }
}

/// A shard that a list lacked and another one shows: it is given out again, while what was read of it may be on its way
/// into the store. It waits for that, since it would be read, counted and saved twice, or end and go back.
struct Rereading {
    let start: ShardTree.Start
    let together: Int
}

/// A shard of which nothing is left to read: only its end is saved.
struct Ending {
    let shard: ShardID
    var call: SaveCall?
    var retry = 0
    var failures = 0
}

/// A transaction on its way: sent, then answered.
enum SaveCall {
    case sent(Save)
    case answered(Save, isSaved: Bool)
}
