import Core
import Testing

@testable import LogGroupFakes

/// A sender, a schedule and a bad day of CloudWatch Logs, one step at a time.
private struct LogGroupWorld {
    private static let streams = 0..<7

    private var schedule: LogGroupSchedule
    private var cloud: FaultyCloudWatchLogs
    private var work: LogWorkload
    private var chance: SeededChance
    private var now = Duration.zero
    private var underWay: [LogCall] = []
    private var records: [Int: DecodedRecord] = [:]
    private var fates: [String: [Rejection?]] = [:]
    private var possibleRepeats = 0
    private(set) var faults: [String] = []

    init(seed: UInt64, faults: Int) {
        chance = SeededChance(seed: seed)
        cloud = FaultyCloudWatchLogs(seed: seed &+ 1, faults: faults)
        work = LogWorkload(seed: seed, now: cloud.logs.now)
        schedule = LogGroupSchedule(
            LogGroupRules.test(
                retentionDays: 14, callsMax: Int.random(in: 1...5, using: &chance),
                bodyBytesMax: Int.random(in: 1...2000, using: &chance),
                targetsMax: Int.random(in: 2...9, using: &chance),
                limits: BatchLimits(events: Int.random(in: 1...20, using: &chance))))
    }

    mutating func run(steps: Int) {
        for _ in 0..<steps { step(accepting: true) }
        cloud.faults = 0
        schedule.drain(true, at: now)
        var left = 100_000
        while schedule.targets > 0 || !underWay.isEmpty, left > 0 {
            step(accepting: false)
            left -= 1
        }
        for (message, rejection) in work.expected where fates[message, default: []] != [rejection] {
            faults.append(
                "\(message) was settled \(fates[message, default: []]), expected \(String(describing: rejection))")
        }
        if schedule.heldBytes != 0 { faults.append("\(schedule.heldBytes) bytes are held for nothing") }
        faults += work.faults(in: cloud.logs, targets: Self.streams, possibleRepeats: possibleRepeats)
    }

    private mutating func step(accepting: Bool) {
        switch Int.random(in: 0..<5, using: &chance) {
        case 0 where accepting: accept()
        case 2: schedule.hasten(at: now)
        case 1: now += .milliseconds(Int.random(in: 1...(accepting ? 800 : 60_000), using: &chance))
        default: answer()
        }
        start()
    }

    private mutating func accept() {
        let number = Int.random(in: Self.streams, using: &chance)
        var after = work
        let record = logRecord(after.events(for: number, now: cloud.logs.now))
        let run = EventRun(
            record: record, events: record.events.indices, limits: schedule.rules.limits)
        guard schedule.accept(run, as: records.count, for: LogWorkload.target(number), at: now) else { return }
        work = after
        records[records.count] = record
    }

    private mutating func start() {
        while let call = schedule.next(at: now) {
            if case .put(_, let target) = call, underWay.contains(where: { $0.target == target }) {
                faults.append("two calls at once for \(target)")
            }
            underWay.append(call)
        }
        if underWay.count > schedule.rules.callsMax { faults.append("\(underWay.count) calls at once") }
        if schedule.targets > schedule.rules.targetsMax { faults.append("\(schedule.targets) log streams at once") }
    }

    private mutating func answer() {
        guard !underWay.isEmpty else { return }
        let call = underWay.remove(at: Int.random(in: underWay.indices, using: &chance))
        let moment = Moment(
            uptime: now, time: Instant(milliseconds: cloud.logs.now), jitter: Double.random(in: 0..<1, using: &chance))
        let effects =
            switch call {
            case .put(let batch, let target):
                schedule.answered(put: cloud.put(batch.body(for: target), to: target), for: target, at: moment)
            case .createStream(let target):
                schedule.answered(createStream: cloud.create { $0.createStream(target) }, for: target, at: moment)
            case .createGroup(let group):
                schedule.answered(createGroup: cloud.create { $0.createGroup(group) }, for: group, at: moment)
            case .putRetention(let group, let days):
                schedule.answered(
                    putRetention: cloud.create { $0.putRetention(days, of: group) }, for: group, at: moment)
            }
        for effect in effects { note(effect) }
    }

    private mutating func note(_ effect: LogEffect) {
        switch effect {
        case .stored(let batch, let range): settle(range, of: batch, as: nil)
        case .rejected(let batch, let range, _, let rejection, _): settle(range, of: batch, as: rejection)
        case .mayRepeat(_, let events): possibleRepeats += events
        case .failed, .recovered, .created: break
        }
    }

    private mutating func settle(_ range: Range<Int>, of batch: LogBatch, as rejection: Rejection?) {
        for index in range {
            let place = batch.place(at: index)
            guard let record = records[place.ticket] else {
                faults.append("no run \(place.ticket)")
                continue
            }
            let message = String(decoding: record.text[record.events[place.event].message], as: UTF8.self)
            fates[message, default: []].append(rejection)
        }
    }
}

extension LogCall {
    fileprivate var target: LogTarget? {
        switch self {
        case .put(_, let target), .createStream(let target): target
        case .createGroup, .putRetention: nil
        }
    }
}

@Suite struct NoEventIsLostOnItsWayToALogGroup {
    /// Calls, answers, faults and time in an order chosen by the seed.
    @Test(arguments: UInt64(1)...300)
    func whateverFails(seed: UInt64) {
        var world = LogGroupWorld(seed: seed, faults: [0, 20, 60, 90][Int(seed % 4)])
        world.run(steps: 200)
        #expect(world.faults == [])
    }
}
