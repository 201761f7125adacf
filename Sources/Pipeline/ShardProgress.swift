package import Core
internal import Locking

/// How far one shard is settled: shared by the task that reads it, the sinks that settle it and the committer.
package final class ShardProgress: Sendable {
    private struct State {
        var window = SettleWindow()
        var moment = CurrentMoment()
        /// What the shard's end adds to the ledger, once the last page was handed over: when all is settled, the shard is
        /// done.
        var end: LedgerCounts?
    }

    /// What may be saved now.
    package struct Settled: Sendable {
        /// `nil` until the first record is settled.
        package let checkpoint: Checkpoint?
        /// What the ledger grows by with it.
        package let counts: LedgerCounts
        /// By when all that had arrived is settled; `nil` while that is not known, and once the shard has ended.
        package let currentAt: Instant?
    }

    package let shard: ShardID
    private let state = Locked(State())

    package init(shard: ShardID) { self.shard = shard }

    func admit(_ sequence: SequenceNumber) -> SettleWindow.Ticket {
        state.withLock { $0.window.admit(sequence) }
    }

    /// How many records are read and not settled.
    var unsettled: Int { state.withLock { $0.window.pending } }

    func settle(_ ticket: SettleWindow.Ticket, _ counts: LedgerCounts) {
        state.withLock { _ = $0.window.settle(ticket, counts) }
    }

    /// A page was read whose last record this is: by `moment` nothing else had arrived.
    func read(_ last: SequenceNumber?, at moment: Instant) {
        state.withLock { $0.moment.read(last, at: moment) }
    }

    /// The last page was handed over.
    func readToEnd(_ counts: LedgerCounts) {
        state.withLock { $0.end = counts }
    }

    func takeSettled() -> Settled {
        state.withLock { state in
            var counts = state.window.takeCounts()
            if let end = state.end, state.window.pending == 0 {
                counts += end
                state.end = LedgerCounts()
                return Settled(checkpoint: .shardEnd, counts: counts, currentAt: nil)
            }
            let safe = state.window.safePosition
            state.moment.settled(upTo: safe)
            return Settled(checkpoint: safe.map(Checkpoint.after), counts: counts, currentAt: state.moment.settled)
        }
    }
}
