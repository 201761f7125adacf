/// Orders whose turn has not come, first come, first served.
struct WaitingLine {
    private var orders: [Order] = []
    /// No order's deadline is before this.
    private var earliest: ContinuousClock.Instant?

    var isEmpty: Bool { orders.isEmpty }

    mutating func append(_ order: Order) {
        orders.append(order)
        earliest = earliest.map { min($0, order.wire.deadline) } ?? order.wire.deadline
    }

    mutating func popFirst() -> Order? { orders.isEmpty ? nil : orders.removeFirst() }

    mutating func remove(_ id: UInt64) -> Order? {
        orders.firstIndex { $0.id == id }.map { orders.remove(at: $0) }
    }

    /// Takes out those for which it is too late.
    mutating func removeExpired(at now: ContinuousClock.Instant) -> [Order] {
        guard let earliest, now >= earliest else { return [] }
        let expired = orders.filter { $0.wire.deadline <= now }
        orders.removeAll { $0.wire.deadline <= now }
        self.earliest = orders.map(\.wire.deadline).min()
        return expired
    }

    /// How long nothing expires; `nil` when nobody waits.
    func patience(at now: ContinuousClock.Instant) -> Duration? {
        orders.isEmpty ? nil : earliest.map { $0 - now }
    }
}
