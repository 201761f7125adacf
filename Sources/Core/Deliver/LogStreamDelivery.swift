private import DequeModule

/// Delivers to one log stream: what waits, the batch in hand, and the one call that is under way.
///
/// A log stream or log group is created when PutLogEvents or CreateLogStream says that it is missing, never asked for
/// beforehand, and as often as it goes missing.
struct LogStreamDelivery {
    enum Step: Hashable {
        case put
        case createStream
        case createGroup
    }

    private enum State {
        /// Nothing is in hand. Becomes `due` once a batch is full or its oldest event has waited long enough.
        case gathering
        /// A batch is in hand and the step may be taken. Becomes `calling` or, for a group, `withoutGroup`.
        case due(Step)
        /// Becomes whatever the answer says.
        case calling(Step)
        /// Waits out trouble. Becomes `due`.
        case resting(Step, until: Duration)
        /// Waits until its group is created. Becomes `due` to create the stream.
        case withoutGroup
    }

    let target: LogTarget
    private var state = State.gathering
    private var queue: Deque<EventRun> = []
    private var queued = BatchLoad()
    /// What is to be sent before the queue, the next one last: one batch, or the parts of one that was refused.
    private var hand: [LogBatch] = []
    /// Whether the log stream is known to exist: it has taken events.
    private(set) var isProven: Bool
    /// Whether what is queued waits for no more.
    private var isHastened = false
    private var persistence = Persistence()
    /// What was created since events were last taken. If that did not help, doing it again waits first.
    private var tried: Set<Step> = []

    init(_ target: LogTarget, isProven: Bool) {
        self.target = target
        self.isProven = isProven
    }

    mutating func add(_ run: EventRun) {
        queue.append(run)
        queued += run.load
    }

    /// What is queued and waits for more, in bytes of requests; `nil` when it waits for something else, or there is nothing.
    var lingeringBytes: Int? {
        guard case .gathering = state, !queue.isEmpty, !isHastened else { return nil }
        return queued.bodyBytes
    }

    /// Lets what is queued wait for no more.
    mutating func hasten() { isHastened = true }

    /// `linger` is `nil` when nothing is to wait for more.
    func readiness(at now: Duration, _ limits: BatchLimits, linger: Duration?) -> Readiness {
        switch state {
        case .gathering:
            guard let oldest = queue.first else { return .never }
            guard let linger, !isHastened, !queued.fills(limits) else { return .now }
            let end = oldest.arrived + linger
            return end <= now ? .now : .at(end)
        case .due: return .now
        case .resting(_, let until): return until <= now ? .now : .at(until)
        case .calling, .withoutGroup: return .afterAnAnswer
        }
    }
}

// MARK: Calls

extension LogStreamDelivery {
    /// What its next step is, and what it weighs. It has to be ready.
    mutating func nextStep(_ limits: BatchLimits) -> (step: Step, bodyBytes: Int) {
        switch state {
        case .gathering:
            hand = [takeBatch(limits)]
            state = .due(.put)
        case .resting(let step, _): state = .due(step)
        case .due: break
        case .calling, .withoutGroup: preconditionFailure("stepped while \(state)")
        }
        guard case .due(let step) = state else { preconditionFailure("nothing due while \(state)") }
        return (step, step == .put ? handedBodyBytes : 0)
    }

    /// Takes the step that `nextStep` told.
    mutating func begin() -> LogCall? {
        guard case .due(let step) = state else { preconditionFailure("began while \(state)") }
        state = step == .createGroup ? .withoutGroup : .calling(step)
        switch step {
        case .put: return .put(handed, target)
        case .createStream: return .createStream(target)
        case .createGroup: return nil
        }
    }

    /// What the request under way, or the next one, measures at most.
    var handedBodyBytes: Int { handed.load.bodyBytes }

    private var handed: LogBatch {
        guard let batch = hand.last else { preconditionFailure("nothing in hand while \(state)") }
        return batch
    }

    private mutating func takeBatch(_ limits: BatchLimits) -> LogBatch {
        var plan = BatchPlan(isProven ? limits : limits.probing, expecting: queued.events)
        while !queue.isEmpty {
            queued -= plan.take(from: &queue[0])
            guard queue[0].load.events == 0 else { break }
            queue.removeFirst()
        }
        let batch = plan.finish()
        // What a probe leaves behind goes as soon as it is answered.
        isHastened = !isProven && !queue.isEmpty && !batch.load.fills(limits)
        return batch
    }
}

