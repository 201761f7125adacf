/// Decides which calls bring the events of one sink into their log groups, and when.
///
/// Told what was accepted and what the calls answered, it says which calls to make. Each log stream has one call under
/// way at most, so its events stay in order; log streams take turns, so one that fails holds up no other.
package struct LogGroupSchedule: Sendable {
    enum Key: Hashable {
        case stream(LogTarget)
        case creation(String)
        case retention(String)
    }

    /// Created groups whose retention is not set yet. Ours; at this many, each of them loud, no more are created.
    static let retentionsMax = 10_000

    /// Log streams that are known to exist. Ours; when there are more, all are forgotten.
    static let provenMax = 8192

    package let rules: LogGroupRules
    private var proven: Set<LogTarget> = []
    private var streams: [LogTarget: LogStreamDelivery] = [:]
    private var creations: [String: LogGroupChore] = [:]
    private var retentions: [String: LogGroupChore] = [:]
    private var turns = Turns<Key>()
    private var calls = 0
    /// Of the requests under way.
    private var bodyBytes = 0
    /// What all events that are not delivered yet take of requests.
    package private(set) var heldBytes = 0
    /// Whether what is ready has to wait for an answer first.
    private var isFull = false
    private var isDraining = false
    /// Whether there were too many log streams at once. Ends when half of them are done.
    private var isCrowded = false

    package init(_ rules: LogGroupRules) { self.rules = rules }

    /// Log streams with events that are not delivered yet.
    package var targets: Int { streams.count }

    /// When `next` may have a call without anything happening before; `nil` when it will not.
    package func nextTime(at now: Duration) -> Duration? { isFull ? nil : turns.first(at: now) }

    /// Queues events, of which at least one can be sent. Returns `false` when there is no room for another log stream.
    package mutating func accept(
        _ run: EventRun, as ticket: Int, for target: LogTarget, at now: Duration
    ) -> Bool {
        precondition(run.load.events > 0, "queued events that cannot be sent")
        var run = run
        (run.ticket, run.arrived) = (ticket, now)
        if streams[target]?.add(run) == nil {
            guard streams.count < rules.targetsMax else {
                crowd(at: now)
                return false
            }
            var delivery = LogStreamDelivery(target, isProven: proven.contains(target))
            delivery.add(run)
            streams[target] = delivery
        }
        heldBytes += run.load.bodyBytes
        setTurn(of: target, at: now)
        return true
    }

    /// Whether batches are sent at once, however small.
    package mutating func drain(_ isDraining: Bool, at now: Duration) {
        self.isDraining = isDraining
        if isDraining { endLingering(at: now) }
    }

    /// Lets go what lingers, the most first, until as much is on its way as lingers on: sent whenever memory is short,
    /// small batches would be all there is, and with too few on their way reading waits for their answers.
    package mutating func hasten(at now: Duration) {
        guard bodyBytes < heldBytes / 2 else { return }
        var lingering = turns.waiting.compactMap { key -> (target: LogTarget, bytes: Int)? in
            guard case .stream(let target) = key, let bytes = streams[target]?.lingeringBytes else { return nil }
            return (target, bytes)
        }
        lingering.sort { $0.bytes > $1.bytes }
        var (left, sent) = (lingering.reduce(0) { $0 + $1.bytes }, bodyBytes)
        for (target, bytes) in lingering where sent < left {
            update(target) { $0.hasten() }
            setTurn(of: target, at: now)
            (left, sent) = (left - bytes, sent + bytes)
        }
    }

    private mutating func crowd(at now: Duration) {
        guard !isCrowded else { return }
        isCrowded = true
        endLingering(at: now)
    }

    private mutating func endLingering(at now: Duration) {
        for case .stream(let target) in turns.waiting { setTurn(of: target, at: now) }
    }

    /// Finds out when a log stream is to act next, and forgets one that has nothing left to do.
    private mutating func setTurn(of target: LogTarget, at now: Duration) {
        let linger = isDraining || isCrowded ? nil : rules.linger
        let readiness = update(target) { [rules] in $0.readiness(at: now, rules.limits, linger: linger) }
        turns.set(.stream(target), readiness)
        guard readiness == .never else { return }
        streams[target] = nil
        if streams.count <= rules.targetsMax / 2 { isCrowded = false }
    }

    private mutating func update<Result>(_ target: LogTarget, _ change: (inout LogStreamDelivery) -> Result) -> Result {
        guard let index = streams.index(forKey: target) else { preconditionFailure("nothing waits for \(target)") }
        return change(&streams.values[index])
    }
}

// MARK: Calls

extension LogGroupSchedule {
    /// The next call to make now; `nil` when there is none, or no room for it.
    package mutating func next(at now: Duration) -> LogCall? {
        isFull = false
        while calls < rules.callsMax {
            guard let key = turns.next(at: now) else { return nil }
            guard hasRoom(for: key) else {
                turns.putBack(key)
                break
            }
            guard let call = begin(key, at: now) else { continue }
            calls += 1
            return call
        }
        isFull = true
        return nil
    }

    private mutating func hasRoom(for key: Key) -> Bool {
        guard case .stream(let target) = key else { return true }
        let next = update(target) { [rules] in $0.nextStep(rules.limits) }
        return calls == 0 || bodyBytes + next.bodyBytes <= rules.bodyBytesMax
    }

