import FilterPatterns

/// Which of a log stream's events a GetLogEvents call wants.
struct GetLogEventsRequest: Sendable {
    let group: String
    let stream: String
    /// The first moment that counts, and the first that no longer does.
    let times: Range<Int64>
    let eventsMax: Int
    let position: Position

    enum Position: Hashable, Sendable {
        case head, tail
        case after(EventID)
        case before(EventID)

        /// The direction's letter, an event's id and a letter that is always the same.
        init?(token: String) {
            let bytes = Array(token.utf8)
            guard bytes.count == EventID.digitsCount + 4, token.hasSuffix("/s"),
                let id = EventID(digits: bytes[2..<bytes.count - 2])
            else { return nil }
            switch token.prefix(2) {
            case "f/": self = .after(id)
            case "b/": self = .before(id)
            default: return nil
            }
        }
    }
}

/// What a FilterLogEvents call wants.
struct FilterLogEventsRequest: Sendable {
    let group: String
    let streams: [String]?
    let streamPrefix: String?
    let times: Range<Int64>
    let pattern: FilterPattern
    let eventsMax: Int
    /// The last event of the page before.
    let after: EventID?
}
