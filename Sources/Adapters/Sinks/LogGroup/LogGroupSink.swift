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
        /// When `run` will look at the schedule again; `nil` when only the bell makes it.
        var nextLook: Duration?

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
                while !calls.isCancelled {
                    let heard = bell.rings
                    let (ready, wait) = nextCalls()
                    for call in ready { calls.addTask { try await self.make(call) } }
                    try await rest(past: heard, for: wait)
                }
            }
        } catch is CancellationError where Task.isCancelled {}
    }

    package func drain() async {
        changeDrains(by: 1)
        defer { changeDrains(by: -1) }
        bell.ring()
        while true {
            let heard = bell.rings
            if state.withLock({ $0.open.isEmpty }) { return }
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

    /// The calls to make now, and how long nothing else will have its turn by itself.
    private func nextCalls() -> (calls: [LogCall], wait: Duration?) {
        let now = surroundings.uptime()
        return state.withLock { state in
            var calls: [LogCall] = []
            while let call = state.schedule.next(at: now) { calls.append(call) }
            state.nextLook = state.schedule.nextTime(at: now)
            return (calls, state.nextLook.map { $0 - now })
        }
    }

    /// Waits for the bell or for `wait`, whichever is first.
    private func rest(past heard: Int, for wait: Duration?) async throws {
        guard let wait else { return try await bell.wait(past: heard) }
        try await withThrowingTaskGroup { first in
            first.addTask { try await self.bell.wait(past: heard) }
            first.addTask { try await self.surroundings.sleep(wait) }
            try await first.next()
            first.cancelAll()
        }
    }
}
