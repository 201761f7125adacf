import Core

/// One transaction.
struct Save {
    var checkpoints: [ShardID: Checkpoint] = [:]
    /// When the last record that a checkpoint passed had arrived.
    var current: [ShardID: Instant] = [:]
    var forgotten: [ShardID] = []
    var created: Instant?
    var fileLength: Int?
    var frontier: [ShardID: SequenceNumber] = [:]
    var letterLength: Int?
    /// What the records passed add to the ledger, and to which one: told whole, so that a transaction whose answer was lost
    /// can be sent again.
    var counts = LedgerCounts()
    var ledgerBefore = LedgerCounts()
    /// For the judge: whose records these checkpoints pass, and whether they are what the configured start means.
    var readings: [ShardID: Int] = [:]
    var isBeginning = false
    var isOfAnotherStream = false

    var isEmpty: Bool {
        checkpoints.isEmpty && forgotten.isEmpty && created == nil && fileLength == nil && frontier.isEmpty
            && letterLength == nil && counts == LedgerCounts()
    }
}

/// What survives a crash of the daemon.
struct Store {
    private(set) var checkpoints: [ShardID: Checkpoint] = [:]
    private(set) var current: [ShardID: Instant] = [:]
    private(set) var ledger = LedgerCounts()
    private(set) var created: Instant?
    private(set) var fileLength = 0
    private(set) var frontier: [ShardID: SequenceNumber] = [:]
    private(set) var letterLength = 0

    mutating func apply(_ save: Save, addingCounts: Bool) {
        checkpoints.merge(save.checkpoints) { $1 }
        current.merge(save.current) { $1 }
        if !addingCounts, save.counts != LedgerCounts() { ledger = save.ledgerBefore }
        ledger += save.counts
        created = save.created ?? created
        fileLength = save.fileLength ?? fileLength
        frontier.merge(save.frontier) { $1 }
        letterLength = save.letterLength ?? letterLength
        for shard in save.forgotten { checkpoints[shard] = nil }
        for shard in save.forgotten { current[shard] = nil }
        for shard in save.forgotten { frontier[shard] = nil }
        for (shard, checkpoint) in save.checkpoints where checkpoint == .shardEnd { frontier[shard] = nil }
    }
}
