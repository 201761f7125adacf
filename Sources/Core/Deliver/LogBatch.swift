/// The events of one PutLogEvents request, in request order.
///
/// They stay where they were decoded: a batch is their places and timestamps.
package struct LogBatch: Sendable {
    struct Source {
        let record: DecodedRecord
        let ticket: Int
    }

    /// Ordered by time, then as they came.
    struct Entry: Comparable {
        let timestamp: Instant
        let source: UInt32
        let event: UInt32

        init(_ timestamp: Instant, source: UInt32, event: UInt32) {
            self.timestamp = timestamp
            self.source = source
            self.event = event
        }

        static func < (left: Entry, right: Entry) -> Bool {
            (left.timestamp.milliseconds, left.source, left.event)
                < (right.timestamp.milliseconds, right.source, right.event)
        }
    }

    private let sources: [Source]
    private let entries: ArraySlice<Entry>
    package let load: BatchLoad

    init(sources: [Source], entries: [Entry], load: BatchLoad) {
        self.sources = sources
        self.entries = entries[...]
        self.load = load
    }

    private init(_ part: ArraySlice<Entry>, of batch: LogBatch) {
        sources = batch.sources
        entries = part
        load = Self.load(of: part, from: batch.sources)
    }

    private static func load(of entries: ArraySlice<Entry>, from sources: [Source]) -> BatchLoad {
        var load = BatchLoad()
        for entry in entries { load.add(sources[Int(entry.source)].record.events[Int(entry.event)]) }
        return load
    }

    package var count: Int { entries.count }

    /// What the events at `indices` weigh.
    package func load(of indices: Range<Int>) -> BatchLoad {
        indices.count == count ? load : Self.load(of: slice(indices), from: sources)
    }

    private func slice(_ indices: Range<Int>) -> ArraySlice<Entry> {
        entries[(entries.startIndex + indices.lowerBound)..<(entries.startIndex + indices.upperBound)]
    }

    /// `index` counts from 0 in request order.
    package func timestamp(at index: Int) -> Instant { entries[entries.startIndex + index].timestamp }

    /// The run an event came with, and its index in that run's record.
    package func place(at index: Int) -> (ticket: Int, event: Int) {
        let entry = entries[entries.startIndex + index]
        return (sources[Int(entry.source)].ticket, Int(entry.event))
    }

    /// How many of the events at `indices` came with each run that some came with.
    package func countByTicket(_ indices: Range<Int>) -> [(ticket: Int, events: Int)] {
        var counts = [Int](repeating: 0, count: sources.count)
        for entry in slice(indices) { counts[Int(entry.source)] += 1 }
        return zip(sources, counts).filter { $0.1 > 0 }.map { ($0.0.ticket, $0.1) }
    }

    /// Two batches of at least one event each, the earlier one first.
    package func halves() -> (LogBatch, LogBatch) {
        let middle = entries.startIndex + count / 2
        return (LogBatch(entries[..<middle], of: self), LogBatch(entries[middle...], of: self))
    }

    /// Room for the two names and the framing of a request; longer names cost one reallocation.
    private static let namesBytes = 512

    /// The request.
    package func body(for target: LogTarget) -> [UInt8] {
        var body = PutLogEventsBody(
            logGroup: target.group, logStream: target.stream, reserving: load.bodyBytes + Self.namesBytes)
        // Neighbours may be of different records: what an event needs of its record is looked up beforehand.
        let places = sources.map { (events: $0.record.events.start, text: $0.record.text.bytes) }
        withExtendedLifetime(sources) {
            let events = entries.lazy.map { entry in
                let (events, text) = places[Int(entry.source)]
                let event = events[Int(entry.event)]
                let start = Int(event.message.start)
                let message = text[start..<start + Int(event.message.count)]
                return (event: event, message: UnsafeRawBufferPointer(rebasing: message))
            }
            body.append(events, atMost: load.bodyBytes)
        }
        return body.finish()
    }
}