    /// `nil` when no call follows, at least not now.
    private mutating func begin(_ key: Key, at now: Duration) -> LogCall? {
        switch key {
        case .stream(let target):
            let call = update(target) { $0.begin() }
            if call == nil { askForGroup(of: target, at: now) }
            if case .put(let batch, _) = call { bodyBytes += batch.load.bodyBytes }
            return call
        case .creation(let group):
            guard retentions.count < Self.retentionsMax else { return nil }
            creations[group]?.begin()
            return .createGroup(group)
        case .retention(let group):
            retentions[group]?.begin()
            return rules.retentionDays.map { .putRetention(group, days: $0) }
        }
    }

    /// Many log streams of one new group wait for one creation.
    private mutating func askForGroup(of target: LogTarget, at now: Duration) {
        creations[target.group, default: LogGroupChore(target.group)].add(target)
        setTurn(ofCreation: target.group, at: now)
    }

    private mutating func setTurn(ofCreation group: String, at now: Duration) {
        turns.set(.creation(group), creations[group]?.readiness(at: now) ?? .never)
    }

    private mutating func setTurn(ofRetention group: String, at now: Duration) {
        turns.set(.retention(group), retentions[group]?.readiness(at: now) ?? .never)
    }
}

// MARK: Answers

extension LogGroupSchedule {
    package mutating func answered(put outcome: PutOutcome, for target: LogTarget, at moment: Moment) -> [LogEffect] {
        calls -= 1
        bodyBytes -= update(target) { $0.handedBodyBytes }
        let effects = update(target) { [rules] in $0.answered(put: outcome, at: moment, rules) }
        for effect in effects { heldBytes -= effect.endedBodyBytes }
        note(target, isProven: update(target) { $0.isProven })
        setTurn(of: target, at: moment.uptime)
        return effects
    }

    private mutating func note(_ target: LogTarget, isProven: Bool) {
        if !isProven {
            proven.remove(target)
        } else if !proven.contains(target) {
            if proven.count >= Self.provenMax { proven = [] }
            proven.insert(target)
        }
    }

    package mutating func answered(
        createStream outcome: CreateOutcome, for target: LogTarget, at moment: Moment
    ) -> [LogEffect] {
        calls -= 1
        let effects = update(target) { [rules] in $0.answered(createStream: outcome, at: moment, rules) }
        setTurn(of: target, at: moment.uptime)
        return effects
    }

    package mutating func answered(
        createGroup outcome: CreateOutcome, for group: String, at moment: Moment
    ) -> [LogEffect] {
        calls -= 1
        defer { setTurn(ofCreation: group, at: moment.uptime) }
        switch outcome {
        case .done: return exists(group, isOurs: true, at: moment) + [.created(what: group)]
        case .existed: return exists(group, isOurs: false, at: moment)
        case .busy:
            let backoff = rules.backoff
            creations[group]?.busy(at: moment, backoff)
            return []
        case .missing(let text): return failedCreation(of: group, Trouble(text), at: moment)
        case .failed(let trouble): return failedCreation(of: group, trouble, at: moment)
        }
    }

    package mutating func answered(
        putRetention outcome: CreateOutcome, for group: String, at moment: Moment
    ) -> [LogEffect] {
        calls -= 1
        defer { setTurn(ofRetention: group, at: moment.uptime) }
        switch outcome {
        // A group that is gone gets its retention when it is created again.
        case .done, .existed, .missing:
            return endRetention(of: group, at: moment)
        case .busy:
            let backoff = rules.backoff
            retentions[group]?.busy(at: moment, backoff)
            return []
        case .failed(let trouble):
            let backoff = rules.backoff
            return [retentions[group]?.failed(trouble, at: moment, backoff)].compactMap(\.self)
        }
    }

    private mutating func failedCreation(of group: String, _ trouble: Trouble, at moment: Moment) -> [LogEffect] {
        let backoff = rules.backoff
        return [creations[group]?.failed(trouble, at: moment, backoff)].compactMap(\.self)
    }

    private mutating func endRetention(of group: String, at moment: Moment) -> [LogEffect] {
        let wereTooMany = retentions.count >= Self.retentionsMax
        var chore = retentions.removeValue(forKey: group)
        if wereTooMany {
            for waiting in creations.keys.sorted() { setTurn(ofCreation: waiting, at: moment.uptime) }
        }
        return chore?.done() ?? []
    }

    /// Lets the log streams of `group` go on, and sets its retention if we created it.
    private mutating func exists(_ group: String, isOurs: Bool, at moment: Moment) -> [LogEffect] {
        guard var creation = creations.removeValue(forKey: group) else {
            preconditionFailure("\(group) was not asked for")
        }
        // When an earlier answer was lost, what exists now is probably ours.
        if isOurs || creation.mayHaveWorked, rules.retentionDays != nil, retentions[group] == nil {
            retentions[group] = LogGroupChore(group)
            setTurn(ofRetention: group, at: moment.uptime)
        }
        for target in creation.waiting {
            update(target) { $0.groupExists() }
            setTurn(of: target, at: moment.uptime)
        }
        return creation.done()
    }
}
