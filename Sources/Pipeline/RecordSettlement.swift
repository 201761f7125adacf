private import Synchronization

/// Counts down the sinks that one record goes to: a record is settled when every sink has settled it.
final class RecordSettlement: Sendable {
    private let open: Atomic<Int>
    private let whenSettled: @Sendable () -> Void

    init(deliveries: Int, whenSettled: @escaping @Sendable () -> Void) {
        open = Atomic(deliveries)
        self.whenSettled = whenSettled
    }

    func settleOne() {
        if open.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 { whenSettled() }
    }
}
