private import Core
internal import Logging

/// The keys of log metadata.
private enum LogKey {
    static let attempt = "attempt"
    static let cause = "cause"
    static let detail = "detail"
    static let events = "events"
    static let files = "files"
    static let lasting = "lasting"
    static let path = "path"
    static let position = "position"
    static let reason = "reason"
    static let records = "records"
    static let resumed = "resumed-at"
    static let retryIn = "retry-in"
    static let sequence = "sequence"
    static let shard = "shard"
    static let shards = "shards"
    static let sink = "sink"
    static let subject = "subject"
    static let target = "target"
    static let until = "until"
}

extension TelemetryEvent {
    struct Line {
        let level: Logger.Level
        let message: Logger.Message
        let metadata: Logger.Metadata

        init(_ level: Logger.Level, _ message: Logger.Message, _ metadata: Logger.Metadata) {
            self.level = level
            self.message = message
            self.metadata = metadata
        }
    }

    var line: Line {
        switch self {
        case .shardStarted, .shardEnded, .readFailed, .readForgiven, .readRecovered, .gap, .agedOut, .openThoughEnded,
            .notOfThisStream, .pageReplayed, .replayed,
            .checkpointsForgotten, .listFailed, .streamUnreachable, .undecodable:
            readLine
        case .sinkFailed, .sinkRecovered, .targetCreated, .eventsRejected, .fileCutBack, .fileMissing, .intakeChanged,
            .filesElsewhere,
            .committed, .commitFailed:
            deliverLine
        case .stuck(let subject, let lasting, let reason):
            Line(
                .error, "stuck: nothing has moved that has to",
                [
                    LogKey.subject: "\(subject)", LogKey.lasting: "\(lasting.inSeconds)",
                    LogKey.cause: "\(reason ?? "unknown")",
                ])
        case .moves(let subject, let lasting):
            Line(
                .notice, "moves again after it was stuck",
                [LogKey.subject: "\(subject)", LogKey.lasting: "\(lasting.inSeconds)"])
        }
    }

    private var readLine: Line {
        switch self {
        case .shardStarted(let shard, let position):
            Line(.info, "reading shard", [LogKey.shard: "\(shard)", LogKey.position: "\(position)"])
        case .shardEnded(let shard):
            Line(.notice, "shard read to its end", [LogKey.shard: "\(shard)"])
        case .readFailed(let shard, let trouble, let delay):
            Line(
                trouble.fault.remedy.isLoud ? .warning : .info, "shard cannot be read, retrying",
                [
                    LogKey.shard: "\(shard)", LogKey.reason: "\(trouble.fault.rawValue)",
                    LogKey.cause: "\(trouble)", LogKey.retryIn: "\(delay.inSeconds)",
                ])
        case .readForgiven(let shard, let trouble):
            Line(
                .debug, "shard is asked again at once",
                [LogKey.shard: "\(shard)", LogKey.reason: "\(trouble.fault.rawValue)"])
        case .readRecovered(let shard, let failures):
            Line(.notice, "shard is read again", [LogKey.shard: "\(shard)", LogKey.attempt: "\(failures)"])
        case .gap(let gap):
            Line(
                .warning, "records may have expired before they were read",
                [
                    LogKey.shard: "\(gap.shard)", LogKey.reason: "\(gap.cause.rawValue)",
                    LogKey.position: "\(gap.from)",
                    LogKey.resumed: "\(gap.to.map { "\($0.sequence)" } ?? "nothing follows")",
                ])
        case .agedOut(let shard, let checkpoint):
            Line(
                .warning, "shard aged out of the stream before it was read to its end",
                [LogKey.shard: "\(shard)", LogKey.position: "\(checkpoint?.text ?? "its beginning")"])
        case .openThoughEnded(let shard):
            Line(
                .error, "shard is not read: its checkpoint says it has ended, but it goes on",
                [LogKey.shard: "\(shard)"])
        case .notOfThisStream(let shard):
            Line(.warning, "the stream has no such shard", [LogKey.shard: "\(shard)"])
        case .pageReplayed(let shard, let records, _, let end):
            Line(
                .trace, "page replayed",
                [
                    LogKey.shard: "\(shard)", LogKey.records: "\(records)",
                    LogKey.position: "\(end.map(\.rfc3339) ?? "unknown")",
                ])
        case .replayed(let shard, let bound, isFound: true):
            Line(.info, "shard replayed", [LogKey.shard: "\(shard)", LogKey.until: "\(bound)"])
        case .replayed(let shard, let bound, isFound: false):
            Line(
                .warning, "shard replayed up to its tip: the end that is asked for is not in the stream",
                [LogKey.shard: "\(shard)", LogKey.until: "\(bound)"])
        case .checkpointsForgotten(let shards):
            Line(.info, "checkpoints of shards that aged out long ago are removed", [LogKey.shards: "\(shards)"])
        case .listFailed(let cause, let delay):
            Line(
                .warning, "shards cannot be listed, retrying",
                [LogKey.cause: "\(cause)", LogKey.retryIn: "\(delay.inSeconds)"])
        case .streamUnreachable(let cause, let delay):
            Line(
                .warning, "stream cannot be described, retrying",
                [LogKey.cause: "\(cause)", LogKey.retryIn: "\(delay.inSeconds)"])
        case .undecodable(let shard, let sequence, let reason):
            Line(
                .error, "record dead-lettered",
                [
                    LogKey.shard: "\(shard)", LogKey.sequence: "\(sequence)",
                    LogKey.reason: "\(reason.reason.rawValue)", LogKey.detail: "\(reason.detail)",
                ])
        case .sinkFailed, .sinkRecovered, .targetCreated, .eventsRejected, .fileCutBack, .fileMissing, .intakeChanged,
            .filesElsewhere,
            .committed, .commitFailed, .stuck, .moves:
            preconditionFailure("not an event of reading")
        }
    }

