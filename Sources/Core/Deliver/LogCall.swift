/// A call that is to be made now.
package enum LogCall: Sendable {
    case put(LogBatch, LogTarget)
    case createStream(LogTarget)
    case createGroup(String)
    case putRetention(String, days: Int)
}

/// What follows from an answer for those outside. Ranges are indices in the batch.
package enum LogEffect: Sendable {
    case stored(LogBatch, Range<Int>)
    /// These become dead letters.
    case rejected(LogBatch, Range<Int>, LogTarget, Rejection, detail: String)
    /// These may now be stored twice: the answer to the call that carried them was lost.
    case mayRepeat(LogTarget, events: Int)
    /// `what` is a log group, or a log group and stream.
    case failed(what: String, cause: String, attempt: Int, retryIn: Duration)
    case recovered(what: String, after: Int)
    case created(what: String)
}

extension LogEffect {
    /// What the events that are done with took, or would have taken, of requests.
    var endedBodyBytes: Int {
        switch self {
        case .stored(let batch, let events), .rejected(let batch, let events, _, _, _):
            batch.load(of: events).bodyBytes
        case .mayRepeat, .failed, .recovered, .created: 0
        }
    }
}

/// When something has its turn.
enum Readiness: Equatable {
    case now
    case at(Duration)
    /// Once a call has been answered.
    case afterAnAnswer
    /// There is nothing left to do.
    case never
}

/// The repeats of one call.
struct Persistence {
    /// In a row.
    private(set) var failures = 0

    /// Counts a failure and tells how long to wait.
    mutating func failed(_ trouble: Trouble, _ backoff: Backoff, jitter: Double) -> Duration {
        failures += 1
        return backoff.delay(attempt: trouble.needsAPerson ? .max : failures - 1, jitter: jitter)
    }

    /// Returns how many failures are now over.
    mutating func worked() -> Int {
        defer { failures = 0 }
        return failures
    }
}
