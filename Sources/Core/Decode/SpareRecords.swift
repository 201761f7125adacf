/// What records of a decoder were made of, kept so that the next ones are made of it again, without an allocation.
///
/// A spare is in use for as long as anybody else holds its text or its index.
struct SpareRecords {
    struct Spare {
        fileprivate(set) var text: TextBuffer
        fileprivate(set) var events: EventIndex
        var messages: [SubscriptionMessage] = []
        fileprivate var lentBytes = 0

        /// Messages are few. Room for more of them than this is not kept.
        private static let messagesMax = 64

        fileprivate var isIdle: Bool {
            mutating get { isKnownUniquelyReferenced(&text) && isKnownUniquelyReferenced(&events) }
        }

        fileprivate mutating func clear() {
            messages.removeAll(keepingCapacity: messages.capacity <= Self.messagesMax)
        }

        fileprivate var memoryBytes: Int { text.memoryBytes + events.memoryBytes }
    }

    /// How many are kept. When records live longer than as many others take to decode, some are made anew.
    private static let countMax = 16

    private let pool: TextPool
    private let release: @Sendable (TextBuffer.Memory) -> Void
    /// The longest kept first.
    private var spares: [Spare] = []

    init(pool: TextPool) {
        self.pool = pool
        release = { pool.giveBack($0) }
        spares.reserveCapacity(Self.countMax + 1)
    }

    /// A spare that nobody uses, or a new one without memory.
    mutating func take() -> Spare {
        for index in spares.indices where spares[index].isIdle {
            var spare = spares.remove(at: index)
            spare.clear()
            return spare
        }
        return Spare(text: TextBuffer(release: release), events: EventIndex(release: release))
    }

    /// Keeps `spare`, perhaps in place of another. Records may use it.
    mutating func keep(_ spare: consuming Spare) {
        let bytes = spare.memoryBytes
        guard pool.lend(bytes, inPlaceOf: spare.lentBytes) else { return forget(spare) }
        spare.lentBytes = bytes
        spares.append(spare)
        if spares.count > Self.countMax { forget(spares.removeFirst()) }
    }

    private func forget(_ spare: Spare) { _ = pool.lend(0, inPlaceOf: spare.lentBytes) }

    /// Forgets all of them.
    mutating func close() {
        spares.forEach(forget)
        spares = []
    }
}
