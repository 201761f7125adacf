/// One stream: its shards, how it changes, what it is asked.
struct EmulatedStream: Sendable {
    enum Mode: String, Codable, Sendable {
        case provisioned = "PROVISIONED"
        case onDemand = "ON_DEMAND"
    }

    /// What is still going on, and until when (ms since 1970).
    enum Change: Hashable, Sendable {
        case creating(until: Int64)
        case updating(until: Int64)
        case deleting(until: Int64)
        case none
    }

    enum Status: String, Codable, Sendable {
        case creating = "CREATING"
        case updating = "UPDATING"
        case deleting = "DELETING"
        case active = "ACTIVE"
    }

    let name: EmulatedStreamName
    /// Tells a stream from an earlier one of the same name.
    let serial: Int
    var mode: Mode
    /// Milliseconds since 1970.
    let made: Int64
    let maxRecordKiB: Int
    var retentionHours = StreamLimits.retentionHoursDefault
    var tags: [String: String]
    var shards: [EmulatedShard]
    /// The numbers of the open shards by their hash keys.
    var open: [Int]
    var change: Change
    /// What is still to be done of a change, in the order it is due.
    var steps: [ReshardStep] = []
    /// When UpdateShardCount was called during the last day.
    var scalings: [Int64] = []
    var schedule: ReshardSchedule?
    var encryption: StreamEncryption?
    /// When encryption was started, changed or stopped during the last day.
    var encryptions: [Int64] = []
    /// When the mode was changed during the last day.
    var modeChanges: [Int64] = []
    var distribution = Distribution.partitionKey
    /// Places the records of a stream whose distribution is `auto`.
    var chance = SeededChance(seed: 0)

    init(
        name: EmulatedStreamName, serial: Int, mode: Mode, shardCount: Int, maxRecordKiB: Int, tags: [String: String],
        made: Int64, ready: Int64, schedule: ReshardSchedule? = nil
    ) {
        self.name = name
        self.serial = serial
        self.mode = mode
        self.maxRecordKiB = maxRecordKiB
        self.tags = tags
        self.made = made
        self.schedule = schedule
        shards = HashKeyRange.parts(shardCount).enumerated().map { number, range in
            EmulatedShard(number: number, range: range, parents: [], made: made)
        }
        open = Array(shards.indices)
        change = .creating(until: ready)
    }

    /// Ever, those that have aged out included.
    var recordsWritten: Int { shards.reduce(0) { $0 + $1.log.count } }

    /// When its youngest shard was made.
    var lastShardMade: Int64 { shards.reduce(made) { max($0, $1.made) } }

    /// Whether `time` is when the stream was made; a time without milliseconds means the whole second.
    func wasMade(at time: Int64) -> Bool {
        time == made || (time.isMultiple(of: 1000) && time / 1000 == made / 1000)
    }

    func status(at now: Int64) -> Status {
        switch change {
        case .creating(let until) where now < until: .creating
        case .updating(let until) where now < until: .updating
        case .deleting: .deleting
        case .creating, .updating, .none: .active
        }
    }

    /// Whether it is gone for good.
    func isDeleted(at now: Int64) -> Bool {
        if case .deleting(let until) = change { until <= now } else { false }
    }

    /// Records that arrived before are gone.
    func horizon(at now: Int64) -> Int64 { now - Int64(retentionHours) * 3_600_000 }

    /// Throws unless records can be written and read.
    func requireUsable(at now: Int64) throws(ServiceFault) {
        switch status(at: now) {
        case .active, .updating: return
        case .creating, .deleting: throw .streamNotFound(name)
        }
    }

    func requireActive(at now: Int64) throws(ServiceFault) {
        let status = status(at: now)
        guard status == .active else {
            throw .inUse(
                "Stream \(name.name) under account \(name.account) not ACTIVE, instead in state \(status.rawValue)")
        }
    }

    /// The index of a shard that has not aged out.
    func shard(_ id: String, at now: Int64) throws(ServiceFault) -> Int {
        guard let index = EmulatedShard.number(in: id), shards.indices.contains(index), shards[index].id == id,
            !shards[index].wasClosed(by: horizon(at: now))
        else { throw .shardNotFound(id, in: name) }
        return index
    }
}
