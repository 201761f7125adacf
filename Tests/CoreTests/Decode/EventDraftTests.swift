import Testing

@testable import Core

@Suite struct TheRoomOfEventsIsKept {
    private func event(_ number: Int) -> LogEvent {
        LogEvent(
            timestamp: Instant(milliseconds: Int64(number)), id: nil, message: ByteRange(start: number, count: 1),
            messageBytes: 1, extractedFields: nil)
    }

    /// Also of a record that in the end was none, and whose events nobody gets.
    @Test func butNotThatOfVeryMany() {
        var draft = EventDraft(pool: TextPool())
        defer { draft.close() }
        for number in 0..<3000 { draft.append(event(number)) }
        let usual = draft.memoryBytes
        draft.restart()
        #expect(draft.memoryBytes == usual)
        #expect(draft.count == 0)
        for number in 0..<100_000 { draft.append(event(number)) }
        #expect(draft.memoryBytes > 4_000_000)
        draft.restart()
        #expect(draft.memoryBytes < usual)
    }

    @Test(arguments: [0, 1, 100, 4096, 4097, 50_000])
    func theIndexGetsAllOfThem(count: Int) {
        let pool = TextPool()
        var draft = EventDraft(pool: pool)
        defer { draft.close() }
        let index = EventIndex { pool.giveBack($0) }
        for _ in 0..<2 {
            for number in 0..<count { draft.append(event(number)) }
            draft.move(to: index)
            #expect(draft.count == 0)
            #expect(index.map(\.timestamp.milliseconds) == (0..<count).map(Int64.init))
            #expect(index.memoryBytes <= max(256, count * MemoryLayout<LogEvent>.stride * 5 / 4))
        }
    }
}
