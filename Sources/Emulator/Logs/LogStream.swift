/// A log stream and its events, which are read by time and, at one time, in the order they were put.
struct LogStream: Sendable {
    let name: String
    let created: Int64
    private(set) var lastIngestion: Int64?
    private(set) var earliest: Int64?
    private(set) var latest: Int64?
    private(set) var batches: [StoredBatch] = []
    private var order: [EventReference] = []
    /// Batches mostly come in the order of time; when one does not, sorting waits until somebody reads.
    private var isSorted = true

    /// Lets the deliveries of this stream's events happen in the order of the puts.
    let deliveries = DeliveryLine()
    private var tickets = 0

    init(name: String, created: Int64) {
        self.name = name
        self.created = created
    }

    mutating func append(_ batch: StoredBatch) {
        let place = UInt32(batches.count)
        let times = batch.events.timestamps[batch.accepted]
        if let last = order.last, let first = times.first, first < last.timestamp { isSorted = false }
        earliest = [earliest, times.first].compactMap(\.self).min()
        latest = [latest, times.last].compactMap(\.self).max()
        for index in batch.accepted {
            order.append(EventReference(timestamp: times[index], batch: place, index: UInt32(index)))
        }
        batches.append(batch)
        lastIngestion = batch.ingestion
    }

    /// The next place in the line of deliveries. Whoever draws it must leave the line again.
    mutating func drawTicket() -> Int {
        defer { tickets += 1 }
        return tickets
    }

    /// The events in reading order.
    mutating func sorted() -> [EventReference] {
        if !isSorted {
            order.sort()
            isSorted = true
        }
        return order
    }

    func id(_ event: EventReference) -> EventID { batches[Int(event.batch)].id(Int(event.index)) }
}
