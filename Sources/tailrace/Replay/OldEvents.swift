internal import Core
internal import Settings

/// Tells, before a replay begins, that CloudWatch Logs will refuse some of its events because of their age.
struct OldEvents {
    let from: ReplayPosition
    /// Since when the stream can have records: since it was made, or for as long as it keeps them.
    let horizon: Instant
    let now: Instant
    /// Where refused events are kept.
    let deadLetters: String

    /// One line for each log group sink that is concerned.
    func warnings(for sinks: [SinkSettings]) -> [String] {
        guard let begin else { return [] }
        return sinks.compactMap { sink in
            guard case .logGroup(let group) = sink.kind else { return nil }
            let limit = group.ageLimit
            let oldest = now.earlier(by: limit.age)
            guard begin < oldest else { return nil }
            return """
                sink \(sink.name): the replay reaches back to \(begin.rfc3339), and \(limit.cause): events from before \
                \(oldest.rfc3339) become dead letters (\(limit.rejection.rawValue)) in \(deadLetters)
                """
        }
    }

    /// The arrival of the oldest records that may come; `nil` when all are new. Events are older than their records.
    private var begin: Instant? {
        switch from {
        case .latest: nil
        case .time(let instant): max(instant, horizon)
        // Where in time they are, nothing tells before they are read.
        case .trimHorizon, .checkpoint, .checkpointFile, .record: horizon
        }
    }
}

extension LogGroupSettings {
    /// Which events are too old for a log group.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
    fileprivate var ageLimit: (age: Duration, cause: String, rejection: Rejection) {
        let age = Duration.milliseconds(PutLimits.ageMillisecondsMax)
        if let retentionDays, .seconds(retentionDays * 86_400) < age {
            let cause = "its log groups keep events for \(retentionDays == 1 ? "1 day" : "\(retentionDays) days")"
            return (.seconds(retentionDays * 86_400), cause, .expired)
        }
        return (age, "CloudWatch Logs takes no events older than 14 days", .tooOld)
    }
}
