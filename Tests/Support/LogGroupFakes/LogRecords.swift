import Core

/// A log event as a test writes it down.
struct Written: Hashable {
    var timestamp: Int64
    /// As JSON escapes it.
    var message: String
    /// Once unescaped; `nil` where nothing is escaped.
    var bytes: Int?

    init(_ timestamp: Int64, _ message: String, bytes: Int? = nil) {
        self.timestamp = timestamp
        self.message = message
        self.bytes = bytes
    }
}

/// A record whose messages hold these events.
func logRecord(_ messages: [(origin: Origin, events: [Written])]) -> DecodedRecord {
    var text: [UInt8] = []
    var decoded: [SubscriptionMessage] = []
    var events: [LogEvent] = []
    let nothing = ByteRange(start: 0, count: 0)
    for message in messages {
        let first = events.count
        for event in message.events {
            let range = ByteRange(start: text.count, count: event.message.utf8.count)
            text += event.message.utf8
            events.append(
                LogEvent(
                    timestamp: Instant(milliseconds: event.timestamp), id: nil, message: range,
                    messageBytes: event.bytes ?? event.message.utf8.count, extractedFields: nil))
        }
        decoded.append(
            SubscriptionMessage(
                origin: message.origin, owner: nothing, logGroup: nothing, logStream: nothing,
                subscriptionFilters: nil, events: first..<events.count))
    }
    return DecodedRecord(
        text: TextBuffer(copying: text), messages: decoded, events: EventIndex(copying: events), controlMessages: 0)
}

func logRecord(_ events: [Written], from origin: Origin = Origin(owner: "1", logGroup: "g", logStream: "s"))
    -> DecodedRecord
{
    logRecord([(origin, events)])
}

/// The same numbers for the same seed, on every machine. https://prng.di.unimi.it/splitmix64.c
struct SeededChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Whether something happens that happens `times` out of a hundred.
    mutating func percent(_ times: Int) -> Bool { Int.random(in: 0..<100, using: &self) < times }
}
