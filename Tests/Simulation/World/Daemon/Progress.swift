import Core

/// How far one reading of a shard is settled, as `Pipeline.ShardProgress` keeps it.
final class Progress {
    let shard: ShardID
    /// Which reading of this world it is of.
    let reading: Int
    private var window = SettleWindow()
    /// The last page was handed over: once all is settled the shard is done.
    var isReadToEnd = false
    private var newestRead: SequenceNumber?
    private var newestSettled: SequenceNumber?

    init(shard: ShardID, reading: Int) {
        self.shard = shard
        self.reading = reading
    }

    var pending: Int { window.pending }

    func admit(_ sequence: SequenceNumber) -> SettleWindow.Ticket {
        newestRead = sequence
        return window.admit(sequence)
    }

    func settle(_ sequence: SequenceNumber, _ ticket: SettleWindow.Ticket, _ counts: LedgerCounts) {
        newestSettled = max(newestSettled ?? sequence, sequence)
        window.settle(ticket, counts)
    }

    /// What may be saved now, and what the ledger grows by with it.
    func takeSettled(_ sabotage: Sabotage?) -> (checkpoint: Checkpoint?, counts: LedgerCounts) {
        let counts = window.takeCounts()
        if isReadToEnd, window.pending == 0 || sabotage == .endsBeforeTheLastPageSettled { return (.shardEnd, counts) }
        var position = window.safePosition
        if sabotage == .commitsPastAGap { position = newestSettled }
        if sabotage == .commitsBeforeDelivery { position = newestRead }
        return (position.map(Checkpoint.after), counts)
    }

    /// The newest record below which all are settled.
    var safePosition: SequenceNumber? { window.safePosition }
}
