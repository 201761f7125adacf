internal import Core

/// A stream, a daemon that reads it, its sinks and its store, one step at a time; everything is chosen by the seed.
///
/// The daemon does what `Pipeline` does with Core's machines, without tasks: each step is what one task does between two
/// waits, so that a crash, a fault or another task may come between any two of them. After every step what has to be true
/// is checked, against what the world knows and the daemon does not.
package final class World {
    /// The wall clock of Kinesis when a world begins, in milliseconds since 1970.
    static let beginning = 1_700_000_000_000
    /// So many steps are enough for everything to settle once faults stop. Several generations of shards that have aged out
    /// take the longest: each is waited for as long as a list may be old, and meanwhile the others are polled.
    static let calmSteps = 20_000

    let conditions: Conditions
    let start: ShardPosition
    let sabotage: Sabotage?
    let trace: ((String) -> Void)?

    var chance: Chance
    /// In milliseconds, as all times here. Never goes back.
    var uptime = 0
    /// How far our wall clock is ahead of Kinesis's.
    var skew = 0
    package internal(set) var steps = 0
    /// Faults, crashes and news from the stream come.
    var isTroubled = true

    var stream: KinesisStream
    var store = Store()
    var disk = Disk()
    var daemon: Daemon
    /// When the next run begins, while there is none.
    var downUntil: Int?
    var acceptsRecreated = false
    /// By sink, the dead letters last.
    var stalledUntil = [0, 0, 0, 0]
    var runnable: [DaemonTask] = []
    var judge: Judge

    /// With the same seed and sabotage everything is the same. `trace` is told what happens.
    package init(seed: UInt64, sabotage: Sabotage? = nil, trace: ((String) -> Void)? = nil) {
        var chance = Chance(seed: seed)
        let conditions = Conditions(&chance)
        self.conditions = conditions
        self.sabotage = sabotage
        self.trace = trace
        stream = KinesisStream(
            retention: conditions.retention, refusesExpired: conditions.refusesExpired, shards: chance.within(1...3),
            at: Self.beginning)
        start =
            switch conditions.start {
            case .trimHorizon: .trimHorizon
            case .latest: .latest
            case .atTime: .atTime(Instant(milliseconds: Int64(Self.beginning + chance.below(600_000))))
            }
        self.chance = chance
        judge = Judge(sinks: conditions.sinkCount)
        daemon = Daemon(store, tree: ShardTree(saved: [:], start: start), created: nil, sabotage: nil, now: 0)
        downUntil = 0
        note("\(conditions)")
        for _ in 0..<self.chance.within(0...8) { happenInTheStream() }
        if conditions.clockJumps { jump() }
    }

    /// Lives to the end. Returns the first thing that went wrong.
    package func run() -> Violation? {
        while judge.violation == nil, steps < conditions.troubledSteps {
            steps += 1
            if chance.percent(20) { happen() } else { act() }
            checkStep()
        }
        calmDown()
        return judge.violation
    }

    func note(_ text: @autoclosure () -> String) {
        guard let trace else { return }
        trace("\(steps) \(uptime) \(text())")
    }
}

// MARK: What a trace says

extension World {
    func text(_ checkpoint: Checkpoint?) -> String {
        switch checkpoint {
        case .after(let sequence): "after \(text(sequence))"
        case .atTime, .shardEnd: checkpoint?.text ?? ""
        case nil: "nothing"
        }
    }

    func text(_ position: ShardPosition) -> String {
        switch position {
        case .after(let sequence): "after \(text(sequence))"
        case .at(let sequence): "at \(text(sequence))"
        case .trimHorizon, .latest, .atTime: "\(position)"
        }
    }

    func text(_ checkpoints: [ShardID: Checkpoint]) -> String {
        checkpoints.sorted { $0.key < $1.key }.map { "\($0) \(text($1))" }.joined(separator: ", ")
    }

    /// A record by its number, another sequence number by its digits.
    func text(_ sequence: SequenceNumber) -> String {
        stream.recordNumbers[sequence].map { "\($0)" } ?? sequence.digits
    }
}

// MARK: Time

extension World {
    /// By Kinesis's clock.
    var now: Int { Self.beginning + uptime }

    /// By our wall clock.
    var wallTime: Instant { Instant(milliseconds: Int64(now + skew)) }

    func moment() -> Moment {
        Moment(uptime: .milliseconds(uptime), time: wallTime, jitter: chance.fraction())
    }

    func pass(_ milliseconds: Int) { uptime += milliseconds }

    /// The uptime after this wait, which never ends too early.
    func after(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return uptime + Int(seconds) * 1_000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
