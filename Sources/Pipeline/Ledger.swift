package import Core
internal import Locking

/// The ledger of one run, shared by all that read and settle.
package final class Ledger: Sendable {
    private let counts = Locked(LedgerCounts())

    package init() {}

    package var snapshot: LedgerCounts { counts.withLock { $0 } }

    func update(_ change: (inout LedgerCounts) -> Void) {
        counts.withLock { change(&$0) }
    }
}
