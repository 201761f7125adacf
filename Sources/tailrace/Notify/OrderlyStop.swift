internal import Locking

/// The wish that the program ends: made once, awaited by as many tasks as like.
final class OrderlyStop: Sendable {
    private struct State {
        var signal: StopSignal?
        var waiting: [Int: CheckedContinuation<StopSignal?, Never>] = [:]
        var nextWaiter = 0
    }

    private let state = Locked(State())

    /// Nothing asks for a stop until `request`; see `onSignals` for what a program wants.
    init() {}

    /// Who asked, once somebody has.
    var signal: StopSignal? { state.withLock { $0.signal } }

    /// Everybody who waits goes on. Only the first request counts.
    func request(_ signal: StopSignal) {
        let waiting = state.withLock { state -> [CheckedContinuation<StopSignal?, Never>] in
            guard state.signal == nil else { return [] }
            state.signal = signal
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(returning: signal) }
    }

    /// Returns who asked as soon as somebody has; `nil` when the task is cancelled before.
    @discardableResult
    func wait() async -> StopSignal? {
        let waiter = state.withLock { state in
            defer { state.nextWaiter += 1 }
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if let answer = enter(waiter, continuation) { continuation.resume(returning: answer) }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: waiter) }?.resume(returning: nil)
        }
    }

    /// Returns the answer when there is one already. A cancellation that came before this found nobody to wake, and shows
    /// here; a later one finds the continuation.
    private func enter(_ waiter: Int, _ continuation: CheckedContinuation<StopSignal?, Never>) -> StopSignal?? {
        state.withLock { state in
            if let signal = state.signal { return .some(signal) }
            if Task.isCancelled { return .some(nil) }
            state.waiting[waiter] = continuation
            return nil
        }
    }
}
