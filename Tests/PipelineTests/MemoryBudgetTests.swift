import Locking
import Pipeline
import Testing

@Suite struct MemoryBudgetTests {
    @Test func whoAsksForMoreThanIsFreeWaits() async throws {
        let budget = MemoryBudget(bytes: 100)
        var first: MemoryHold? = try await budget.reserve(60)
        #expect(first?.bytes == 60)
        let waiting = Task { try await budget.reserve(50).bytes }
        await Task.yield()
        #expect(budget.inUse == 60)
        first = nil
        #expect(try await waiting.value == 50)
        #expect(budget.inUse == 0)
    }

    @Test func moreThanThereIsMeansAll() async throws {
        let budget = MemoryBudget(bytes: 100)
        let hold = try await budget.reserve(1000)
        #expect(hold.bytes == 100)
        hold.shrink(to: 30)
        #expect(budget.inUse == 30)
        hold.shrink(to: 80)
        #expect(budget.inUse == 30, "a share never grows")
    }

    /// A large request at the front is not starved by small ones behind it.
    @Test func firstComeFirstServed() async throws {
        let budget = MemoryBudget(bytes: 100)
        var first: MemoryHold? = try await budget.reserve(60)
        let order = Locked<[Int]>([])
        let waiters = try await withThrowingTaskGroup(of: Void.self) { group in
            for (place, bytes) in [90, 20].enumerated() {
                group.addTask {
                    let hold = try await budget.reserve(bytes)
                    order.withLock { $0.append(place) }
                    hold.shrink(to: 0)
                }
                while budget.waiting < place + 1 { await Task.yield() }
            }
            #expect(first != nil && order.withLock { $0 } == [], "40 were free, and the large request was first")
            first = nil
            try await group.waitForAll()
            return order.withLock { $0 }
        }
        #expect(waiters == [0, 1])
    }

    @Test func aCancelledWaiterLeavesNothingBehind() async throws {
        for round in 0..<200 {
            let budget = MemoryBudget(bytes: 10)
            let hold = try await budget.reserve(10)
            let waiting = Task { try await budget.reserve(5).bytes }
            if round % 2 == 0 { await Task.yield() }
            waiting.cancel()
            hold.shrink(to: 0)
            _ = await waiting.result
            #expect(budget.waiting == 0)
            #expect(try await budget.reserve(10).bytes == 10)
        }
    }
}
