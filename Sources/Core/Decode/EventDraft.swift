/// The events of the record that is being scanned.
///
/// Room that goes from record to record; what a record keeps of it is a copy of just the right size, or the room itself
/// where it has become large.
struct EventDraft {
    /// Room for more events than this is not kept.
    private static let keptMax = 4096
    private static let stride = MemoryLayout<LogEvent>.stride

    private let pool: TextPool
    private var memory: TextBuffer.Memory
    private(set) var count = 0

    init(pool: TextPool) {
        self.pool = pool
        memory = pool.take(TextPool.bufferBytesMin)
    }

    /// Gives the room back. The draft is not used again.
    func close() { pool.giveBack(memory) }

    @inline(__always)
    mutating func append(_ event: LogEvent) {
        if (count + 1) * Self.stride > memory.count { grow() }
        memory.storeBytes(of: event, toByteOffset: count * Self.stride, as: LogEvent.self)
        count += 1
    }

    /// Grows by a quarter where an array would double: room that stays unused is memory that somebody has to account for.
    private mutating func grow() { memory = pool.resize(memory, to: memory.count + memory.count / 4) }

    /// Forgets the events from `count` on.
    mutating func truncate(to count: Int) { self.count = count }

    /// Forgets all events, and the room of many: whoever accounts for a record knows nothing of it.
    mutating func restart() {
        count = 0
        guard memory.count > Self.keptMax * Self.stride * 5 / 4 else { return }
        pool.giveBack(memory)
        memory = pool.take(TextPool.bufferBytesMin)
    }

    /// The bytes the room occupies.
    var memoryBytes: Int { memory.count }

    /// Moves the events to `index`, whose own room they take if it is of the right size.
    mutating func move(to index: EventIndex) {
        let bytes = count * Self.stride
        if count > Self.keptMax {
            pool.giveBack(index.vacate())
            index.hold(pool.resize(memory, to: bytes), count: count)
            memory = pool.take(TextPool.bufferBytesMin)
        } else {
            let room = pool.exchange(index.vacate(), for: bytes)
            room.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<bytes]))
            index.hold(room, count: count)
        }
        count = 0
    }
}
