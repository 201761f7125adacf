import Core

/// One record that was read and is not settled everywhere, as `Pipeline.RecordSettlement` counts it down.
final class Settlement {
    /// The index in `KinesisStream.records`.
    let record: Int
    let sequence: SequenceNumber
    let progress: Progress
    private let ticket: SettleWindow.Ticket
    private var open: Int
    private var counts: LedgerCounts

    /// `counts` is what the record adds to the ledger besides what its sinks answer.
    init(record: Int, sequence: SequenceNumber, progress: Progress, deliveries: Int, counts: LedgerCounts) {
        self.record = record
        self.sequence = sequence
        self.progress = progress
        ticket = progress.admit(sequence)
        open = deliveries
        self.counts = counts
    }

    /// Returns whether that was the last one.
    func settleOne(_ sink: SinkName, _ answer: SinkCounts) -> Bool {
        counts.sinks[sink, default: .init()] += answer
        return settleOne()
    }

    func settleOne() -> Bool {
        open -= 1
        guard open <= 0 else { return false }
        progress.settle(sequence, ticket, counts)
        return true
    }
}

/// The events of one record on their way to one sink, with its receipt.
final class Delivery {
    let settlement: Settlement
    let key: Int
    let share: StreamRecord.Share
    private var open: Int
    private var refused = 0

    init(_ settlement: Settlement, key: Int, _ share: StreamRecord.Share) {
        self.settlement = settlement
        self.key = key
        self.share = share
        open = share.events
    }

    /// Answers some events. Returns the sink's answer once all are answered.
    func settle(_ events: Int, deadLettered: Bool) -> SinkCounts? {
        precondition(events <= open, "an event settles once")
        open -= events
        if deadLettered { refused += events }
        return open == 0 ? SinkCounts(delivered: share.events - refused, deadLettered: refused) : nil
    }
}
