import Core
import Testing

/// A reader and what is told to it, step by step, at a time that stands still but for its waits.
struct ReaderScript {
    static let start = Moment(uptime: .seconds(1000), time: Instant(milliseconds: 1_763_632_800_000), jitter: 0)

    let pace: ReadPace
    let shard: Shard
    var reader: ShardReader
    private(set) var now = Self.start
    private(set) var action: ShardReader.Action
    private(set) var gaps: [ReadGap] = []
    /// The records of the last page.
    private(set) var handedOver: [Record] = []

    init(
        from position: ShardPosition = .trimHorizon, ending: String? = nil, currentAt: Instant? = nil,
        retention: Duration? = .seconds(86400), pace: ReadPace = ReadPace()
    ) throws {
        self.pace = pace
        shard = Shard(
            id: try #require(ShardID("shardId-000000000000")), parents: [],
            endingSequence: ending.flatMap(SequenceNumber.init))
        reader = ShardReader(
            shard, from: position, currentAt: currentAt, retention: retention, pace: pace, at: now)
        action = reader.action(at: now)
    }

    mutating func pass(_ duration: Duration) {
        now = Moment(uptime: now.uptime + duration, time: now.time.earlier(by: .zero - duration), jitter: 0)
        if case .wait = action { action = reader.action(at: now) }
    }

    /// Waits as long as the reader asks for.
    mutating func waitItOut() {
        while case .wait(let duration) = action { pass(duration) }
    }

    mutating func open() {
        waitItOut()
        action = reader.opened(ShardIterator("fresh"), asked: now)
    }

    /// Which records of a page are handed over.
    mutating func handsOver(_ sequences: [String]) -> [String] {
        page(sequences)
        return handedOver.map(\.sequence.digits)
    }

    /// A page comes and is handed over.
    mutating func page(
        _ sequences: [String], next: String? = "next", behind: Duration? = .seconds(5), arrival: Instant? = nil,
        bytes: Int = 0, children: [Shard] = []
    ) {
        waitItOut()
        let records = sequences.compactMap(SequenceNumber.init).map {
            Record(sequence: $0, arrival: arrival, payload: 0..<bytes)
        }
        let page = RecordPage(
            bytes: [UInt8](repeating: 0, count: bytes), records: records, next: next.map(ShardIterator.init),
            behindLatest: behind, children: children)
        guard case .handOver(let handed, let gap) = reader.polled(page, asked: now) else {
            Issue.record("the page is not handed over")
            return
        }
        handedOver = handed.records
        if let gap { gaps.append(gap) }
        action = reader.handedOver(at: now)
    }

    /// Answers how long the reader waits for it, `nil` when not at all.
    @discardableResult
    mutating func fail(_ fault: ReadFault) -> Duration? {
        waitItOut()
        action = reader.failed(fault, at: now)
        return opens() == nil ? waits() : nil
    }

    mutating func listed(_ shard: Shard?) {
        waitItOut()
        guard asksForTheList else {
            Issue.record("the list is not asked for")
            return
        }
        action = reader.listed(shard, at: now)
    }

    func waits() -> Duration? {
        if case .wait(let duration) = action { duration } else { nil }
    }

    func polls() -> ShardIterator? {
        if case .poll(let iterator, _, _) = action { iterator } else { nil }
    }

    func room() -> Int? {
        if case .poll(_, _, let bytes) = action { bytes } else { nil }
    }

    func recordsAtMost() -> Int? {
        if case .poll(_, let records, _) = action { records } else { nil }
    }

    func opens() -> ShardPosition? {
        if case .openIterator(let position) = action { position } else { nil }
    }

    var isEnded: Bool {
        if case .end = action { true } else { false }
    }

    var gapAtTheEnd: ReadGap? {
        if case .end(let gap) = action { gap } else { nil }
    }

    var asksForTheList: Bool {
        if case .relist = action { true } else { false }
    }

    var vanished: ReadGap? {
        if case .vanished(let gap) = action { gap } else { nil }
    }

    var state: ShardHealth.State { reader.health(at: now).state }
    var behindLatest: Duration? { reader.health(at: now).behindLatest }
}
