import Core

/// A record as the world knows it, which is more than its readers do.
struct StreamRecord {
    /// What becomes of it when it is decoded and routed.
    enum Kind {
        /// Control messages only.
        case control
        /// Events that no route takes.
        case filtered(events: Int)
        case undecodable
        /// Events for these sinks, ascending, at least one each.
        case data([Share])
    }

    struct Share {
        let sink: Int
        let events: Int
        /// How many of these the sink refuses, whenever it is asked.
        let refused: Int
    }

    /// The index in `KinesisStream.shards`.
    let shard: Int
    /// The index in its shard.
    let place: Int
    /// By which it comes to its shard, and whose records are to stay in order: a log stream.
    let key: Int
    let sequence: SequenceNumber
    let arrival: Int
    let kind: Kind
}

extension StreamRecord.Kind: CustomStringConvertible {
    var description: String {
        switch self {
        case .control: "control"
        case .filtered(let events): "\(events) filtered"
        case .undecodable: "undecodable"
        case .data(let shares):
            shares.map {
                "\($0.events) to \(Outlet.names[$0.sink])" + ($0.refused > 0 ? " refusing \($0.refused)" : "")
            }
            .joined(separator: ", ")
        }
    }
}

/// A shard as Kinesis keeps it.
struct StreamShard {
    let id: ShardID
    /// The indices in `KinesisStream.shards`.
    let parents: [Int]
    var children: [Int] = []
    /// Which of `KinesisStream.slots` hash keys are its.
    let slots: Range<Int>
    let made: Int
    let sequences: Sequences
    let starting: SequenceNumber
    var closed: Int?
    var ending: SequenceNumber?
    /// The indices in `KinesisStream.records`, in order.
    var records: [Int] = []
    /// The place of the oldest record that has not expired.
    var oldest = 0

    init(number: Int, name: Int, parents: [Int], slots: Range<Int>, made: Int) {
        guard let id = ShardID("shardId-" + Sequences.padded(name, 12)) else { preconditionFailure("a name by rule") }
        self.id = id
        self.parents = parents
        self.slots = slots
        self.made = made
        sequences = Sequences(made: made, shard: number)
        starting = sequences.starting
    }
}
