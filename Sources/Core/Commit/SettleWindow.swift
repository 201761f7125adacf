/// The records of one shard that were read and are not all settled: what the shard's checkpoint may not pass.
///
/// Records are admitted in shard order and settle in any order. The safe position is the newest record below
/// which all are settled.
///
/// Each settles with what it adds to the ledger, so that what is saved of the ledger is exactly what the checkpoint passed.
///
/// Memory goes with the records that are not settled. One that settles leaves only its number and its counts, with the
/// nearest open record before it: behind one that never settles a shard may go on for days.
package struct SettleWindow: Sendable {
    /// Names an admitted record to `settle`.
    package struct Ticket: Hashable, Sendable {
        fileprivate let place: Int
        fileprivate let number: Int
    }

    /// An open record, between the open ones before and after it.
    private struct Open {
        let number: Int
        let sequence: SequenceNumber
        var before: Int?
        var after: Int?
        /// The last record settled between this and the next open one, and what all of those add to the ledger.
        var settledAfter: SequenceNumber?
        var counts = LedgerCounts()
    }

    /// `nil` where a place is free.
    private var places: [Open?] = []
    private var free: [Int] = []
    private var first: Int?
    private var last: Int?
    /// How many were admitted.
    private var admitted = 0

    /// The newest record below which all are settled; `nil` until the first one is.
    package private(set) var safePosition: SequenceNumber?
    /// What the records up to the safe position add to the ledger and `takeCounts` has not taken.
    private var safeCounts = LedgerCounts()

    package init() {}

    /// How many places are kept when no record is open: what is open at a quiet time. A thousand shards that catch up
    /// have thousands each, once. Ours.
    static let placesKept = 256

    private mutating func giveBackPlaces() {
        guard places.count > Self.placesKept else { return }
        (places, free) = ([], [])
    }

    /// How many records there is memory for: as many as were open at once since none was.
    var capacity: Int { places.count }

    /// How many records are read and not settled.
    package var pending: Int { places.count - free.count }

    /// Takes the next record of the shard.
    package mutating func admit(_ sequence: SequenceNumber) -> Ticket {
        admitted += 1
        let open = Open(number: admitted, sequence: sequence, before: last)
        let place: Int
        if let spare = free.popLast() {
            place = spare
            places[place] = open
        } else {
            place = places.count
            places.append(open)
        }
        if let last { places[last]?.after = place } else { first = place }
        last = place
        return Ticket(place: place, number: admitted)
    }

    /// What the records that the safe position passed since the last call add to the ledger.
    package mutating func takeCounts() -> LedgerCounts {
        defer { safeCounts = LedgerCounts() }
        return safeCounts
    }

    /// Marks one record as settled, with what it adds to the ledger. Returns whether the safe position moved.
    @discardableResult
    package mutating func settle(_ ticket: Ticket, _ counts: LedgerCounts = LedgerCounts()) -> Bool {
        guard let open = places[ticket.place], open.number == ticket.number else {
            preconditionFailure("a record settles once")
        }
        places[ticket.place] = nil
        free.append(ticket.place)
        if let after = open.after { places[after]?.before = open.before } else { last = open.before }
        let settled = open.settledAfter ?? open.sequence
        var counts = counts
        counts += open.counts
        if pending == 0 { giveBackPlaces() }
        guard let before = open.before else {
            first = open.after
            safePosition = settled
            safeCounts += counts
            return true
        }
        places[before]?.after = open.after
        places[before]?.settledAfter = settled
        places[before]?.counts += counts
        return false
    }
}
