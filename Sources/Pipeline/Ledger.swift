package import Core
internal import Locking

/// The ledger of a stream, shared by all that read and settle.
///
/// It goes on from what is saved: what the checkpoints passed, each record once. What is read again counts again only
/// because it was not saved.
package final class Ledger: Sendable {
    private let counts = Locked(LedgerCounts())

    package init() {}

    /// Adds what a store has saved. Once, before anything is read.
    package func resume(_ saved: LedgerCounts) {
        update { $0 += saved }
    }

    package var snapshot: LedgerCounts { counts.withLock { $0 } }

    func update(_ change: (inout LedgerCounts) -> Void) {
        counts.withLock { change(&$0) }
    }
}
