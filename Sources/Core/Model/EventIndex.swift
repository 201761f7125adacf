/// Where the log events of one record stand in its text, in the order they came.
///
/// Its memory goes back when the last reference does, or serves the decoder's next record.
///
/// `@unchecked Sendable`: only the decoder writes, while it holds the only reference, which it asks
/// `isKnownUniquelyReferenced`. Everybody else got theirs from it after the last write, and reads.
package final class EventIndex: @unchecked Sendable {
    package typealias Memory = UnsafeMutableRawBufferPointer

    /// Its first `count` events are there; the rest is room.
    ///
    /// Not checked for exclusive access, which would cost as much as the access: nobody else is there while it is written.
    @exclusivity(unchecked) private var memory: Memory
    @exclusivity(unchecked) package private(set) var count = 0
    private let release: @Sendable (Memory) -> Void

    /// `release` gets the memory back, once, when the index is no longer used. It begins empty, without memory.
    init(release: @escaping @Sendable (Memory) -> Void) {
        memory = Memory(start: nil, count: 0)
        self.release = release
    }

    /// An index of its own with a copy of `events`.
    package convenience init(copying events: some Collection<LogEvent>) {
        self.init { $0.deallocate() }
        let bytes = Swift.max(1, events.count) * MemoryLayout<LogEvent>.stride
        hold(Memory.allocate(byteCount: bytes, alignment: 16), count: events.count)
        _ = memory.initializeMemory(as: LogEvent.self, from: events)
    }

    deinit { if memory.baseAddress != nil { release(memory) } }

    /// The bytes this index keeps occupied.
    package var memoryBytes: Int { memory.count }

    /// The first event. Valid for as long as somebody holds the index. Only for an index that has events.
    var start: UnsafePointer<LogEvent> {
        guard let start = memory.baseAddress, count > 0 else { preconditionFailure("no events") }
        return UnsafePointer(start.assumingMemoryBound(to: LogEvent.self))
    }

    /// Takes the memory out. Only for who holds the only reference.
    func vacate() -> Memory {
        defer { hold(Memory(start: nil, count: 0), count: 0) }
        return memory
    }

    /// Puts memory with `count` events in, in place of none.
    func hold(_ memory: Memory, count: Int) {
        self.memory = memory
        self.count = count
    }
}

extension EventIndex: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(index: Int) -> LogEvent {
        precondition(index >= 0 && index < count, "event \(index) of \(count)")
        return memory.load(fromByteOffset: index * MemoryLayout<LogEvent>.stride, as: LogEvent.self)
    }
}