// MARK: Answers

extension LogStreamDelivery {
    mutating func answered(put outcome: PutOutcome, at moment: Moment, _ rules: LogGroupRules) -> [LogEffect] {
        guard case .calling(.put) = state else { preconditionFailure("put answered while \(state)") }
        switch outcome {
        case .taken(let rejected):
            isProven = true
            return taken(rejected, at: moment)
        case .refused(let text): return refused(text)
        case .missing(let text):
            isProven = false
            return create(.createStream, because: text, at: moment, rules)
        case .failed(let trouble):
            let repeats = trouble.mayHaveWorked ? [LogEffect.mayRepeat(target, events: handed.count)] : []
            return repeats + rest(before: .put, trouble, at: moment, rules)
        }
    }

    mutating func answered(createStream outcome: CreateOutcome, at moment: Moment, _ rules: LogGroupRules)
        -> [LogEffect]
    {
        guard case .calling(.createStream) = state else { preconditionFailure("creation answered while \(state)") }
        switch outcome {
        case .done:
            state = .due(.put)
            return [.created(what: target.description)]
        case .existed:
            state = .due(.put)
            return []
        case .missing(let text) where rules.createsGroups:
            return create(.createGroup, because: text, at: moment, rules)
        case .missing(let text):
            return rest(before: .createStream, Trouble(text, needsAPerson: true), at: moment, rules)
        case .busy:
            state = .resting(
                .createStream, until: moment.uptime + rules.backoff.delay(attempt: 0, jitter: moment.jitter))
            return []
        case .failed(let trouble): return rest(before: .createStream, trouble, at: moment, rules)
        }
    }

    mutating func groupExists() {
        guard case .withoutGroup = state else { preconditionFailure("told of its group while \(state)") }
        state = .due(.createStream)
    }

    private mutating func taken(_ rejected: RejectedIndexes, at moment: Moment) -> [LogEffect] {
        let batch = letGo()
        tried = []
        let verdict = BatchVerdict(rejected, of: batch, at: moment.time)
        var effects = recovered()
        if !verdict.stored.isEmpty { effects.append(.stored(batch, verdict.stored)) }
        let refusals: [(Range<Int>, Rejection, String)] = [
            (verdict.tooOld, .tooOld, "older than the 14 days that CloudWatch Logs takes"),
            (verdict.expired, .expired, "older than the retention of the log group"),
            (verdict.tooNew, .tooNew, "more than two hours ahead of the clock of CloudWatch Logs"),
        ]
        for (range, rejection, text) in refusals where !range.isEmpty {
            effects.append(.rejected(batch, range, target, rejection, detail: text))
        }
        return effects
    }

    /// Halves the batch until the event that AWS does not take is alone.
    private mutating func refused(_ text: String) -> [LogEffect] {
        let batch = letGo()
        guard batch.count == 1 else {
            let (earlier, later) = batch.halves()
            hand += [later, earlier]
            state = .due(.put)
            return recovered()
        }
        // "Log event too large: 1048577 bytes exceeds limit of 1048576" where the limit is lower than we know.
        let rejection: Rejection = text.lowercased().contains("too large") ? .tooBig : .refused
        return recovered() + [.rejected(batch, 0..<1, target, rejection, detail: text)]
    }

    private mutating func letGo() -> LogBatch {
        let batch = handed
        hand.removeLast()
        state = hand.isEmpty ? .gathering : .due(.put)
        return batch
    }

    /// Creates what is missing: at once the first time, later after a wait, for AWS may take a while to see it.
    private mutating func create(
        _ step: Step, because text: String, at moment: Moment, _ rules: LogGroupRules
    ) -> [LogEffect] {
        if tried.insert(step).inserted {
            state = .due(step)
            return []
        }
        return rest(before: step, Trouble(text), at: moment, rules)
    }

    private mutating func rest(
        before step: Step, _ trouble: Trouble, at moment: Moment, _ rules: LogGroupRules
    ) -> [LogEffect] {
        let delay = persistence.failed(trouble, rules.backoff, jitter: moment.jitter)
        state = .resting(step, until: moment.uptime + delay)
        return [
            .failed(
                what: target.description, cause: trouble.cause, attempt: persistence.failures, retryIn: delay)
        ]
    }

    private mutating func recovered() -> [LogEffect] {
        let failures = persistence.worked()
        return failures > 0 ? [.recovered(what: target.description, after: failures)] : []
    }
}
