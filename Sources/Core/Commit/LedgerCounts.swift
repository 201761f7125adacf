/// What became of everything that was read. The columns add up at every moment.
package struct LedgerCounts: Hashable, Sendable {
    /// Records read from the stream.
    package var recordsRead = 0
    /// Settled: sinks were given the record's events, and each event was delivered or dead-lettered.
    package var recordsDelivered = 0
    /// Settled: only control messages, or no event at all.
    package var recordsControl = 0
    /// Settled: no route takes any of the record's events.
    package var recordsFiltered = 0
    /// Settled: the record cannot be decoded and is kept whole.
    package var recordsDeadLettered = 0

    package var eventsRead = 0
    package var eventsFiltered = 0
    /// Places in shards where records had expired, or may have, before they were read. How many records nobody can tell.
    package var expired = 0
    /// Bytes of payloads as read, and of their inflated text.
    package var payloadBytes = 0
    package var textBytes = 0
    package var sinks: [SinkName: SinkCounts] = [:]

    package init() {}

    /// The counts of two sets of records that have none in common.
    package static func += (left: inout LedgerCounts, right: LedgerCounts) {
        left.recordsRead += right.recordsRead
        left.recordsDelivered += right.recordsDelivered
        left.recordsControl += right.recordsControl
        left.recordsFiltered += right.recordsFiltered
        left.recordsDeadLettered += right.recordsDeadLettered
        left.eventsRead += right.eventsRead
        left.eventsFiltered += right.eventsFiltered
        left.expired += right.expired
        left.payloadBytes += right.payloadBytes
        left.textBytes += right.textBytes
        for (sink, counts) in right.sinks { left.sinks[sink, default: .init()] += counts }
    }

    package var recordsPending: Int {
        recordsRead - recordsDelivered - recordsControl - recordsFiltered - recordsDeadLettered
    }
}

/// One sink's column of the ledger, in events.
package struct SinkCounts: Hashable, Sendable {
    package var routed = 0
    package var delivered = 0
    package var deadLettered = 0

    package init(routed: Int = 0, delivered: Int = 0, deadLettered: Int = 0) {
        self.routed = routed
        self.delivered = delivered
        self.deadLettered = deadLettered
    }

    package static func += (left: inout SinkCounts, right: SinkCounts) {
        left.routed += right.routed
        left.delivered += right.delivered
        left.deadLettered += right.deadLettered
    }

    package var pending: Int { routed - delivered - deadLettered }
}
