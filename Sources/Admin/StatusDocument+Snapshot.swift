package import Core
package import Pipeline

extension StatusDocument {
    package init(_ snapshot: HealthSnapshot, version: String) {
        let (picture, verdict) = (snapshot.picture, snapshot.picture.verdict)
        self.init(
            daemon: .up, status: verdict.status.rawValue, causes: verdict.boundedCauses, version: version,
            stream: snapshot.stream, time: snapshot.time.rfc3339, started: snapshot.started.rfc3339,
            uptimeSeconds: snapshot.uptime.inSeconds,
            shards: picture.shards.map { Shard($0, in: snapshot) },
            sinks: Sink.all(snapshot.ledger, configured: snapshot.sinks, faults: picture.sinks),
            ledger: Ledger(snapshot.ledger),
            commit: Commit(
                last: snapshot.committed?.rfc3339,
                secondsSinceLast: snapshot.committed.map { snapshot.time.seconds(since: $0) },
                fault: picture.commit.map(Fault.init)),
            streamFault: picture.stream.map(Fault.init), listFault: picture.listing.map(Fault.init))
    }

    /// Of a daemon that does not answer: what its store holds. `causes` say why this is all.
    package init(
        saved checkpoints: [ShardID: CheckpointExport.Entry], ledger: LedgerCounts, of stream: String, daemon: Daemon,
        causes: [String], version: String, now: Instant
    ) {
        let last = checkpoints.values.map(\.saved).max()
        self.init(
            daemon: daemon, causes: causes, version: version, stream: stream, time: now.rfc3339,
            shards: checkpoints.sorted { $0.key < $1.key }.map { shard, entry in
                let isOver = entry.checkpoint == .shardEnd
                return Shard(
                    shard: shard.name, state: isOver ? StateWord.ended : StateWord.stopped,
                    checkpoint: entry.checkpoint.text)
            },
            sinks: Sink.all(ledger, configured: [], faults: [:]), ledger: Ledger(ledger),
            commit: Commit(last: last?.rfc3339, secondsSinceLast: last.map { now.seconds(since: $0) }))
    }
}

/// The words for a shard's state.
package enum StateWord {
    package static let ended = "ended"
    /// Nobody reads it, as no daemon runs.
    package static let stopped = "stopped"

    static func of(_ state: ShardStanding.State) -> String {
        switch state {
        case .unlisted: "unlisted"
        case .waiting: "waiting-for-parents"
        case .waitingForTime: "waiting-for-time"
        case .locating: "locating"
        case .reading: "reading"
        case .idle: "idle"
        case .backingOff: "backing-off"
        case .stalled: "stalled"
        case .finishing: "finishing"
        case .missing: "missing"
        case .ended: ended
        case .agedOut: "aged-out"
        case .atBound: "replayed"
        }
    }
}

extension StatusDocument.Shard {
    init(_ standing: ShardStanding, in snapshot: HealthSnapshot) {
        let detail: String? =
            switch standing.state {
            case .waiting(let parents): parents.map(\.name).joined(separator: ",")
            case .waitingForTime(let instant): instant.rfc3339
            case .backingOff(let fault, _): fault.rawValue
            case .stalled(let sink, _): sink.text
            case .unlisted, .locating, .reading, .idle, .finishing, .missing, .ended, .agedOut, .atBound: nil
            }
        var cause: String?
        if case .backingOff = standing.state { cause = snapshot.words[standing.shard] }
        self.init(
            shard: standing.shard.name, state: StateWord.of(standing.state), detail: detail, cause: cause,
            behindLatestSeconds: standing.behindLatest?.inSeconds,
            secondsSinceProgress: standing.sinceProgress?.inSeconds,
            unsettledRecords: standing.isOver ? nil : standing.unsettled,
            checkpoint: snapshot.checkpoints[standing.shard]?.text, stuck: snapshot.picture.rule.isStuck(standing))
    }
}

extension StatusDocument.Sink {
    /// Those of the settings first, then those that have only been, and the place for dead letters if it fails.
    static func all(
        _ ledger: LedgerCounts, configured: [SinkName], faults: [SinkName: [OngoingFault]]
    ) -> [Self] {
        let others = Set(ledger.sinks.keys).union(faults.keys).subtracting(configured)
        return (configured + others.sorted()).map { name in
            let (counts, failing) = (ledger.sinks[name] ?? SinkCounts(), faults[name] ?? [])
            return Self(
                sink: name.text, routed: counts.routed, delivered: counts.delivered,
                deadLettered: counts.deadLettered, pending: counts.pending,
                faults: failing.prefix(StatusLimits.faultsMax).map(StatusDocument.Fault.init), failing: failing.count)
        }
    }
}

extension StatusDocument.Ledger {
    init(_ counts: LedgerCounts) {
        self.init(
            read: counts.recordsRead, delivered: counts.recordsDelivered, control: counts.recordsControl,
            filtered: counts.recordsFiltered, deadLettered: counts.recordsDeadLettered,
            pending: counts.recordsPending, eventsRead: counts.eventsRead, eventsFiltered: counts.eventsFiltered,
            expired: counts.expired,
            payloadBytes: counts.payloadBytes, textBytes: counts.textBytes)
    }
}

extension StatusDocument.Fault {
    init(_ fault: OngoingFault) {
        self.init(target: fault.target, cause: fault.cause, seconds: fault.lasting.inSeconds)
    }
}

extension HealthVerdict {
    /// The worst first, and how many more there are.
    var boundedCauses: [String] {
        guard causes.count > StatusLimits.causesMax else { return causes }
        return causes.prefix(StatusLimits.causesMax) + ["and \(causes.count - StatusLimits.causesMax) more"]
    }
}

extension Duration {
    /// To the millisecond.
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds * 1000 + attoseconds / 1_000_000_000_000_000) / 1000
    }
}

extension Instant {
    /// Not less than zero, even when the clock was set back.
    fileprivate func seconds(since earlier: Instant) -> Double {
        Double(max(0, milliseconds - earlier.milliseconds)) / 1000
    }
}
