package import Core

/// The events of one record on their way to one sink.
///
/// Whoever holds a delivery holds the record's text and its share of the memory budget.
package struct Delivery: Sendable {
    package let shard: ShardID
    package let sequence: SequenceNumber
    package let arrival: Instant?
    package let record: DecodedRecord
    /// Which of `record.messages` go to this sink, ascending. Their events are at least one.
    package let messages: [Int]
    package let receipt: Receipt
    private let hold: MemoryHold?

    package init(
        shard: ShardID, sequence: SequenceNumber, arrival: Instant?, record: DecodedRecord, messages: [Int],
        receipt: Receipt, hold: MemoryHold?
    ) {
        self.shard = shard
        self.sequence = sequence
        self.arrival = arrival
        self.record = record
        self.messages = messages
        self.receipt = receipt
        self.hold = hold
    }

    /// Whether somebody waits for memory of the kind this delivery holds.
    package var isMemoryWanted: Bool { hold?.isWanted ?? false }

    /// How many log events this delivery holds.
    package var eventCount: Int { messages.reduce(0) { $0 + record.messages[$1].events.count } }
}

/// One record or event that could not be decoded or delivered, and why.
package struct DeadLetter: Sendable {
    package enum Content: Sendable {
        /// The payload as it was read.
        case record([UInt8])
        /// Indices into `delivery.record.messages` and `.events`.
        case event(Delivery, message: Int, event: Int)
    }

    package let shard: ShardID
    package let sequence: SequenceNumber
    package let arrival: Instant?
    /// The sink that refused; `nil` when the record cannot be decoded.
    package let sink: SinkName?
    package let reason: DeadLetterHeading.Reason
    package let detail: String
    package let content: Content
    package let receipt: Receipt

    package init(
        shard: ShardID, sequence: SequenceNumber, arrival: Instant?, sink: SinkName?, reason: DeadLetterHeading.Reason,
        detail: String, content: Content, receipt: Receipt
    ) {
        self.shard = shard
        self.sequence = sequence
        self.arrival = arrival
        self.sink = sink
        self.reason = reason
        self.detail = detail
        self.content = content
        self.receipt = receipt
    }
}

extension DeadLetter {
    /// An event that a sink refused.
    package init(
        _ delivery: Delivery, message: Int, event: Int, refusedBy sink: SinkName, as rejection: Rejection,
        detail: String
    ) {
        self.init(
            shard: delivery.shard, sequence: delivery.sequence, arrival: delivery.arrival, sink: sink,
            reason: .rejected(rejection), detail: detail, content: .event(delivery, message: message, event: event),
            receipt: delivery.receipt)
    }
}
