/// A sorted stream's events, to be searched and written out.
struct EventReading {
    let stream: LogStream
    let order: [EventReference]

    init(_ stream: inout LogStream) {
        order = stream.sorted()
        self.stream = stream
    }

    /// The place of the first event at or after `time`.
    func first(notBefore time: Int64) -> Int { first { $0.timestamp >= time } }

    /// The place of the first event whose id is greater than `id`.
    func first(after id: EventID) -> Int { first { stream.id($0) > id } }

    /// The place of the first event whose id is `id` or greater.
    func first(notBefore id: EventID) -> Int { first { stream.id($0) >= id } }

    /// What an event counts towards the size of a page.
    func bytes(_ place: Int) -> Int {
        let event = order[place]
        return stream.batches[Int(event.batch)].events.messageBytes(Int(event.index)) + LogsLimits.eventOverheadBytes
    }

    func withMessage<Answer>(_ place: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Answer) -> Answer {
        let event = order[place]
        let events = stream.batches[Int(event.batch)].events
        return events.text.withUnsafeBufferPointer { text in
            body(UnsafeBufferPointer(rebasing: text[events.message(Int(event.index))]))
        }
    }

    func ingestion(_ place: Int) -> Int64 { stream.batches[Int(order[place].batch)].ingestion }

    /// Events are sorted, so that what is `true` once stays so.
    private func first(where isReached: (EventReference) -> Bool) -> Int {
        var (low, high) = (0, order.count)
        while low < high {
            let middle = low + (high - low) / 2
            if isReached(order[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
