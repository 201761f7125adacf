/// What `GET /status` answers and `tailrace status` shows, as JSON has it.
///
/// Times are RFC 3339 in UTC, spans are seconds. What does not apply is left out. A daemon that does not run has the same
/// document, made from its store: what only a running one can tell is left out.
package struct StatusDocument: Codable, Hashable, Sendable {
    package enum Daemon: String, Codable, Hashable, Sendable {
        case up
        /// None answers, and none is seen to hold the store.
        case down
        /// One holds the store and does not answer.
        case silent
    }

    package var daemon: Daemon
    /// `ok`, `degraded` or `red`.
    package var status: String?
    /// What is wrong, for people.
    package var causes: [String]
    package var version: String
    /// Its name in the store, an ARN; absent before it was found.
    package var stream: String?
    package var time: String
    package var started: String?
    package var uptimeSeconds: Double?
    /// In order of their names. Of those that have ended, the ones that the stream still lists.
    package var shards: [Shard]
    package var sinks: [Sink]
    package var ledger: Ledger
    package var commit: Commit
    /// Why the stream cannot be found, or its shards not be listed.
    package var streamFault: Fault?
    package var listFault: Fault?

    package struct Shard: Codable, Hashable, Sendable {
        package var shard: String
        /// One word of `StateWord`.
        package var state: String
        /// What the state is about: parents, a moment, a fault, a sink.
        package var detail: String?
        /// Kinesis's own words when it is backing off.
        package var cause: String?
        package var behindLatestSeconds: Double?
        package var secondsSinceProgress: Double?
        package var unsettledRecords: Int?
        /// A sequence number, `SHARD_END`, or `AT_TIMESTAMP:` and milliseconds.
        package var checkpoint: String?
        package var stuck: Bool

        package init(
            shard: String, state: String, detail: String? = nil, cause: String? = nil,
            behindLatestSeconds: Double? = nil, secondsSinceProgress: Double? = nil, unsettledRecords: Int? = nil,
            checkpoint: String? = nil, stuck: Bool = false
        ) {
            self.shard = shard
            self.state = state
            self.detail = detail
            self.cause = cause
            self.behindLatestSeconds = behindLatestSeconds
            self.secondsSinceProgress = secondsSinceProgress
            self.unsettledRecords = unsettledRecords
            self.checkpoint = checkpoint
            self.stuck = stuck
        }
    }

    /// In events: routed are delivered, dead-lettered and pending.
    package struct Sink: Codable, Hashable, Sendable {
        package var sink: String
        package var routed: Int
        package var delivered: Int
        package var deadLettered: Int
        package var pending: Int
        /// What fails now, the longest first; not more than `StatusLimits.faultsMax`.
        package var faults: [Fault]
        /// How many log streams or files fail now.
        package var failing: Int
    }

    /// In records: read are delivered, control, filtered, dead-lettered and pending. It goes on from what is saved.
    package struct Ledger: Codable, Hashable, Sendable {
        package var read: Int
        package var delivered: Int
        package var control: Int
        package var filtered: Int
        package var deadLettered: Int
        package var pending: Int
        package var eventsRead: Int
        package var eventsFiltered: Int
        /// Places in shards where records had aged out of the stream, or may have, before they were read.
        package var expired: Int
        package var payloadBytes: Int
        package var textBytes: Int
    }

    package struct Commit: Codable, Hashable, Sendable {
        /// When something was last committed.
        package var last: String?
        package var secondsSinceLast: Double?
        package var fault: Fault?

        package init(last: String? = nil, secondsSinceLast: Double? = nil, fault: Fault? = nil) {
            self.last = last
            self.secondsSinceLast = secondsSinceLast
            self.fault = fault
        }
    }

    package struct Fault: Codable, Hashable, Sendable {
        package var target: String?
        package var cause: String
        package var seconds: Double

        package init(target: String? = nil, cause: String, seconds: Double) {
            self.target = target
            self.cause = cause
            self.seconds = seconds
        }
    }
}

/// What bounds an answer, whatever the stream and the sinks do.
package enum StatusLimits {
    /// Of one sink.
    package static let faultsMax = 10
    package static let causesMax = 20
}