    private var deliverLine: Line {
        switch self {
        case .sinkFailed(let sink, let target, let cause, let attempt, let delay):
            Line(
                .warning, "sink cannot deliver, retrying",
                [
                    LogKey.sink: "\(sink)", LogKey.target: "\(target)", LogKey.cause: "\(cause)",
                    LogKey.attempt: "\(attempt)", LogKey.retryIn: "\(delay.inSeconds)",
                ])
        case .sinkRecovered(let sink, let target, let failures):
            Line(
                .notice, "sink delivers again",
                [LogKey.sink: "\(sink)", LogKey.target: "\(target)", LogKey.attempt: "\(failures)"])
        case .targetCreated(let sink, let target):
            Line(.info, "created", [LogKey.sink: "\(sink)", LogKey.target: "\(target)"])
        case .eventsRejected(let sink, let target, let rejection, let events):
            Line(
                .error, "events dead-lettered",
                [
                    LogKey.sink: "\(sink)", LogKey.target: "\(target)", LogKey.reason: "\(rejection.rawValue)",
                    LogKey.events: "\(events)",
                ])
        case .fileCutBack(let sink, let path, let from, let to):
            Line(
                .notice, "file cut back to its committed length",
                [LogKey.sink: "\(sink)", LogKey.path: "\(path)", LogKey.detail: "\(from) to \(to) bytes"])
        case .fileMissing(let sink, let path, let committed):
            Line(
                .warning, "file is not as it was left: it was changed from outside and is taken as it is",
                [LogKey.sink: "\(sink)", LogKey.path: "\(path)", LogKey.detail: "\(committed) bytes were left"])
        case .intakeChanged(let sink):
            Line(
                .warning,
                "what reaches the sink has changed: records beyond the checkpoints come again, some lines twice",
                [LogKey.sink: "\(sink)"])
        case .filesElsewhere(let sink, let files, let directory):
            Line(
                .warning, "committed files are not below the sink's directory and are left alone",
                [LogKey.sink: "\(sink)", LogKey.files: "\(files)", LogKey.path: "\(directory)"])
        case .committed(let shards, let files):
            Line(.debug, "committed", [LogKey.shards: "\(shards)", LogKey.files: "\(files)"])
        case .commitFailed(let cause, let delay):
            Line(
                .error, "checkpoints cannot be saved, retrying",
                [LogKey.cause: "\(cause)", LogKey.retryIn: "\(delay.inSeconds)"])
        case .shardStarted, .shardEnded, .readFailed, .readForgiven, .readRecovered, .gap, .agedOut, .openThoughEnded,
            .notOfThisStream, .pageReplayed, .replayed, .checkpointsForgotten, .listFailed, .streamUnreachable,
            .undecodable, .stuck, .moves:
            preconditionFailure("not an event of delivering")
        }
    }
}

extension Duration {
    /// `1.798s`
    fileprivate var inSeconds: String {
        let (seconds, attoseconds) = components
        let thousandths = String(1000 + attoseconds / 1_000_000_000_000_000).dropFirst()
        return "\(seconds).\(thousandths)s"
    }
}
