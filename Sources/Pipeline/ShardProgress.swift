package import Core
internal import Locking

/// How far one shard is settled: shared by the task that reads it, the sinks that settle it and the committer.
package final class ShardProgress: Sendable {
    private struct State {
        var window = SettleWindow()
        /// The last page was handed over: once all is settled the shard is done.
        var isReadToEnd = false
    }

    package let shard: ShardID
    private let state = Locked(State())

    package init(shard: ShardID) { self.shard = shard }

    func admit(_ sequence: SequenceNumber) -> SettleWindow.Ticket {
        state.withLock { $0.window.admit(sequence) }
    }

    func settle(_ ticket: SettleWindow.Ticket, _ counts: LedgerCounts) {
        state.withLock { _ = $0.window.settle(ticket, counts) }
    }

    func readToEnd() {
        state.withLock { $0.isReadToEnd = true }
    }

    /// What may be saved now, `nil` until the first record is settled, and what the ledger grows by with it.
    func takeSettled() -> (checkpoint: Checkpoint?, counts: LedgerCounts) {
        state.withLock { state in
            let counts = state.window.takeCounts()
            if state.isReadToEnd, state.window.pending == 0 { return (.shardEnd, counts) }
            return (state.window.safePosition.map(Checkpoint.after), counts)
        }
    }
}
