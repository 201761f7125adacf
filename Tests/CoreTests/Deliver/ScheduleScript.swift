import Core
import Testing

@testable import LogGroupFakes

/// Plays a schedule by hand: the test says what happens and reads what is to be called.
struct ScheduleScript {
    var schedule: LogGroupSchedule
    var now = Duration.zero
    private var ticket = 0
    /// Batches under way.
    private(set) var batches: [LogTarget: LogBatch] = [:]

    init(_ rules: LogGroupRules) { schedule = LogGroupSchedule(rules) }

    @discardableResult
    mutating func accept(_ events: [Written], for stream: String = "s", in group: String = "g") -> Bool {
        let record = logRecord(events)
        let run = EventRun(record: record, events: record.events.indices, limits: schedule.rules.limits)
        ticket += 1
        return schedule.accept(run, as: ticket, for: LogTarget(group: group, stream: stream), at: now)
    }

    @discardableResult
    mutating func accept(_ messages: String..., to stream: String) -> Bool {
        accept(messages.map { Written(1000, $0) }, for: stream)
    }

    /// The calls that are to be made now, each as a line.
    mutating func calls() -> [String] {
        var lines: [String] = []
        while let call = schedule.next(at: now) {
            switch call {
            case .put(let batch, let target):
                batches[target] = batch
                lines.append("put \(target) \(Self.messages(batch).joined(separator: " "))")
            case .createStream(let target): lines.append("create \(target)")
            case .createGroup(let group): lines.append("create \(group)")
            case .putRetention(let group, let days): lines.append("retain \(group) \(days)")
            }
        }
        return lines
    }

    var moment: Moment { Moment(uptime: now, time: Instant(milliseconds: 1_763_632_800_000), jitter: 0) }

    mutating func put(_ outcome: PutOutcome, _ stream: String = "s", in group: String = "g") -> [String] {
        schedule.answered(put: outcome, for: LogTarget(group: group, stream: stream), at: moment).map(Self.line)
    }

    mutating func createStream(_ outcome: CreateOutcome, _ stream: String = "s", in group: String = "g") -> [String] {
        schedule.answered(createStream: outcome, for: LogTarget(group: group, stream: stream), at: moment)
            .map(Self.line)
    }

    mutating func createGroup(_ outcome: CreateOutcome, _ group: String = "g") -> [String] {
        schedule.answered(createGroup: outcome, for: group, at: moment).map(Self.line)
    }

    mutating func retain(_ outcome: CreateOutcome, _ group: String = "g") -> [String] {
        schedule.answered(putRetention: outcome, for: group, at: moment).map(Self.line)
    }

    static func messages(_ batch: LogBatch, _ range: Range<Int>? = nil) -> [String] {
        let body = String(decoding: batch.body(for: LogTarget(group: "g", stream: "s")), as: UTF8.self)
        let messages = body.split(separator: "\"message\":\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
        return Array(messages[range ?? 0..<messages.count])
    }

    private static func line(_ effect: LogEffect) -> String {
        switch effect {
        case .stored(let batch, let range): "stored \(messages(batch, range).joined(separator: " "))"
        case .rejected(let batch, let range, _, let rejection, let detail):
            "\(rejection.rawValue) \(messages(batch, range).joined(separator: " ")): \(detail)"
        case .mayRepeat(_, let events): "may repeat \(events)"
        case .failed(let what, let cause, let attempt, let delay): "\(what) failed \(attempt), \(delay): \(cause)"
        case .recovered(let what, let failures): "\(what) recovered after \(failures)"
        case .created(let what): "created \(what)"
        }
    }
}

let taken = PutOutcome.taken(.none)
let streamMissing = "The specified log stream does not exist."
let groupMissing = "The specified log group does not exist."
