internal import Core
internal import Locking

/// Lists the shards for all who ask: who asks while a list is under way gets the next one, together with all others.
///
/// When a stream of thousands of shards puts them all in doubt at once, each would otherwise page through the whole list.
final class SharedListing: Sendable {
    private typealias Answer = Result<[Shard], any Error>

    private struct State {
        var waiting: [Int: CheckedContinuation<Answer, Never>] = [:]
        var nextID = 0
    }

    private let source: any RecordSource
    private let state = Locked(State())
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation

    init(_ source: any RecordSource) {
        self.source = source
        (requests, request) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// How many wait for a list that has not begun.
    var waiters: Int { state.withLock { $0.waiting.count } }

    /// A list that was begun after this was called. Throws what the source threw, and `CancellationError`.
    func shards() async throws -> [Shard] {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { $0.waiting[id] = continuation }
                // Cancelled before there was anything to cancel.
                if Task.isCancelled { cancel(id) }
                request.yield()
            }
        } onCancel: {
            cancel(id)
        }
        return try answer.get()
    }

    private func cancel(_ id: Int) {
        state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: .failure(CancellationError()))
    }

    /// Does the listing, until cancelled.
    func run() async {
        for await _ in requests {
            let waiting = state.withLock { state in
                defer { state.waiting = [:] }
                return state.waiting
            }
            guard !waiting.isEmpty else { continue }
            let answer: Answer
            do { answer = .success(try await source.shards()) } catch { answer = .failure(error) }
            for continuation in waiting.values { continuation.resume(returning: answer) }
        }
    }
}
