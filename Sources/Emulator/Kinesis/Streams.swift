/// All streams of all accounts and Regions: a machine that is told a call and the time, and answers.
struct Streams: Sendable {
    private var bySerial: [Int: EmulatedStream] = [:]
    private var serials: [EmulatedStreamName: Int] = [:]
    private var nextSerial = 1

    let rules: KinesisRules
    /// What makes this emulator's iterators its own.
    let seal: UInt64
    private let seed: UInt64
    /// A later stream of a name is made at this time or after, so that none of its sequence numbers were an earlier one's.
    private var soonest: [EmulatedStreamName: Int64] = [:]

    init(rules: KinesisRules, seal: UInt64, seed: UInt64 = 0) {
        self.rules = rules
        self.seal = seal
        self.seed = seed
    }

    /// When a change begun at `now` is over.
    func ready(after now: Int64) -> Int64 { now + rules.transition.milliseconds }

    mutating func create(
        _ name: EmulatedStreamName, mode: EmulatedStream.Mode, shardCount: Int, maxRecordKiB: Int,
        distribution: EmulatedStream.Distribution, tags: [String: String], now: Int64
    ) throws(ServiceFault) {
        removeDeleted(name, now: now)
        guard serials[name] == nil else {
            throw .inUse("Stream \(name.name) under account \(name.account) already exists.")
        }
        let serial = nextSerial
        nextSerial += 1
        serials[name] = serial
        var stream = EmulatedStream(
            name: name, serial: serial, mode: mode, shardCount: shardCount, maxRecordKiB: maxRecordKiB, tags: tags,
            made: max(now, soonest[name] ?? now), ready: ready(after: now),
            schedule: rules.reshardEvery.map { every in
                ReshardSchedule(every: every.milliseconds, seed: seed &+ UInt64(serial), now: now)
            })
        stream.distribution = distribution
        stream.chance = SeededChance(seed: seed &+ UInt64(serial))
        bySerial[serial] = stream
    }

    mutating func delete(_ name: EmulatedStreamName, now: Int64) throws(ServiceFault) {
        let ready = ready(after: now)
        try withStream(name, now: now) { stream in stream.change = .deleting(until: ready) }
        removeDeleted(name, now: now)
    }

    /// Asks or changes a stream, in place.
    mutating func withStream<Answer>(
        _ name: EmulatedStreamName, now: Int64, _ act: (inout EmulatedStream) throws(ServiceFault) -> Answer
    ) throws(ServiceFault) -> Answer {
        removeDeleted(name, now: now)
        guard let serial = serials[name], let index = bySerial.index(forKey: serial) else {
            throw .streamNotFound(name)
        }
        bySerial.values[index].catchUp(with: now)
        return try act(&bySerial.values[index])
    }

    /// Asks or changes the stream that an iterator leads into, in place.
    mutating func withStream<Answer>(
        serial: Int, now: Int64, _ act: (inout EmulatedStream) throws(ServiceFault) -> Answer
    ) throws(ServiceFault) -> Answer {
        guard let name = bySerial[serial]?.name else { throw .notFound("The stream of this iterator is gone.") }
        return try withStream(name, now: now, act)
    }

    /// `nil` when there is no such stream.
    mutating func stream(_ name: EmulatedStreamName, now: Int64) -> EmulatedStream? {
        removeDeleted(name, now: now)
        guard let serial = serials[name] else { return nil }
        bySerial[serial]?.catchUp(with: now)
        return bySerial[serial]
    }

    /// An account's streams in a Region by name.
    mutating func names(account: String, region: String, now: Int64) -> [EmulatedStreamName] {
        for name in Array(serials.keys) { removeDeleted(name, now: now) }
        return serials.keys.filter { $0.account == account && $0.region == region }.sorted { $0.name < $1.name }
    }

    private mutating func removeDeleted(_ name: EmulatedStreamName, now: Int64) {
        guard let serial = serials[name], let stream = bySerial[serial], stream.isDeleted(at: now) else { return }
        soonest[name] = stream.lastShardMade + 1
        bySerial[serial] = nil
        serials[name] = nil
    }
}

extension Duration {
    /// Whole milliseconds, what is less than one dropped.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
