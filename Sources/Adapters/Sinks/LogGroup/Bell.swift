internal import Locking
import Pipeline

/// Wakes whoever waits for something to change. Rung too often is harmless, so whoever wakes looks again.
final class Bell: Sendable {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var rings = 0
        var waiters: [Int: Waiter] = [:]
        var nextID = 0
        /// Waiters cancelled before they came to wait.
        var cancelled: Set<Int> = []
    }

    private let state = Locked(State())

    /// How often it was rung. Read it before looking at what may change.
    var rings: Int { state.withLock { $0.rings } }

    func ring() {
        let waiters = state.withLock { state in
            state.rings += 1
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns once it was rung more than `rings` times. Throws `CancellationError`.
    func wait(past rings: Int) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        defer { state.withLock { _ = $0.cancelled.remove(id) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wait(past: rings, id: id, $0) }
        } onCancel: {
            cancel(id)
        }
    }

    private func wait(past rings: Int, id: Int, _ waiter: Waiter) {
        let isCancelled = state.withLock { state -> Bool? in
            if state.cancelled.remove(id) != nil { return true }
            if state.rings > rings { return false }
            state.waiters[id] = waiter
            return nil
        }
        switch isCancelled {
        case true?: waiter.resume(throwing: CancellationError())
        case false?: waiter.resume()
        case nil: break
        }
    }

    private func cancel(_ id: Int) {
        let waiter = state.withLock { state -> Waiter? in
            if let waiter = state.waiters.removeValue(forKey: id) { return waiter }
            state.cancelled.insert(id)
            return nil
        }
        waiter?.resume(throwing: CancellationError())
    }
}
