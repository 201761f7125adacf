import Core

/// A stream as Kinesis keeps it, by the rules that AWS documents. Times are in milliseconds since 1970, by Kinesis's clock.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/Welcome.html
struct KinesisStream {
    /// How many hash keys there are, and how many log streams.
    static let slots = 16
    static let keys = 6
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html
    static let iteratorLife = 300_000

    struct Iterator {
        /// Index in `shards`.
        let shard: Int
        /// Of the next record.
        let place: Int
        let given: Int
    }

    let retention: Int?
    let refusesExpired: Bool
    /// Of all streams that had this name, one after the other.
    var shards: [StreamShard] = []
    /// In the order they were put.
    private(set) var records: [StreamRecord] = []
    var iterators: [Iterator] = []
    /// The shards of the present stream.
    private(set) var numbers: [ShardID: Int] = [:]
    private(set) var recordNumbers: [SequenceNumber: Int] = [:]
    /// The first shard of the present stream.
    private(set) var firstShard = 0
    private(set) var created: Int

    init(retention: Int?, refusesExpired: Bool, shards count: Int, at now: Int) {
        self.retention = retention
        self.refusesExpired = refusesExpired
        created = now
        makeFirstShards(count, at: now)
    }

    /// Deletes the stream and creates another one under its name.
    mutating func recreate(shards count: Int, at now: Int) {
        firstShard = shards.count
        numbers = [:]
        created = now
        makeFirstShards(count, at: now)
    }

    private mutating func makeFirstShards(_ count: Int, at now: Int) {
        for index in 0..<count {
            make(parents: [], slots: Self.slots * index / count..<Self.slots * (index + 1) / count, at: now)
        }
    }

    mutating func make(parents: [Int], slots: Range<Int>, at now: Int) {
        let number = shards.count
        let shard = StreamShard(number: number, name: number - firstShard, parents: parents, slots: slots, made: now)
        numbers[shard.id] = number
        shards.append(shard)
        for parent in parents { shards[parent].children.append(number) }
    }

    /// Puts a record of a log stream into the shard that takes it.
    mutating func put(key: Int, _ kind: StreamRecord.Kind, at now: Int) {
        let slot = key * 5 % Self.slots
        guard let shard = openShards.first(where: { shards[$0].slots.contains(slot) }) else {
            preconditionFailure("every hash key has an open shard")
        }
        let place = shards[shard].records.count
        let record = StreamRecord(
            shard: shard, place: place, key: key, sequence: shards[shard].sequences.ofRecord(place), arrival: now,
            kind: kind)
        recordNumbers[record.sequence] = records.count
        shards[shard].records.append(records.count)
        records.append(record)
    }

    /// Of the present stream, in no order that matters.
    var openShards: [Int] { (firstShard..<shards.count).filter { shards[$0].closed == nil } }

    /// Closed for longer than the stream keeps records: not listed, not known.
    func isGone(_ shard: Int, at now: Int) -> Bool {
        guard shard >= firstShard else { return true }
        guard let retention, let closed = shards[shard].closed else { return false }
        return closed + retention < now
    }

    func isExpired(_ record: Int, at now: Int) -> Bool {
        let record = records[record]
        guard !isGone(record.shard, at: now) else { return true }
        return retention.map { record.arrival + $0 < now } ?? false
    }

    mutating func expire(_ shard: Int, at now: Int) {
        guard let retention else { return }
        let kept = shards[shard].records
        while shards[shard].oldest < kept.count, records[kept[shards[shard].oldest]].arrival + retention < now {
            shards[shard].oldest += 1
        }
    }
}
