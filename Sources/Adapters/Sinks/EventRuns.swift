internal import Core
internal import Pipeline

/// The events of a delivery, a few at a time, those of one message together.
///
/// Every line repeats the names of its log stream, so the lines of one record may be a hundred times as long as the record:
/// whoever writes them looks in between whether there is room for more.
struct EventRuns {
    private static let eventsMax = 1024
    /// Of the names that all lines begin with.
    private static let namesBytesMax = 1 << 20

    private let record: DecodedRecord
    private var messages: ArraySlice<Int>
    /// The one at hand, and which of its events are left.
    private var current = 0
    private var rest: Range<Int> = 0..<0

    init(_ delivery: Delivery) {
        record = delivery.record
        messages = delivery.messages[...]
    }

    /// Whether nothing is left. A message in a delivery has events.
    var isAtEnd: Bool { rest.isEmpty && messages.isEmpty }

    /// The next events: of what is left of a message, as many from the front as `belongs` gives.
    mutating func next(
        where belongs: (Range<Int>) -> Range<Int> = { $0 }
    ) -> (message: SubscriptionMessage, events: Range<Int>)? {
        while rest.isEmpty {
            guard let index = messages.popFirst() else { return nil }
            rest = record.messages[index].events
            current = index
        }
        let message = record.messages[current]
        let some = belongs(rest).prefix(min(Self.eventsMax, max(1, Self.namesBytesMax / message.namesBytes)))
        rest = some.endIndex..<rest.upperBound
        return (message, some.startIndex..<some.endIndex)
    }
}

extension SubscriptionMessage {
    /// Of what each line repeats.
    fileprivate var namesBytes: Int {
        [owner, logGroup, logStream, subscriptionFilters ?? ByteRange(start: 0, count: 0)].reduce(0) {
            $0 + Int($1.count)
        }
    }
}
