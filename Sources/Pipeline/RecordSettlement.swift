internal import Core
internal import Locking

/// Counts down the sinks that one record goes to: a record is settled when every sink has settled it.
final class RecordSettlement: Sendable {
    private let state: Locked<(open: Int, counts: LedgerCounts)>
    private let whenSettled: @Sendable (LedgerCounts) -> Void

    /// `counts` is what the record adds to the ledger besides what its sinks answer.
    init(deliveries: Int, counts: LedgerCounts, whenSettled: @escaping @Sendable (LedgerCounts) -> Void) {
        state = Locked((deliveries, counts))
        self.whenSettled = whenSettled
    }

    func settleOne(_ sink: SinkName, _ answer: SinkCounts) {
        let settled = state.withLock { state -> LedgerCounts? in
            state.open -= 1
            state.counts.sinks[sink, default: .init()] += answer
            return state.open == 0 ? state.counts : nil
        }
        if let settled { whenSettled(settled) }
    }
}
