/// The events of one call that a log stream took.
struct StoredBatch: Sendable {
    let events: EventBatch
    /// Which of `events` were taken; the others were refused for their age.
    let accepted: Range<Int>
    /// Milliseconds since 1970-01-01T00:00:00Z.
    let ingestion: Int64
    /// The part of the event ids that tells calls apart. It grows from call to call of an account and Region.
    let request: UInt64

    func id(_ index: Int) -> EventID {
        EventID(timestamp: events.timestamps[index], ingestion: ingestion, request: request, index: index)
    }
}

/// Where a stored event is, in the order in which events are read.
struct EventReference: Sendable {
    let timestamp: Int64
    let batch: UInt32
    let index: UInt32
}

extension EventReference: Comparable {
    static func < (left: EventReference, right: EventReference) -> Bool {
        (left.timestamp, left.batch, left.index) < (right.timestamp, right.batch, right.index)
    }
}
