/// A call about a whole log group, repeated until it is done: creating it, or setting its retention.
struct LogGroupChore {
    private enum State {
        /// Becomes `calling`.
        case due
        /// Ends here, or becomes `resting`.
        case calling
        /// Becomes `due` at that time.
        case resting(until: Duration)
    }

    let group: String
    /// Log streams to be told when it is done.
    private(set) var waiting: [LogTarget] = []
    private var state = State.due
    private var persistence = Persistence()
    /// Whether an earlier call may have had its effect unseen.
    private(set) var mayHaveWorked = false

    init(_ group: String) { self.group = group }

    mutating func add(_ target: LogTarget) { waiting.append(target) }

    func readiness(at now: Duration) -> Readiness {
        switch state {
        case .due: .now
        case .calling: .afterAnAnswer
        case .resting(let until): until <= now ? .now : .at(until)
        }
    }

    mutating func begin() { state = .calling }

    mutating func busy(at moment: Moment, _ backoff: Backoff) {
        state = .resting(until: moment.uptime + backoff.delay(attempt: 0, jitter: moment.jitter))
    }

    mutating func failed(_ trouble: Trouble, at moment: Moment, _ backoff: Backoff) -> LogEffect {
        let delay = persistence.failed(trouble, backoff, jitter: moment.jitter)
        state = .resting(until: moment.uptime + delay)
        if trouble.mayHaveWorked { mayHaveWorked = true }
        return .failed(what: group, cause: trouble.cause, attempt: persistence.failures, retryIn: delay)
    }

    mutating func done() -> [LogEffect] {
        let failures = persistence.worked()
        return failures > 0 ? [.recovered(what: group, after: failures)] : []
    }
}
