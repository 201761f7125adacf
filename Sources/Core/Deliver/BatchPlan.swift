/// Fills one batch from the front of a queue, so that it keeps every rule of PutLogEvents.
///
/// AWS wants the events of a request in chronological order. A batch takes events in the order they came and sorts only
/// them, so nothing overtakes an earlier batch and events with the same timestamp keep their order.
struct BatchPlan {
    private let limits: BatchLimits
    private var sources: [LogBatch.Source] = []
    private var entries: [LogBatch.Entry] = []
    private var load = BatchLoad()
    private var oldest = Int64.max
    private var newest = Int64.min
    private var isChronological = true

    init(_ limits: BatchLimits, expecting events: Int) {
        self.limits = limits
        entries.reserveCapacity(min(events, limits.events))
    }

    /// Takes events from the front of `run` while they fit. Returns what was taken.
    mutating func take(from run: inout EventRun) -> BatchLoad {
        let before = load
        let events = run.record.events
        let source = UInt32(sources.count)
        var index = run.events.lowerBound
        while index < run.events.upperBound {
            let event = events[index]
            if limits.refusal(of: event) == nil {
                guard fits(event) else { break }
                append(event, LogBatch.Entry(event.timestamp, source: source, event: UInt32(index)))
            }
            index += 1
        }
        run.events = index..<run.events.upperBound
        var taken = load
        taken -= before
        run.load -= taken
        if taken.events > 0 { sources.append(LogBatch.Source(record: run.record, ticket: run.ticket)) }
        return taken
    }

    private func fits(_ event: LogEvent) -> Bool {
        guard load.events > 0 else { return true }
        var wanted = load
        wanted.add(event)
        let time = event.timestamp.milliseconds
        // Timestamps are never negative, so the difference cannot overflow.
        return wanted.events <= limits.events && wanted.bytes <= limits.bytes && wanted.bodyBytes <= limits.bodyBytes
            && max(newest, time) - min(oldest, time) <= PutLimits.spanMillisecondsMax
    }

    private mutating func append(_ event: LogEvent, _ entry: LogBatch.Entry) {
        load.add(event)
        entries.append(entry)
        let time = entry.timestamp.milliseconds
        if time < newest { isChronological = false }
        oldest = min(oldest, time)
        newest = max(newest, time)
    }

    consuming func finish() -> LogBatch {
        if !isChronological { entries.sort() }
        return LogBatch(sources: sources, entries: entries, load: load)
    }
}
