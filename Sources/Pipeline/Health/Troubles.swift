internal import Core

/// What fails now, as telemetry tells it: entered with the first failure in a row, gone when it works again.
struct Troubles: Sendable {
    private struct Failing {
        let since: Duration
        var cause: String
    }

    /// How many targets of one sink are kept apart. What fails beyond that fails again soon, and is kept once there is room.
    private static let targetsMax = 100
    /// Of a cause, in characters. AWS's longest are some hundred.
    private static let causeMax = 500

    private var subjects: [HealthSubject: Failing] = [:]
    private var sinks: [SinkName: [String: Failing]] = [:]
    /// What Kinesis said last of a shard that cannot be read.
    private(set) var words: [ShardID: String] = [:]

    mutating func note(_ event: TelemetryEvent, at uptime: Duration) {
        switch event {
        case .streamUnreachable(let cause, _): fails(.stream, cause, at: uptime)
        case .listFailed(let cause, _): fails(.listing, cause, at: uptime)
        case .commitFailed(let cause, _): fails(.commit, cause, at: uptime)
        case .committed: works(.commit)
        case .readFailed(let shard, let trouble, _): words[shard] = Self.bounded("\(trouble)")
        case .readRecovered(let shard, _), .shardEnded(let shard): words[shard] = nil
        case .sinkFailed(let sink, let target, let cause, _, _): fails(sink, target, cause, at: uptime)
        case .sinkRecovered(let sink, let target, _):
            sinks[sink]?[target] = nil
            if sinks[sink]?.isEmpty == true { sinks[sink] = nil }
        case .shardStarted, .readForgiven, .gap, .agedOut, .openThoughEnded, .notOfThisStream, .checkpointsForgotten,
            .undecodable, .targetCreated, .eventsRejected, .fileCutBack, .fileMissing, .intakeChanged, .filesElsewhere,
            .stuck, .moves, .pageReplayed, .replayed:
            break
        }
    }

    mutating func works(_ subject: HealthSubject) { subjects[subject] = nil }

    /// Forgets what was said of shards that nobody reads.
    mutating func keepWords(of shards: some Collection<ShardID>) {
        guard words.count > shards.count else { return }
        let kept = Set(shards)
        words = words.filter { kept.contains($0.key) }
    }

    func fault(_ subject: HealthSubject, at uptime: Duration) -> OngoingFault? {
        subjects[subject].map { OngoingFault(cause: $0.cause, lasting: max(.zero, uptime - $0.since)) }
    }

    /// By the sinks that cannot deliver something, the longest first.
    func sinkFaults(at uptime: Duration) -> [SinkName: [OngoingFault]] {
        sinks.mapValues { targets in
            targets.sorted { ($0.value.since, $0.key) < ($1.value.since, $1.key) }.map { target, failing in
                OngoingFault(target: target, cause: failing.cause, lasting: max(.zero, uptime - failing.since))
            }
        }
    }

    private mutating func fails(_ subject: HealthSubject, _ cause: String, at uptime: Duration) {
        subjects[subject, default: Failing(since: uptime, cause: "")].cause = Self.bounded(cause)
    }

    private mutating func fails(_ sink: SinkName, _ target: String, _ cause: String, at uptime: Duration) {
        let known = sinks[sink, default: [:]]
        guard known[target] != nil || known.count < Self.targetsMax else { return }
        sinks[sink, default: [:]][target, default: Failing(since: uptime, cause: "")].cause = Self.bounded(cause)
    }

    private static func bounded(_ cause: String) -> String {
        cause.count <= causeMax ? cause : cause.prefix(causeMax) + "…"
    }
}
