/// The log events of one PutLogEvents call: messages unescaped, one behind the other.
struct EventBatch: Sendable {
    private(set) var text: [UInt8] = []
    private var ends: [UInt32] = []
    private(set) var timestamps: [Int64] = []

    init(events: Int, bytes: Int) {
        text.reserveCapacity(bytes)
        ends.reserveCapacity(events)
        timestamps.reserveCapacity(events)
    }

    var count: Int { timestamps.count }

    /// Appends an event whose message `write` appends to the bytes it is given.
    mutating func append(timestamp: Int64, _ write: (inout [UInt8]) -> Void) {
        write(&text)
        ends.append(UInt32(text.count))
        timestamps.append(timestamp)
    }

    /// Where a message stands in `text`.
    func message(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }

    func messageBytes(_ index: Int) -> Int { message(index).count }
}
