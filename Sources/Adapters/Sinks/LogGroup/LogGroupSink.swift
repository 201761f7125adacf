package import Core
internal import Locking
package import Pipeline

/// Delivers log events to log groups of CloudWatch Logs, in any Region or account that its writer talks to.
///
/// What to send and when is decided by `LogGroupSchedule`; this makes the calls and settles the events.
package final class LogGroupSink: Sink {
    struct State {
        var schedule: LogGroupSchedule
        var targets: LogTargets
        var open = OpenRuns()
        var tally = LogGroupTally()
        /// How many wait for everything to be settled.
        var drains = 0
        /// Whether memory is short, and `run` has not seen to it yet.
        var isHastened = false
        /// When `run` looks at the schedule again if nobody rings the bell before; `nil` when it waits for that.
        var nextLook: Duration?
        var alarms = Alarms()
        /// A call could not do what its answer asked for, and `run` is to end.
        var hasFailed = false

        /// Whether `run` has to be woken, for there is something to do before it looks. Says so once.
        mutating func isNews(at now: Duration) -> Bool {
            guard let time = schedule.nextTime(at: now), nextLook.map({ time < $0 }) ?? true else { return false }
            nextLook = time
            return true
        }
    }

    package let name: SinkName
    let rules: LogGroupRules
    let writer: any LogGroupWriter
    let deadLetters: any DeadLetters
    let surroundings: Surroundings
    let report: @Sendable (TelemetryEvent) -> Void
    let state: Locked<State>
    /// Rung when there is something to send, more room, or less that is not settled.
    let bell = Bell()

    /// `group` and `stream` are templates for names of their kind; Region and account are the writer's.
    package init(
        name: SinkName, group: NameTemplate, stream: NameTemplate, rules: LogGroupRules, writer: any LogGroupWriter,
        deadLetters: any DeadLetters, surroundings: Surroundings, report: @escaping @Sendable (TelemetryEvent) -> Void
    ) {
        precondition(group.kind == .logGroup && stream.kind == .logStream, "each template renders its own kind of name")
        self.name = name
        self.rules = rules
        self.writer = writer
        self.deadLetters = deadLetters
        self.surroundings = surroundings
        self.report = report
        state = Locked(
            State(
                schedule: LogGroupSchedule(rules), targets: LogTargets(group: group, stream: stream)))
    }

    package var tally: LogGroupTally { state.withLock { $0.tally } }

    /// A log group has no files.
    package func cut() -> FilesCut? { nil }

    /// Makes the calls, until cancelled; then it aborts those under way and what they carried stays unsettled.
    ///
    /// Runs once. Throws when a dead letter could not be kept.
    package func run() async throws {
        do {
            try await withThrowingDiscardingTaskGroup { calls in
                while !calls.isCancelled, !state.withLock({ $0.hasFailed }) {
                    let heard = bell.rings
                    let (ready, alarm) = nextCalls()
                    for call in ready { calls.addTask { try await self.make(call) } }
                    if let alarm { calls.addTask { try await self.ring(at: alarm) } }
                    try await bell.wait(past: heard)
                }
            }
        } catch is CancellationError where Task.isCancelled {}
    }

    package func hasten() {
        state.withLock { $0.isHastened = true }
        bell.ring()
    }

    package func drain() async {
        changeDrains(by: 1)
        defer { changeDrains(by: -1) }
        bell.ring()
        while true {
            let heard = bell.rings
            // Once `run` has ended because of an error, nothing more is settled.
            if state.withLock({ $0.open.isEmpty || $0.hasFailed }) { return }
            // Cancelled: what is not settled is read again.
            do { try await bell.wait(past: heard) } catch { return }
        }
    }

    private func changeDrains(by change: Int) {
        let now = surroundings.uptime()
        state.withLock { state in
            state.drains += change
            state.schedule.drain(state.drains > 0, at: now)
        }
    }

    /// The calls to make now, and when the bell has to ring for more, unless it will ring by then anyway.
    private func nextCalls() -> (calls: [LogCall], alarm: Duration?) {
        let now = surroundings.uptime()
        return state.withLock { state in
            if state.isHastened { state.schedule.hasten(at: now) }
            state.isHastened = false
            var calls: [LogCall] = []
            while let call = state.schedule.next(at: now) { calls.append(call) }
            state.nextLook = state.schedule.nextTime(at: now)
            return (calls, state.nextLook.flatMap { state.alarms.set($0) ? $0 : nil })
        }
    }

    /// Waits for an alarm that was set.
    private func ring(at time: Duration) async throws {
        try await surroundings.sleep(time - surroundings.uptime())
        state.withLock { $0.alarms.end(time) }
        bell.ring()
    }
}
