import Core

/// The sinks, by index.
enum Outlet {
    /// Delivers each log stream in order, and all of them in any order. Events may be refused.
    static let logGroup = 0
    /// Settles at a cut, and holds each record once.
    static let files = 1
    /// Settles at once.
    static let stdout = 2

    static let names: [SinkName] = ["central", "archive", "console"].map { text in
        guard let name = SinkName(text) else { preconditionFailure("a name by rule") }
        return name
    }
}

/// What a log group sink has accepted and not settled, by log stream.
struct LogGroupQueue {
    static let recordsMax = 6

    private(set) var queues: [[Delivery]] = Array(repeating: [], count: KinesisStream.keys)
    private(set) var count = 0

    mutating func append(_ delivery: Delivery) {
        queues[delivery.key].append(delivery)
        count += 1
    }

    mutating func removeFirst(of key: Int) {
        queues[key].removeFirst()
        count -= 1
    }

    /// The log streams that have something to send.
    var keys: [Int] { queues.indices.filter { !queues[$0].isEmpty } }
}

/// What a files sink owes and knows, as `Adapters.CommittedFiles` does.
struct FileOutlet {
    var owed: [Delivery] = []
    /// Per shard, the last record that was appended, and the last that a cut has told.
    var appended: [ShardID: SequenceNumber]
    var told: [ShardID: SequenceNumber]
    /// The length at the last cut.
    var length: Int

    init(length: Int, frontier: [ShardID: SequenceNumber]) {
        self.length = length
        appended = frontier
        told = frontier
    }
}

/// What is owed for dead letters that are written and not cut: of whole records, and of refused events.
struct LetterOutlet {
    var records: [Settlement] = []
    var events: [Delivery] = []
    /// The length at the last cut.
    var length: Int
}

/// What is on the disk, in one file of a sink and in one of dead letters: it survives a crash up to some point.
struct Disk {
    /// Numbers of records.
    var file: [Int] = []
    var letters: [Int] = []
    /// What is durable whatever happens.
    var durableFile = 0
    var durableLetters = 0
}
