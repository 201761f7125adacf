/// One shard and all it holds.
struct EmulatedShard: Sendable {
    let number: Int
    /// `shardId-000000000000` and so on.
    let id: String
    let range: HashKeyRange
    /// `ParentShardId`, and `AdjacentParentShardId` after a merge.
    let parents: [String]
    /// Milliseconds since 1970.
    let made: Int64
    private(set) var closed: Int64?
    /// Their numbers, once it was split or merged.
    var children: [Int] = []
    var log = RecordLog()
    var reads = ReadAllowance()
    var iterators = CallAllowance()
    /// GetRecords calls that had records to give.
    var pagesAsked = 0

    init(number: Int, range: HashKeyRange, parents: [String], made: Int64) {
        self.number = number
        id = Self.id(number)
        self.range = range
        self.parents = parents
        self.made = made
    }

    static func id(_ number: Int) -> String {
        let digits = String(number)
        return idPrefix + String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
    }

    /// The number in an id; whether that shard exists is another question.
    static func number(in id: String) -> Int? {
        id.hasPrefix(idPrefix) ? Int(id.dropFirst(idPrefix.count)) : nil
    }

    private static let idPrefix = "shardId-"

    var isOpen: Bool { closed == nil }

    var sequences: SequenceNumbers { SequenceNumbers(shardMade: made, shardNumber: number) }

    /// `EndingSequenceNumber`: the largest number that the shard could have given, `nil` while it is open.
    var ending: String? { isOpen ? nil : sequences.ending(recordCount: log.count) }

    /// No record comes after.
    mutating func close(at now: Int64) { closed = now }

    /// Whether the shard took records at `time`.
    func wasOpen(at time: Int64) -> Bool { made <= time && !wasClosed(by: time) }

    func wasClosed(by time: Int64) -> Bool { closed.map { $0 <= time } ?? false }

    /// Where `TRIM_HORIZON` is, given the moment before which records are gone.
    func trimHorizon(_ horizon: Int64) -> Int { log.firstRecord(arrivedAt: horizon) }
}
