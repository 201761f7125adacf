import Core
import Locking
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(1))) struct SharedListingTests {
    /// Answers when it is told to.
    private final class SlowSource: RecordSource {
        let calls = Locked<[CheckedContinuation<Void, Never>]>([])
        let begun = Locked(0)
        let shard: Shard
        let fails: Bool

        init(_ shard: Shard, fails: Bool = false) {
            self.shard = shard
            self.fails = fails
        }

        func shards() async throws -> [Shard] {
            await withCheckedContinuation { continuation in
                calls.withLock { $0.append(continuation) }
                begun.withLock { $0 += 1 }
            }
            if fails { throw ReadTrouble(.throttled, "LimitExceededException") }
            return [shard]
        }

        func answer() { calls.withLock { $0.removeFirst() }.resume() }

        func created() async throws -> Instant? { nil }

        func openIterator(_ shard: ShardID, at position: ShardPosition) async throws -> ShardIterator {
            throw CancellationError()
        }

        func poll(_ iterator: ShardIterator, recordsMax: Int, replyBytesMax: Int) async throws -> RecordPage {
            throw CancellationError()
        }
    }

    private let shard: Shard

    init() throws { shard = Shard(id: try #require(ShardID("shardId-000000000000")), parents: []) }

    private func until(_ condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test func aThousandWhoAskDuringOneListGetTheNextTogether() async throws {
        let source = SlowSource(shard)
        let listing = SharedListing(source)
        try await withThrowingTaskGroup(of: Int.self) { tasks in
            tasks.addTask {
                await listing.run()
                return 0
            }
            tasks.addTask { try await listing.shards().count }
            try await until { source.begun.withLock { $0 } == 1 }
            for _ in 0..<1000 { tasks.addTask { try await listing.shards().count } }
            try await until { listing.waiters == 1000 }
            source.answer()
            try await until { source.begun.withLock { $0 } == 2 }
            source.answer()
            var answered = 0
            while answered < 1001, let count = try await tasks.next() { answered += count }
            tasks.cancelAll()
        }
        #expect(source.begun.withLock { $0 } == 2)
    }

    @Test func aFailureIsToldToAllWhoWaited() async throws {
        let source = SlowSource(shard, fails: true)
        let listing = SharedListing(source)
        await withTaskGroup(of: ReadFault?.self) { tasks in
            tasks.addTask {
                await listing.run()
                return nil
            }
            for _ in 0..<3 {
                tasks.addTask {
                    do { _ = try await listing.shards() } catch { return (error as? ReadTrouble)?.fault }
                    return nil
                }
            }
            tasks.addTask {
                while !Task.isCancelled {
                    if !source.calls.withLock({ $0.isEmpty }) { source.answer() }
                    await Task.yield()
                }
                return nil
            }
            for _ in 0..<3 { #expect(await tasks.next() == .throttled) }
            tasks.cancelAll()
        }
    }

    @Test func whoIsCancelledWaitsNoLonger() async throws {
        let source = SlowSource(shard)
        let listing = SharedListing(source)
        let waiting = Task { try await listing.shards() }
        try await until { listing.waiters == 1 }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        let cancelled = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await listing.shards()
        }
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        #expect(listing.waiters == 0)
    }
}
