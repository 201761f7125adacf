import Core
private import Locking
import Pipeline

extension LogGroupSink {
    /// Of AWS's text in a dead letter: a refused message may be quoted in it.
    private static let detailBytesMax = 1024

    /// Makes one call and does what its answer asks for.
    func make(_ call: LogCall) async throws {
        do {
            for effect in try await answer(to: call) { try await apply(effect) }
        } catch {
            // For `run`, which ends with this. It may look before the group of its calls hears of the error.
            state.withLock { $0.hasFailed = true }
            bell.ring()
            throw error
        }
        // The bell has rung for what is to be sent now. Whoever drains, or waits for memory, waits for what is settled.
        let isAwaited = state.withLock { state in
            if state.open.isMemoryWanted { state.isHastened = true }
            return state.isHastened || state.drains > 0
        }
        if isAwaited { bell.ring() }
    }

    private func answer(to call: LogCall) async throws(CancellationError) -> [LogEffect] {
        switch call {
        case .put(let batch, let target):
            state.withLock { $0.tally.calls += 1 }
            let outcome = try await writer.put(batch.body(for: target), to: target)
            return answered { schedule, moment in schedule.answered(put: outcome, for: target, at: moment) }
        case .createStream(let target):
            let outcome = try await writer.createStream(target)
            return answered { schedule, moment in schedule.answered(createStream: outcome, for: target, at: moment) }
        case .createGroup(let group):
            let outcome = try await writer.createGroup(group)
            return answered { schedule, moment in schedule.answered(createGroup: outcome, for: group, at: moment) }
        case .putRetention(let group, let days):
            let outcome = try await writer.putRetention(days, of: group)
            return answered { schedule, moment in schedule.answered(putRetention: outcome, for: group, at: moment) }
        }
    }

    /// Tells the schedule, and lets what it makes possible start while the effects are still being applied.
    private func answered(_ tell: (inout LogGroupSchedule, Moment) -> [LogEffect]) -> [LogEffect] {
        let moment = Moment(
            uptime: surroundings.uptime(), time: surroundings.now(), jitter: surroundings.jitter())
        defer { bell.ring() }
        return state.withLock { tell(&$0.schedule, moment) }
    }

    private func apply(_ effect: LogEffect) async throws {
        switch effect {
        case .stored(let batch, let events): settle(events, of: batch)
        case .rejected(let batch, let events, let target, let rejection, let detail):
            try await deadLetter(events, of: batch, as: rejection, detail: "\(target): \(detail)")
            report(.eventsRejected(name, target: target.description, rejection, events: events.count))
        case .mayRepeat(_, let events): state.withLock { $0.tally.possibleRepeats += events }
        case .failed(let what, let cause, let attempt, let delay):
            state.withLock { $0.tally.failures += 1 }
            report(.sinkFailed(name, target: what, cause: cause, attempt: attempt, retryIn: delay))
        case .recovered(let what, let failures): report(.sinkRecovered(name, target: what, after: failures))
        case .created(let what): report(.targetCreated(name, target: what))
        }
    }

    private func settle(_ events: Range<Int>, of batch: LogBatch) {
        let counts = batch.countByTicket(events)
        let bytes = batch.load(of: events).bytes
        let runs = state.withLock { state in
            state.tally.delivered += events.count
            state.tally.deliveredBytes += bytes
            return counts.map { state.open.settle($0.events, of: $0.ticket) }
        }
        // Outside the lock: whoever learns of it may do anything.
        for (run, count) in zip(runs, counts) { run.delivery.receipt.settle(count.events, as: .delivered) }
    }

    private func deadLetter(
        _ events: Range<Int>, of batch: LogBatch, as rejection: Rejection, detail: String
    ) async throws {
        let detail = detail.utf8.count > Self.detailBytesMax ? "\(detail.prefix(Self.detailBytesMax))…" : detail
        for some in events.pieces(of: Self.lettersAtOnce) {
            try await keep(some, of: batch, as: rejection, detail: detail)
        }
    }

    /// A dead letter in memory is larger than many an event.
    static let lettersAtOnce = 256

    private func keep(
        _ events: Range<Int>, of batch: LogBatch, as rejection: Rejection, detail: String
    ) async throws {
        let places = events.map { batch.place(at: $0) }
        let runs = state.withLock { state in places.map { state.open.run($0.ticket) } }
        try await deadLetters.keep(
            zip(places, runs).map { place, run in
                DeadLetter(
                    run.delivery, message: run.message, event: place.event, refusedBy: name, as: rejection,
                    detail: detail)
            })
        state.withLock { state in
            state.tally.deadLettered += events.count
            for place in places { _ = state.open.settle(1, of: place.ticket) }
        }
    }
}

extension Range<Int> {
    /// The range in pieces of `count` and a shorter one.
    func pieces(of count: Int) -> some Sequence<Range<Int>> {
        stride(from: lowerBound, to: upperBound, by: count).lazy.map { $0..<Swift.min(upperBound, $0 + count) }
    }
}
