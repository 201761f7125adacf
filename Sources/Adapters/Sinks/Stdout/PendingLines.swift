internal import Core
internal import Pipeline

/// Lines that are rendered and not written, and the receipts that wait for them.
struct PendingLines {
    private var bytes: [UInt8] = []
    /// How many of `bytes` are written.
    private var written = 0
    /// In the order of their ends in `bytes`.
    private var owed: [(end: Int, receipt: Receipt, events: Int)] = []

    var isEmpty: Bool { written == bytes.count }

    /// Whether there is so much that it is time to write.
    var isFull: Bool { bytes.count - written >= Self.bytesMax }

    private static let bytesMax = 1 << 20

    mutating func append(
        _ events: Range<Int>, of message: SubscriptionMessage, in record: DecodedRecord, as format: LineFormat
    ) {
        format.append(record.events[events], of: message, in: record.text, to: &bytes)
    }

    /// All lines of `delivery` are appended.
    mutating func end(_ delivery: Delivery) {
        owed.append((bytes.count, delivery.receipt, delivery.eventCount))
    }

    /// The next bytes to write: whole lines as far as `limit` allows, else a piece of one.
    func next(atMost limit: Int) -> ArraySlice<UInt8> {
        let rest = bytes[written...]
        guard rest.count > limit else { return rest }
        let piece = rest.prefix(limit)
        guard let newline = piece.lastIndex(of: UInt8(ascii: "\n")) else { return piece }
        return piece[...newline]
    }

    /// Settles what is now written to its end.
    mutating func wrote(_ count: Int) {
        written += count
        let done = owed.prefix { $0.end <= written }
        for (_, receipt, events) in done { receipt.settle(events, as: .delivered) }
        owed.removeFirst(done.count)
        if isEmpty {
            bytes = []
            written = 0
        }
    }
}
