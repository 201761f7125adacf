private import Synchronization

/// What became of some events.
package enum EventOutcome: Hashable, Sendable {
    case delivered
    case deadLettered
}

/// A sink's answer for the events of one delivery.
///
/// Every event is answered once, in any order, from any task, one by one or many at once. When all are, the delivery
/// is settled and `whenSettled` is told how many events were dead-lettered.
package final class Receipt: Sendable {
    private let open: Atomic<Int>
    private let refused = Atomic<Int>(0)
    private let whenSettled: @Sendable (_ deadLettered: Int) -> Void

    /// `events` is at least one.
    package init(events: Int, whenSettled: @escaping @Sendable (_ deadLettered: Int) -> Void) {
        precondition(events > 0, "a delivery without events is settled by whoever made it")
        open = Atomic(events)
        self.whenSettled = whenSettled
    }

    package func settle(_ events: Int, as outcome: EventOutcome) {
        if outcome == .deadLettered { refused.wrappingAdd(events, ordering: .relaxed) }
        let left = open.wrappingSubtract(events, ordering: .acquiringAndReleasing).newValue
        precondition(left >= 0, "an event settles once")
        if left == 0 { whenSettled(refused.load(ordering: .relaxed)) }
    }
}
