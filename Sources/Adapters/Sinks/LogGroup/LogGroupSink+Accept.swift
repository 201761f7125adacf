import Core
private import Locking
package import Pipeline

extension LogGroupSink {
    package func accept(_ deliveries: [Delivery]) async throws {
        for delivery in deliveries {
            for message in delivery.messages { try await accept(message, of: delivery) }
        }
    }

    private func accept(_ message: Int, of delivery: Delivery) async throws {
        let (record, origin) = (delivery.record, delivery.record.messages[message].origin)
        let parts = state.withLock { $0.targets.split(record.messages[message].events, of: record, from: origin) }
        for part in parts {
            let run = EventRun(record: record, events: part.events, limits: rules.limits)
            if run.load.events < part.events.count {
                for some in part.events.pieces(of: Self.lettersAtOnce) {
                    try await refuse(some, of: message, in: delivery)
                }
            }
            guard run.load.events > 0 else { continue }
            while true {
                let heard = bell.rings
                if queue(run, for: part.target, of: message, in: delivery) { break }
                try await bell.wait(past: heard)
            }
        }
    }

    /// Returns `false` when there is no room for another log stream.
    private func queue(_ run: EventRun, for target: LogTarget, of message: Int, in delivery: Delivery) -> Bool {
        let now = surroundings.uptime()
        let (isQueued, isNews) = state.withLock { state -> (Bool, Bool) in
            let isQueued = state.schedule.accept(run, as: state.open.ticket, for: target, at: now)
            if isQueued { state.open.add(delivery, message: message, events: run.load.events) }
            return (isQueued, state.isNews(at: now))
        }
        if isNews { bell.ring() }
        return isQueued
    }

    /// Dead-letters what no request can carry.
    private func refuse(_ events: Range<Int>, of message: Int, in delivery: Delivery) async throws {
        var counts: [Rejection: Int] = [:]
        var letters: [DeadLetter] = []
        for event in events {
            guard let rejection = rules.limits.refusal(of: delivery.record.events[event]) else { continue }
            counts[rejection, default: 0] += 1
            let bytes = delivery.record.events[event].messageBytes
            let detail =
                bytes == 0
                ? "the message is empty: PutLogEvents takes at least one character"
                : "the message has \(bytes) bytes: this sink sends at most \(rules.limits.messageBytes)"
            letters.append(
                DeadLetter(delivery, message: message, event: event, refusedBy: name, as: rejection, detail: detail))
        }
        guard !letters.isEmpty else { return }
        try await deadLetters.keep(letters)
        let refused = counts
        state.withLock { $0.tally.deadLettered += refused.values.reduce(0, +) }
        let origin = delivery.record.messages[message].origin
        for (rejection, count) in counts {
            report(.eventsRejected(name, target: "\(origin.logGroup):\(origin.logStream)", rejection, events: count))
        }
    }
}
