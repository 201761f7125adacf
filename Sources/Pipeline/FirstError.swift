internal import Locking

/// The first error of the tasks in the background: told once, awaited by as many as like, before or after.
final class FirstError: Sendable {
    private struct State {
        var error: (any Error)?
        var waiting: [Int: CheckedContinuation<(any Error)?, Never>] = [:]
        var nextWaiter = 0
    }

    private let state = Locked(State())

    /// `nil` as long as there was none.
    var error: (any Error)? { state.withLock { $0.error } }

    /// Only the first one counts.
    func tell(_ error: any Error) {
        let waiting = state.withLock { state -> [CheckedContinuation<(any Error)?, Never>] in
            guard state.error == nil else { return [] }
            state.error = error
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(returning: error) }
    }

    /// Returns the error once there is one; `nil` when the task is cancelled before.
    func wait() async -> (any Error)? {
        let waiter = state.withLock { state in
            defer { state.nextWaiter += 1 }
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { enter(waiter, $0) }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: waiter) }?.resume(returning: nil)
        }
    }

    /// A cancellation that came before this found nobody to wake, and shows here; a later one finds the continuation.
    private func enter(_ waiter: Int, _ continuation: CheckedContinuation<(any Error)?, Never>) {
        let answer = state.withLock { state -> (any Error)?? in
            if let error = state.error { return .some(error) }
            if Task.isCancelled { return .some(nil) }
            state.waiting[waiter] = continuation
            return nil
        }
        if let answer { continuation.resume(returning: answer) }
    }
}
