package import Core
package import Logging

/// Everything the daemon tells about itself. Per page, batch or change of state, never per log event, and never a
/// customer's message text.
package enum TelemetryEvent: Sendable {
    // Read
    case shardStarted(ShardID, at: ShardPosition)
    case shardEnded(ShardID)
    case readFailed(ShardID, ReadTrouble, retryIn: Duration)
    /// Daily life, answered at once: an iterator that expired while a sink was slow.
    case readForgiven(ShardID, ReadTrouble)
    case readRecovered(ShardID, after: Int)
    /// Records may have expired before they were read.
    case gap(ReadGap)
    /// A shard of which nothing more can be read, and where its reading had come to.
    case agedOut(ShardID, Checkpoint?)
    /// A checkpoint says that the shard was read to its end, and the shard goes on.
    case openThoughEnded(ShardID)
    case notOfThisStream(ShardID)
    /// A replay has dispatched a page: how many of its records are wanted, and between which arrivals it lies.
    case pageReplayed(ShardID, records: Int, from: Instant?, upTo: Instant?)
    /// A replay has all that it wants of the shard, or all there is: a bound that is not found lies beyond the tip.
    case replayed(ShardID, until: ReplayBound, isFound: Bool)
    case checkpointsForgotten(shards: Int)
    case listFailed(cause: String, retryIn: Duration)
    case streamUnreachable(cause: String, retryIn: Duration)

    // Decode
    case undecodable(ShardID, SequenceNumber, Undecodable)

    // Deliver
    case sinkFailed(SinkName, target: String, cause: String, attempt: Int, retryIn: Duration)
    case sinkRecovered(SinkName, target: String, after: Int)
    case targetCreated(SinkName, target: String)
    case eventsRejected(SinkName, target: String, Rejection, events: Int)
    case fileCutBack(SinkName, path: String, from: Int, to: Int)
    case fileMissing(SinkName, path: String, committed: Int)
    /// What a sink has had beyond a checkpoint was chosen by other routes: it is given all of that again.
    case intakeChanged(SinkName)
    case filesElsewhere(SinkName, files: Int, directory: String)

    // Commit
    case committed(shards: Int, files: Int)
    case commitFailed(cause: String, retryIn: Duration)

    // Health
    /// Nothing of what has to move has moved for so long: told once per period.
    case stuck(HealthSubject, for: Duration, reason: String?)
    case moves(HealthSubject, after: Duration)
}

/// Turns telemetry events into log lines: a constant message, keyed metadata.
///
/// *debug* it works · *notice* a milestone · *warning* unexpected, nothing lost · *error* lost, or needs a person.
package struct Telemetry: Sendable {
    private let receive: @Sendable (TelemetryEvent) -> Void

    package init(logger: Logger) {
        self.init { event in
            let line = event.line
            logger.log(level: line.level, line.message, metadata: line.metadata)
        }
    }

    /// Hands every event to `receive`: for whoever counts them, or records them in a test.
    package init(_ receive: @escaping @Sendable (TelemetryEvent) -> Void) { self.receive = receive }

    /// The same, and `observe` is handed every event before it is told.
    package func observed(by observe: @escaping @Sendable (TelemetryEvent) -> Void) -> Telemetry {
        Telemetry { [receive] event in
            observe(event)
            receive(event)
        }
    }

    package func report(_ event: TelemetryEvent) { receive(event) }
}
