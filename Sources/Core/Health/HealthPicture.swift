/// What fails now and is tried again.
package struct OngoingFault: Hashable, Sendable {
    /// What it concerns, where there may be several: a sink's log stream or file. Senders may have named it.
    package let target: String?
    /// Of the last failure.
    package let cause: String
    /// Since the first failure in a row.
    package let lasting: Duration

    package init(target: String? = nil, cause: String, lasting: Duration) {
        self.target = target
        self.cause = cause
        self.lasting = lasting
    }
}

/// Everything that health is judged by, at one moment.
package struct HealthPicture: Hashable, Sendable {
    package let rule: StuckRule
    /// In order of their names.
    package let shards: [ShardStanding]
    package let stream: OngoingFault?
    package let listing: OngoingFault?
    package let commit: OngoingFault?
    /// Of the sinks that cannot deliver something. None is empty.
    package let sinks: [SinkName: [OngoingFault]]
    /// Shards that are not read although they go on, and since when that is known: a checkpoint says that they have ended.
    package let unread: [ShardID: Duration]

    package init(
        rule: StuckRule, shards: [ShardStanding], stream: OngoingFault? = nil, listing: OngoingFault? = nil,
        commit: OngoingFault? = nil, sinks: [SinkName: [OngoingFault]] = [:], unread: [ShardID: Duration] = [:]
    ) {
        self.rule = rule
        self.shards = shards
        self.stream = stream
        self.listing = listing
        self.commit = commit
        self.sinks = sinks
        self.unread = unread
    }

    /// How long each thing has stood still that has to move.
    package var stillness: [HealthSubject: Duration] {
        var stillness: [HealthSubject: Duration] = [
            .stream: stream?.lasting ?? .zero, .listing: listing?.lasting ?? .zero, .commit: commit?.lasting ?? .zero,
        ]
        // One that has ended has moved. One that aged out never will.
        for shard in shards where shard.state != .agedOut {
            stillness[.shard(shard.shard)] = unread[shard.shard] ?? shard.sinceProgress ?? .zero
        }
        return stillness
    }

    package var verdict: HealthVerdict {
        let stuck = stillness.filter { $0.value >= rule.after }.sorted { $0.key < $1.key }.map { subject, lasting in
            "\(subject): no progress for \(lasting.wholeSeconds)" + (reason(subject).map { " (\($0))" } ?? "")
        }
        let failing = failures
        if !stuck.isEmpty { return HealthVerdict(status: .red, causes: stuck + failing) }
        return HealthVerdict(status: failing.isEmpty ? .ok : .degraded, causes: failing)
    }

    /// Why a subject stands, as far as that is known.
    package func reason(_ subject: HealthSubject) -> String? {
        switch subject {
        case .stream: stream?.cause
        case .listing: listing?.cause
        case .commit: commit?.cause
        case .shard(let shard):
            unread[shard] == nil ? shards.first { $0.shard == shard }?.state.words : Self.unreadWords
        }
    }

    private static let unreadWords = "not read: its checkpoint says that it has ended, but it goes on"

    /// What fails now and is not stuck yet, or not by itself.
    private var failures: [String] {
        var causes: [String] = []
        for (subject, fault) in [(HealthSubject.stream, stream), (.listing, listing), (.commit, commit)] {
            guard let fault, fault.lasting < rule.after else { continue }
            causes.append("\(subject): fails for \(fault.lasting.wholeSeconds) (\(fault.cause))")
        }
        for shard in shards where shard.state.isTrouble && !rule.isStuck(shard) {
            causes.append("\(HealthSubject.shard(shard.shard)): \(shard.state.words)")
        }
        for (shard, lasting) in unread.sorted(by: { $0.key < $1.key }) where lasting < rule.after {
            causes.append("\(HealthSubject.shard(shard)): \(Self.unreadWords)")
        }
        for (sink, faults) in sinks.sorted(by: { $0.key < $1.key }) {
            guard let longest = faults.max(by: { $0.lasting < $1.lasting }) else { continue }
            let more = faults.count > 1 ? ", and \(faults.count - 1) more" : ""
            causes.append("sink \(sink): fails for \(longest.lasting.wholeSeconds) (\(longest.cause)\(more))")
        }
        return causes
    }
}

package struct HealthVerdict: Hashable, Sendable {
    package enum Status: String, CaseIterable, Hashable, Sendable {
        case ok
        /// Something fails now, and is tried again.
        case degraded
        /// Something is stuck: it has to move and has not for as long as `StuckRule.after`.
        case red
    }

    package let status: Status
    /// What is wrong, the worst first; empty when all is well. For people; AWS's own words may be part of it.
    package let causes: [String]

    package init(status: Status, causes: [String]) {
        self.status = status
        self.causes = causes
    }
}

extension ShardStanding.State {
    /// Whether it is told as trouble even before it lasts. A throttle and its like are daily life.
    var isTrouble: Bool {
        switch self {
        case .backingOff(let fault, _): fault.remedy.isLoud
        case .stalled, .missing: true
        case .unlisted, .waiting, .waitingForTime, .locating, .reading, .idle, .finishing, .ended, .agedOut, .atBound:
            false
        }
    }

    /// For people.
    package var words: String {
        switch self {
        case .unlisted: "in no list yet"
        case .waiting(let parents): "waiting for \(parents.map(\.name).joined(separator: ", "))"
        case .waitingForTime(let instant): "waiting for \(instant.rfc3339)"
        case .locating: "on the way to its first page"
        case .reading: "reading"
        case .idle: "idle at the tip"
        case .backingOff(let fault, let lasting): "backing off for \(lasting.wholeSeconds), \(fault.rawValue)"
        case .stalled(let sink, let lasting): "stalled for \(lasting.wholeSeconds) by sink \(sink)"
        case .finishing: "read to its end, which is not committed"
        case .missing: "not found"
        case .ended: "ended"
        case .agedOut: "aged out"
        case .atBound: "replayed"
        }
    }
}

extension Duration {
    /// `312s`
    var wholeSeconds: String { "\(components.seconds)s" }
}
