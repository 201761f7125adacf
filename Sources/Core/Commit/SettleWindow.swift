private import DequeModule

/// The records of one shard that were read and are not all settled: what the shard's checkpoint may not pass.
///
/// Records are admitted in shard order and settle in any order. The safe position is the newest record below
/// which all are settled.
package struct SettleWindow: Sendable {
    /// Names an admitted record to `settle`.
    package struct Ticket: Hashable, Sendable {
        fileprivate let number: Int
    }

    private var open: Deque<(sequence: SequenceNumber, isSettled: Bool)> = []
    /// The number of the ticket at the front of `open`.
    private var first = 0

    /// The newest record below which all are settled; `nil` until the first one is.
    package private(set) var safePosition: SequenceNumber?

    package init() {}

    /// How many records are read and hold the safe position back.
    package var pending: Int { open.count }

    /// Takes the next record of the shard.
    package mutating func admit(_ sequence: SequenceNumber) -> Ticket {
        open.append((sequence, false))
        return Ticket(number: first + open.count - 1)
    }

    /// Marks one record as settled. Returns whether the safe position moved.
    @discardableResult
    package mutating func settle(_ ticket: Ticket) -> Bool {
        let index = ticket.number - first
        precondition(open.indices.contains(index) && !open[index].isSettled, "a record settles once")
        open[index].isSettled = true
        guard index == 0 else { return false }
        while let front = open.first, front.isSettled {
            safePosition = front.sequence
            open.removeFirst()
            first += 1
        }
        return true
    }
}
