import Core
import Testing

@Suite struct ReplayBoundTests {
    private let bound = ReplayBound(until: Instant(milliseconds: 10_000))

    private func page(_ arrivals: [Int64], behind: Duration?, next: Bool = true) throws -> RecordPage {
        let records = try arrivals.map {
            Record(
                sequence: try #require(SequenceNumber("1")), arrival: Instant(milliseconds: $0), payload: 0..<0)
        }
        return RecordPage(
            bytes: [], records: records, next: next ? ShardIterator("next") : nil, behindLatest: behind, children: [])
    }

    @Test(arguments: [(Int64(9_999), true), (10_000, true), (10_001, false)])
    func includesTheMomentItself(arrival: Int64, isIncluded: Bool) throws {
        #expect(bound.includes(try page([arrival], behind: nil).records[0]) == isIncluded)
    }

    @Test func anEmptyPageIsNotTheEndWhileItIsBehind() throws {
        let now = Instant(milliseconds: 60_000)
        #expect(!bound.isReached(by: try page([], behind: .seconds(55)), now: now))
        #expect(bound.isReached(by: try page([], behind: .seconds(45)), now: now))
    }

    @Test func aRecordThatCameEarlyPastTheBoundIsNotTheEnd() throws {
        #expect(!bound.isReached(by: try page([10_001], behind: .seconds(55)), now: Instant(milliseconds: 60_000)))
    }

    @Test func theTipIsNotTheEndBeforeTheBoundHasPassed() throws {
        #expect(!bound.isReached(by: try page([], behind: .zero), now: Instant(milliseconds: 9_000)))
        #expect(bound.isReached(by: try page([], behind: .zero), now: Instant(milliseconds: 10_001)))
    }

    @Test func theShardsLastPageIsTheEnd() throws {
        #expect(bound.isReached(by: try page([5], behind: .seconds(99), next: false), now: Instant(milliseconds: 0)))
    }
}
