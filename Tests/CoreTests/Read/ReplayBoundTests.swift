import Core
import Testing

/// A page of a shard with this bound, and what it says of the end.
struct BoundCase: Sendable, CustomTestStringConvertible {
    let bound: ReplayBound
    let page: RecordPage
    var isClosed = false
    var now: Int64 = 60_000
    let verdict: ReplayBound.Verdict

    /// Records as sequence number and arrival.
    init(
        _ bound: ReplayBound, _ records: [(Int, Int64)], behind: Duration?, isLast: Bool = false,
        isClosed: Bool = false,
        now: Int64 = 60_000, _ verdict: ReplayBound.Verdict
    ) {
        self.bound = bound
        page = RecordPage(
            bytes: [],
            records: records.map {
                Record(sequence: sequenceNumber($0), arrival: Instant(milliseconds: $1), payload: 0..<0)
            },
            next: isLast ? nil : ShardIterator("next"), behindLatest: behind, children: [])
        self.isClosed = isClosed
        self.now = now
        self.verdict = verdict
    }

    var testDescription: String {
        "\(bound.text), \(page.records.map(\.sequence)), behind \(page.behindLatest.map { "\($0)" } ?? "?")"
            + "\(page.next == nil ? ", last" : "")\(isClosed ? ", closed" : "")"
    }
}

@Suite struct ReplayBoundTests {
    private static let time = ReplayBound.time(Instant(milliseconds: 10_000))
    private static let record = ReplayBound.record(sequenceNumber(100))

    @Test(arguments: [
        (time, 5, Int64(9_999), true), (time, 5, 10_000, true), (time, 5, 10_001, false),
        (record, 99, 50_000, true), (record, 100, 50_000, true), (record, 101, 0, false),
        // Longer digits are a larger number, whatever they begin with.
        (record, 9, 0, true), (record, 1_000, 0, false),
        (.shardEnd, 101, 99_999, true), (.nothing, 0, 0, false),
    ])
    func aRecordIsJudgedByItself(bound: ReplayBound, number: Int, arrival: Int64, isIncluded: Bool) {
        let record = Record(
            sequence: sequenceNumber(number), arrival: Instant(milliseconds: arrival), payload: 0..<0)
        #expect(bound.includes(record) == isIncluded)
    }

    @Test(arguments: [(time, true), (record, true), (.nothing, false)])
    func aRecordOfUnknownArrivalCountsByItsNumber(bound: ReplayBound, isIncluded: Bool) {
        #expect(bound.includes(Record(sequence: sequenceNumber(7), arrival: nil, payload: 0..<0)) == isIncluded)
    }

    /// Row 15 of what other consumers get wrong: an empty page with lag taken as the end.
    @Test(arguments: [
        BoundCase(time, [], behind: .seconds(55), .goesOn),
        BoundCase(time, [], behind: .seconds(45), .reached),
        BoundCase(record, [], behind: .milliseconds(1), .goesOn),
        BoundCase(.shardEnd, [], behind: .milliseconds(1), .goesOn),
    ])
    func anEmptyPageIsNotTheEndWhileItIsBehind(page: BoundCase) { expect(page) }

    @Test(arguments: [
        // By time.
        BoundCase(time, [(1, 10_001)], behind: .seconds(55), .goesOn),
        BoundCase(time, [], behind: .zero, now: 9_000, .goesOn),
        BoundCase(time, [], behind: .zero, now: 10_000, .goesOn),
        BoundCase(time, [], behind: .zero, now: 10_001, .reached),
        BoundCase(time, [(1, 10_001)], behind: nil, .reached),
        BoundCase(time, [(1, 10_000)], behind: nil, .goesOn),
        BoundCase(time, [], behind: nil, .goesOn),
        // By record.
        BoundCase(record, [(99, 1), (100, 2)], behind: .seconds(9), .reached),
        BoundCase(record, [(101, 1)], behind: .seconds(9), .reached),
        BoundCase(record, [(99, 1)], behind: .seconds(9), .goesOn),
        BoundCase(record, [(99, 1)], behind: .zero, .beyondTheTip),
        BoundCase(record, [(100, 1)], behind: .zero, .reached),
        BoundCase(record, [], behind: .zero, .beyondTheTip),
        BoundCase(record, [], behind: nil, .goesOn),
        BoundCase(record, [(100, 1)], behind: nil, .reached),
        // By the shard's end.
        BoundCase(.shardEnd, [(1, 1)], behind: .seconds(9), .goesOn),
        BoundCase(.shardEnd, [], behind: .zero, .beyondTheTip),
        BoundCase(.shardEnd, [], behind: nil, .goesOn),
        BoundCase(.nothing, [(1, 1)], behind: .seconds(9), .reached),
    ])
    func aPageOfAnOpenShard(page: BoundCase) { expect(page) }

