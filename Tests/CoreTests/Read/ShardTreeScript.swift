import Core
import Testing

/// Plays a shard tree by hand. Shards go by their numbers, and answers are lines.
struct ShardTreeScript {
    var tree: ShardTree
    var now = Instant(milliseconds: 1_763_632_800_000)

    init(
        saved: [Int: Checkpoint] = [:], start: ShardPosition = .trimHorizon, scope: ShardTree.Scope = .all,
        created: Instant? = nil, acceptsRecreated: Bool = false
    ) {
        tree = ShardTree(
            saved: Self.byID(saved), start: start, scope: scope, created: created, acceptsRecreated: acceptsRecreated)
    }

    /// Lists, saves what `start` means, and takes what is ready.
    mutating func list(_ shards: [Shard], created: Instant? = nil) throws -> [String] {
        tree.saved(try tree.listed(shards, created: created, now: now).beginning)
        return take()
    }

    mutating func take() -> [String] {
        tree.takeReady().map { start in
            switch start {
            case .read(let shard, let position): "\(Self.number(shard)) \(position)"
            case .end(let shard): "\(Self.number(shard)) end"
            }
        }
    }

    /// Commits the end of a shard and takes what is ready after it.
    mutating func end(_ number: Int) -> [String] {
        tree.ended(shardID(number))
        return take()
    }

    mutating func save(_ number: Int, _ checkpoint: Checkpoint) { tree.saved([shardID(number): checkpoint]) }

    mutating func discover(_ shards: Shard...) -> [String] {
        tree.discovered(shards, now: now)
        return take()
    }

    mutating func pass(_ duration: Duration) { now = now.earlier(by: .zero - duration) }

    /// Longer than any list lags.
    mutating func passLongTime() { pass(ShardTree.listLagMax + .seconds(1)) }

    func stage(_ number: Int) -> ShardTree.Status.Stage? { tree.status(of: shardID(number))?.stage }

    var forgettable: [Int] { tree.forgettable.map(Self.number) }

    private static func byID(_ checkpoints: [Int: Checkpoint]) -> [ShardID: Checkpoint] {
        Dictionary(uniqueKeysWithValues: checkpoints.map { (shardID($0), $1) })
    }

    static func number(_ shard: ShardID) -> Int { Int(shard.name.split(separator: "-")[1]) ?? -1 }
}

extension ShardTree {
    /// At a time when both clocks say the same.
    mutating func listed(
        _ shards: [Shard], created: Instant? = nil, now: Instant
    ) throws(RecreatedStream) -> Listing {
        try listed(shards, created: created, now: .both(now))
    }

    mutating func discovered(_ children: [Shard], now: Instant) { discovered(children, now: .both(now)) }
}

extension Moment {
    fileprivate static func both(_ time: Instant) -> Moment {
        Moment(uptime: .milliseconds(time.milliseconds), time: time, jitter: 0)
    }
}

/// `shardId-000000000007` for 7.
func shardID(_ number: Int) -> ShardID {
    let digits = String(number)
    guard let id = ShardID("shardId-" + String(repeating: "0", count: 12 - digits.utf8.count) + digits) else {
        preconditionFailure("a number makes a name")
    }
    return id
}

func sequenceNumber(_ number: Int) -> SequenceNumber {
    guard let sequence = SequenceNumber("\(number)") else { preconditionFailure("a number is one") }
    return sequence
}

extension Shard {
    /// An open shard whose records begin at `starting`, which is a hundred times its number.
    static func open(_ number: Int, of parents: [Int] = [], from starting: Int? = nil) -> Shard {
        Shard(
            id: shardID(number), parents: parents.map(shardID),
            startingSequence: sequenceNumber(starting ?? number * 100))
    }

    /// A closed shard whose hundred sequence numbers begin with a hundred times its number.
    static func closed(_ number: Int, of parents: [Int] = []) -> Shard {
        Shard(
            id: shardID(number), parents: parents.map(shardID), startingSequence: sequenceNumber(number * 100),
            endingSequence: sequenceNumber(number * 100 + 99))
    }

    /// A shard as a parent's last page names it.
    static func child(_ number: Int, of parents: [Int]) -> Shard {
        Shard(id: shardID(number), parents: parents.map(shardID))
    }
}

extension Checkpoint {
    static func settled(_ number: Int) -> Checkpoint { .after(sequenceNumber(number)) }
}
