import Core

/// CloudWatch Logs on a bad day: some calls fail, some work and their answers are lost, some groups disappear.
struct FaultyCloudWatchLogs {
    var logs = FakeCloudWatchLogs()
    var chance: SeededChance
    /// How many of a hundred calls go wrong.
    var faults: Int

    init(seed: UInt64, faults: Int) {
        chance = SeededChance(seed: seed)
        self.faults = faults
    }

    private static let lost = Trouble("the request timed out", mayHaveWorked: true)

    mutating func put(_ body: [UInt8], to target: LogTarget) -> PutOutcome {
        guard chance.percent(faults) else { return logs.put(body, to: target) }
        switch Int.random(in: 0..<8, using: &chance) {
        case 0: return .failed(Trouble("InternalServerException: "))
        case 1: return .failed(Trouble("200 without a body", mayHaveWorked: true))
        case 2: return .failed(Trouble("AccessDeniedException: no", needsAPerson: true))
        case 3: return .missing("The specified log stream does not exist.")
        case 4:
            logs.delete(target.group)
            return logs.put(body, to: target)
        case 5:
            _ = logs.put(body, to: target)
            return .failed(Self.lost)
        default: return .failed(Trouble("ThrottlingException: Rate exceeded"))
        }
    }

    mutating func create(_ call: (inout FakeCloudWatchLogs) -> CreateOutcome) -> CreateOutcome {
        guard chance.percent(faults) else { return call(&logs) }
        switch Int.random(in: 0..<5, using: &chance) {
        case 0: return .busy
        case 1: return .missing("The specified log group does not exist.")
        case 2:
            _ = call(&logs)
            return .failed(Self.lost)
        case 3: return .failed(Trouble("LimitExceededException: Resource limit exceeded.", needsAPerson: true))
        default: return .failed(Trouble("ThrottlingException: Rate exceeded"))
        }
    }
}

/// Events for a few log streams, and what is to become of each.
struct LogWorkload {
    /// What is to become of an event; `nil` is delivered.
    private(set) var expected: [String: Rejection?] = [:]
    /// Of log streams whose events come in the order of their times, those that can be delivered, in order.
    private(set) var inOrder: [LogTarget: [String]] = [:]
    private var chance: SeededChance
    private var clock: Int64

    init(seed: UInt64, now: Int64) {
        chance = SeededChance(seed: seed &* 31)
        clock = now - 3_600_000
    }

    static func origin(_ number: Int) -> Origin {
        Origin(owner: "111111111111", logGroup: "group-\(number % 3)", logStream: "stream-\(number)")
    }

    static func target(_ number: Int) -> LogTarget {
        LogTarget(group: "group-\(number % 3)", stream: "stream-\(number)")
    }

    /// Some events of one log stream. Streams with an even number keep the order of time.
    mutating func events(for number: Int, now: Int64) -> [Written] {
        let count = Int.random(in: 1...9, using: &chance)
        return (0..<count).map { _ in event(for: number, now: now) }
    }

    private mutating func event(for number: Int, now: Int64) -> Written {
        clock += Int64.random(in: 0...20, using: &chance)
        var message = "\(number)#\(expected.count)"
        var time = clock
        var rejection: Rejection?
        if chance.percent(4) {
            message = FakeCloudWatchLogs.poison + message
            rejection = .refused
        } else if !number.isMultiple(of: 2) {
            switch Int.random(in: 0..<10, using: &chance) {
            case 0: (time, rejection) = (now - 15 * 86_400_000, .tooOld)
            case 1: (time, rejection) = (now + 3 * 3_600_000, .tooNew)
            case 2: time -= Int64.random(in: 0...90_000_000, using: &chance)
            default: time += Int64.random(in: -5000...5000, using: &chance)
            }
        }
        expected[message] = .some(rejection)
        if number.isMultiple(of: 2), rejection == nil { inOrder[Self.target(number), default: []].append(message) }
        return Written(time, message)
    }

    /// What is wrong with what `logs` stored, given what may have been stored twice.
    func faults(in logs: FakeCloudWatchLogs, targets: Range<Int>, possibleRepeats: Int) -> [String] {
        var faults = logs.violations
        var stored: [String: Int] = [:]
        for number in targets {
            let target = Self.target(number)
            let messages = logs.everything(in: target).map(\.message)
            for message in messages { stored[message, default: 0] += 1 }
            var seen: Set<String> = []
            let first = messages.filter { seen.insert($0).inserted }
            if let wanted = inOrder[target], wanted != first { faults.append("\(target) is out of order: \(first)") }
        }
        for (message, rejection) in expected where (stored[message] == nil) != (rejection != nil) {
            faults.append(
                "\(message) is stored \(stored[message, default: 0]) times, expected \(rejection.map(\.rawValue) ?? "once")"
            )
        }
        let repeats = stored.values.reduce(0) { $0 + $1 - 1 }
        if repeats > possibleRepeats { faults.append("\(repeats) repeats, \(possibleRepeats) counted") }
        return faults
    }
}