    /// Its last page comes, and what descends from it may hold what is wanted.
    @Test(arguments: [
        BoundCase(time, [(1, 5)], behind: .zero, isClosed: true, .goesOn),
        BoundCase(time, [], behind: .zero, isClosed: true, .goesOn),
        BoundCase(time, [], behind: .seconds(45), isClosed: true, .reached),
        BoundCase(record, [(99, 1)], behind: .zero, isClosed: true, .goesOn),
        BoundCase(record, [(100, 1)], behind: .zero, isClosed: true, .reached),
        BoundCase(.shardEnd, [], behind: .zero, isClosed: true, .goesOn),
    ])
    func theTipOfAClosedShardDecidesNothing(page: BoundCase) { expect(page) }

    /// The reader knows whether a page without a next iterator is the end.
    @Test(arguments: [time, record, .shardEnd])
    func theLastPageIsLeftToTheReader(bound: ReplayBound) {
        for isClosed in [false, true] {
            expect(BoundCase(bound, [(500, 99_000)], behind: .zero, isLast: true, isClosed: isClosed, .goesOn))
        }
    }

    private func expect(_ page: BoundCase) {
        let shard = Shard(id: shardID(1), parents: [], endingSequence: page.isClosed ? sequenceNumber(900) : nil)
        let verdict = page.bound.verdict(on: page.page, of: shard, now: Instant(milliseconds: page.now))
        #expect(verdict == page.verdict)
    }

    @Test(
        arguments: [
            (record, .after(sequenceNumber(99)), false), (record, .after(sequenceNumber(100)), true),
            (record, .at(sequenceNumber(100)), false), (record, .at(sequenceNumber(101)), true),
            (record, .trimHorizon, false), (record, .latest, false), (record, .atTime(Instant(milliseconds: 1)), false),
            (time, .atTime(Instant(milliseconds: 10_000)), false), (time, .atTime(Instant(milliseconds: 10_001)), true),
            (time, .after(sequenceNumber(999)), false), (time, .latest, false),
            (.shardEnd, .after(sequenceNumber(999)), false), (.nothing, .trimHorizon, true),
        ] as [(ReplayBound, ShardPosition, Bool)])
    func aPositionPastTheBoundIsTheEnd(bound: ReplayBound, position: ShardPosition, isReached: Bool) {
        #expect(bound.isReached(at: position) == isReached)
    }

    @Test func checkpointsBoundTheirOwnShardsAndNothingOfOthers() {
        let bounds = ReplayBounds(upTo: [
            shardID(1): .after(sequenceNumber(7)), shardID(2): .shardEnd,
            shardID(3): .atTime(Instant(milliseconds: 500)),
        ])
        #expect(bounds[shardID(1)] == .record(sequenceNumber(7)))
        #expect(bounds[shardID(2)] == .shardEnd)
        #expect(bounds[shardID(3)] == .time(Instant(milliseconds: 499)), "it resumes at that moment")
        #expect(bounds[shardID(4)] == .nothing)
    }

    @Test(arguments: [
        (time, "UNTIL:10000"), (.time(Instant(milliseconds: -1)), "UNTIL:-1"), (record, "100"),
        (.shardEnd, "SHARD_END"), (.nothing, "NOTHING"),
    ])
    func isWrittenAndRead(bound: ReplayBound, text: String) {
        #expect(bound.text == text)
        #expect(ReplayBound(text: text) == bound)
    }

    @Test(arguments: ["", "UNTIL:", "UNTIL:+5", "UNTIL:05", "007", "nothing", "shard_end", "AT_TIMESTAMP:5"])
    func nothingIsGuessed(text: String) { #expect(ReplayBound(text: text) == nil) }
}
