/// One split or merge of a change that takes several.
struct ReshardStep: Hashable, Sendable {
    enum Act: Hashable, Sendable {
        /// The shard that takes this hash key is split there.
        case divide(UInt128)
        /// The shard that begins with this hash key is merged with the one before it.
        case join(UInt128)
    }

    /// Milliseconds since 1970.
    let due: Int64
    let act: Act
}

/// Changing the number of shards as a whole, by UpdateShardCount or on schedule.
///
/// Kinesis splits and merges shard by shard until all have equal ranges. On the way come shards that live for a moment only:
/// here the steps are spread evenly over the time that the change takes, so that such shards take records.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html
extension EmulatedStream {
    /// Begins to bring the stream to `target` shards of equal ranges, done by `ready`.
    mutating func scale(to target: Int, now: Int64, ready: Int64, timesPerDayMax: Int?) throws(ServiceFault) {
        try requireReshardable(at: now)
        let count = open.count
        guard target <= count * 2 else {
            throw .limitExceeded(
                "UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: "
                    + "\(count) Target shard count: \(target)")
        }
        guard target * 2 >= count else {
            throw .limitExceeded(
                "UpdateShardCount cannot scale down below half your current open shard count. Current open shard count: "
                    + "\(count) Target shard count: \(target)")
        }
        scalings.removeAll { $0 <= now - StreamLimits.dayMilliseconds }
        if let most = timesPerDayMax, scalings.count >= most {
            throw .limitExceeded(
                "UpdateShardCount can be called \(most) times in 24 hours for a stream. Stream \(name.name) under account "
                    + "\(name.account) was scaled as often.")
        }
        scalings.append(now)
        begin(Self.acts(from: starts, to: Self.starts(target)), now: now, ready: ready)
    }

    /// Does what has become due by `now`. To be called before the stream is asked or told anything.
    mutating func catchUp(with now: Int64) {
        perform(until: now)
        guard steps.isEmpty, status(at: now) == .active, let turn = schedule?.turn(at: now, openShards: open.count)
        else {
            return
        }
        let waypoint = Self.starts(turn.waypoint)
        let acts = Self.acts(from: starts, to: waypoint) + Self.acts(from: waypoint, to: Self.starts(turn.target))
        begin(acts, now: now, ready: turn.ready)
    }

    private mutating func begin(_ acts: [ReshardStep.Act], now: Int64, ready: Int64) {
        steps = acts.enumerated().map { index, act in
            ReshardStep(due: now + (ready - now) * Int64(index) / Int64(acts.count), act: act)
        }
        change = .updating(until: ready)
        perform(until: now)
    }

    private mutating func perform(until now: Int64) {
        let due = steps.prefix { $0.due <= now }
        guard !due.isEmpty else { return }
        steps.removeFirst(due.count)
        for step in due {
            switch step.act {
            case .divide(let key): divide(shard(taking: key), at: key, now: step.due)
            case .join(let key): join(shard(taking: key - 1), shard(taking: key), now: step.due)
            }
        }
    }

    /// Where the open shards begin, in ascending order.
    private var starts: [UInt128] { open.map { shards[$0].range.first } }

    private static func starts(_ count: Int) -> [UInt128] { HashKeyRange.parts(count).map(\.first) }

    /// Splits where a wanted shard begins and none does, then merges what begins where none should.
    private static func acts(from starts: [UInt128], to wanted: [UInt128]) -> [ReshardStep.Act] {
        let (have, want) = (Set(starts), Set(wanted))
        return wanted.filter { !have.contains($0) }.map(ReshardStep.Act.divide)
            + starts.filter { !want.contains($0) }.map(ReshardStep.Act.join)
    }
}
