import Testing

@testable import Core

@Suite struct CurrentMomentTests {
    private func instant(_ seconds: Int64) -> Instant { Instant(milliseconds: seconds * 1000) }

    @Test func aShardWithoutRecordsIsCurrent() {
        var moment = CurrentMoment()
        #expect(moment.settled == nil)
        moment.read(nil, at: instant(5))
        moment.read(nil, at: instant(6))
        #expect(moment.settled == instant(6))
    }

    @Test func whatIsReadCountsOnceItIsSettled() {
        var moment = CurrentMoment()
        moment.read(nil, at: instant(1))
        moment.read(.test(10), at: instant(2))
        moment.read(.test(20), at: instant(3))
        moment.settled(upTo: nil)
        #expect(moment.settled == instant(1))
        moment.settled(upTo: .test(19))
        #expect(moment.settled == instant(2))
        moment.settled(upTo: .test(20))
        #expect(moment.settled == instant(3))
    }

    /// A quiet shard grows no older than its last poll, whatever its last record's age.
    @Test func anEmptyPageMakesTheRecordsBeforeItCurrent() {
        var moment = CurrentMoment()
        moment.read(.test(10), at: instant(1))
        moment.read(nil, at: instant(500))
        moment.settled(upTo: .test(9))
        #expect(moment.settled == nil)
        moment.settled(upTo: .test(10))
        #expect(moment.settled == instant(500))
        moment.read(nil, at: instant(600))
        moment.settled(upTo: .test(10))
        #expect(moment.settled == instant(600))
    }

    /// However many pages one open record holds up: memory is bounded, and no moment comes before its records.
    @Test func manyOpenPagesCountAsOne() {
        var moment = CurrentMoment()
        for page in 1...1000 { moment.read(.test(page), at: instant(Int64(page))) }
        for safe in 1...999 {
            moment.settled(upTo: .test(safe))
            #expect(moment.settled.map { $0 <= instant(Int64(safe)) } ?? true)
        }
        moment.settled(upTo: .test(1000))
        #expect(moment.settled == instant(1000))
    }

    /// The wall clock was set back: what it says now is what a restart will compare with.
    @Test func theClockThatIsRightNowDecides() {
        var moment = CurrentMoment()
        moment.read(nil, at: instant(900))
        moment.read(nil, at: instant(5))
        #expect(moment.settled == instant(5))
    }
}

extension SequenceNumber {
    fileprivate static func test(_ number: Int) -> SequenceNumber {
        SequenceNumber("\(number)") ?? { preconditionFailure("digits are a sequence number") }()
    }
}
