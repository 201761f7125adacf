private import DequeModule
internal import Locking

/// Memory that may be in use at once, in bytes. Who asks first is served first; who asks for more than is free waits.
package final class MemoryBudget: Sendable {
    private struct Waiter {
        let id: Int
        let bytes: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var free: Int
        var waiters: Deque<Waiter> = []
        var nextID = 0
        /// Waiters cancelled before they came to wait.
        var cancelled: Set<Int> = []
    }

    package let total: Int
    private let state: Locked<State>

    package init(bytes: Int) {
        total = bytes
        state = Locked(State(free: bytes))
    }

    package var inUse: Int { total - state.withLock { $0.free } }

    /// How many wait for memory.
    package var waiting: Int { state.withLock { $0.waiters.count } }

    /// What `reserve` would return without waiting; `nil` when it would wait.
    package func reserveAtOnce(_ bytes: Int) -> MemoryHold? {
        let wanted = min(bytes, total)
        let isGranted = state.withLock { state in
            guard state.waiters.isEmpty, state.free >= wanted else { return false }
            state.free -= wanted
            return true
        }
        return isGranted ? MemoryHold(budget: self, bytes: wanted) : nil
    }

    /// Waits for `bytes`, at most the whole budget, and returns what gives them back. Throws `CancellationError`.
    ///
    /// Calls `onWait` once it waits, if it has to.
    package func reserve(_ bytes: Int, onWait: @Sendable () -> Void = {}) async throws -> MemoryHold {
        let wanted = min(bytes, total)
        let id = state.withLock { state -> Int? in
            if state.waiters.isEmpty, state.free >= wanted {
                state.free -= wanted
                return nil
            }
            state.nextID += 1
            return state.nextID
        }
        guard let id else { return MemoryHold(budget: self, bytes: wanted) }
        let granted = await withTaskCancellationHandler {
            await withCheckedContinuation {
                wait(for: wanted, id: id, $0)
                onWait()
            }
        } onCancel: {
            cancel(id)
        }
        state.withLock { _ = $0.cancelled.remove(id) }  // a cancellation that came after the grant
        guard granted else { throw CancellationError() }
        return MemoryHold(budget: self, bytes: wanted)
    }

    private func wait(for bytes: Int, id: Int, _ continuation: CheckedContinuation<Bool, Never>) {
        let isCancelled = state.withLock { state in
            if state.cancelled.remove(id) != nil { return true }
            state.waiters.append(Waiter(id: id, bytes: bytes, continuation: continuation))
            return false
        }
        if isCancelled { continuation.resume(returning: false) }
        give(back: 0)
    }

    private func cancel(_ id: Int) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.waiters.remove(at: index)
        }
        waiter?.continuation.resume(returning: false)
        give(back: 0)
    }

    fileprivate func give(back bytes: Int) {
        let served = state.withLock { state -> [Waiter] in
            state.free += bytes
            var served: [Waiter] = []
            while let first = state.waiters.first, first.bytes <= state.free {
                state.free -= first.bytes
                served.append(first)
                state.waiters.removeFirst()
            }
            return served
        }
        for waiter in served { waiter.continuation.resume(returning: true) }
    }
}

/// A share of a memory budget. It goes back when the last reference does.
package final class MemoryHold: Sendable {
    private let budget: MemoryBudget
    private let held: Locked<Int>

    fileprivate init(budget: MemoryBudget, bytes: Int) {
        self.budget = budget
        held = Locked(bytes)
    }

    package var bytes: Int { held.withLock { $0 } }

    /// Keeps `kept` bytes of the share and gives the rest back at once.
    package func shrink(to kept: Int) {
        let surplus = held.withLock { held in
            let surplus = max(0, held - kept)
            held -= surplus
            return surplus
        }
        if surplus > 0 { budget.give(back: surplus) }
    }

    /// Whether somebody waits for what this keeps.
    package var isWanted: Bool { budget.waiting > 0 }

    deinit { budget.give(back: bytes) }
}
