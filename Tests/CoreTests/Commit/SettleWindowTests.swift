import Testing

@testable import Core

@Suite struct SettleWindowTests {
    /// Whatever the order in which five records settle, the safe position is the newest below which all are settled.
    @Test func neverPassesAGap() throws {
        let records = try (1...5).map { try #require(SequenceNumber("\($0)")) }
        for order in permutations(Array(0..<5)) {
            var window = SettleWindow()
            let tickets = records.map { window.admit($0) }
            var settled: Set<Int> = []
            for index in order {
                settled.insert(index)
                window.settle(tickets[index])
                let safe = (0..<5).prefix { settled.contains($0) }.last
                #expect(window.safePosition == safe.map { records[$0] }, "order \(order)")
                #expect(window.pending == 5 - settled.count)
            }
        }
    }

    @Test func goesOnAfterItRanEmpty() throws {
        var window = SettleWindow()
        for number in 1...1000 {
            let record = try #require(SequenceNumber("\(number)"))
            let moved = window.settle(window.admit(record))
            #expect(moved)
            #expect(window.safePosition == record)
        }
        #expect(window.pending == 0)
    }

    /// A log stream whose group cannot be made may hold a shard's checkpoint for days while the rest goes on.
    @Test func keepsNothingOfWhatSettlesBehindAnOpenRecord() throws {
        var window = SettleWindow()
        let stuck = window.admit(try #require(SequenceNumber("1")))
        for number in 2...10_000 { window.settle(window.admit(try #require(SequenceNumber("\(number)")))) }
        #expect(window.safePosition == nil)
        #expect(window.capacity == 2)
        window.settle(stuck)
        #expect(window.safePosition?.digits == "10000")
    }

    /// A shard that catches up has ten thousand open for a moment, and a thousand shards do.
    @Test func givesTheRoomOfManyOpenRecordsBack() throws {
        var window = SettleWindow()
        for round in 0..<3 {
            let tickets = try (1...10_000).map { window.admit(try #require(SequenceNumber("\(round * 10_000 + $0)"))) }
            #expect(window.capacity == 10_000)
            for ticket in tickets.shuffled() { window.settle(ticket) }
            #expect(window.capacity == 0)
            #expect(window.safePosition?.digits == "\(round * 10_000 + 10_000)")
        }
    }

    private func permutations(_ items: [Int]) -> [[Int]] {
        guard items.count > 1 else { return [items] }
        return items.indices.flatMap { index -> [[Int]] in
            var rest = items
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }
}
