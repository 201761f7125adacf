/// An event that a log group holds.
package struct StoredEvent: Sendable {
    package let logStream: String
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let timestamp: Int64
    /// Unescaped; UTF-8, but for a lone surrogate, which is the three bytes of its code point.
    package let message: ArraySlice<UInt8>
}

/// A log group's events at one moment: stream by stream in the order of their names, each in the order of the puts.
package struct StoredEvents: Sequence, Sendable {
    private let streams: [(name: String, batches: [StoredBatch])]

    init(_ streams: some Sequence<LogStream>) {
        self.streams = streams.sorted { $0.name < $1.name }.map { ($0.name, $0.batches) }
    }

    package var count: Int {
        streams.reduce(0) { $0 + $1.batches.reduce(0) { $0 + $1.accepted.count } }
    }

    package func makeIterator() -> Iterator { Iterator(streams) }

    package struct Iterator: IteratorProtocol {
        private let streams: [(name: String, batches: [StoredBatch])]
        private var (stream, batch, index) = (0, 0, 0)

        fileprivate init(_ streams: [(name: String, batches: [StoredBatch])]) { self.streams = streams }

        package mutating func next() -> StoredEvent? {
            while stream < streams.count {
                let (name, batches) = streams[stream]
                guard batch < batches.count else {
                    (stream, batch, index) = (stream + 1, 0, 0)
                    continue
                }
                let stored = batches[batch]
                let at = stored.accepted.lowerBound + index
                guard at < stored.accepted.upperBound else {
                    (batch, index) = (batch + 1, 0)
                    continue
                }
                index += 1
                let message = stored.events.text[stored.events.message(at)]
                return StoredEvent(logStream: name, timestamp: stored.events.timestamps[at], message: message)
            }
            return nil
        }
    }
}
