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

extension LogsRegion {
    /// A page of one stream's events, written as GetLogEvents answers.
    func page(_ request: GetLogEventsRequest) throws(ServiceFault) -> [UInt8] {
        try withStream(request.group, request.stream) { stream in
            let reading = EventReading(&stream)
            let places = reading.places(request)
            var reply = JSONWriter(capacity: 256 + places.reduce(0) { $0 + reading.bytes($1) + 64 })
            reply.object { reply in
                reply.member(
                    "events",
                    array: { reply in
                        for place in places { reading.write(place, to: &reply) }
                    })
                let (forward, backward) = reading.tokens(places, request.position)
                reply.member("nextForwardToken", "f/\(forward.digits)/s")
                reply.member("nextBackwardToken", "b/\(backward.digits)/s")
            }
            return reply.bytes
        }
    }

    /// A page of a group's events that match a pattern, by time over all streams.
    func page(_ request: FilterLogEventsRequest) throws(ServiceFault) -> [UInt8] {
        try withGroup(request.group) { group throws(ServiceFault) in
            for name in request.streams ?? [] where group.streams[name] == nil { throw LogsFault.noStream }
            let names = (request.streams ?? Array(group.streams.keys)).filter {
                $0.hasPrefix(request.streamPrefix ?? "")
            }
            var merged = MergedReading()
            for name in Set(names) {
                guard let index = group.streams.index(forKey: name) else { continue }
                merged.add(EventReading(&group.streams.values[index]), request)
            }
            return merged.page(request)
        }
    }
}

extension EventReading {
    /// The events of a page: as many as are wanted and fit, and one at least if there is one.
    fileprivate func places(_ request: GetLogEventsRequest) -> Range<Int> {
        let all = first(notBefore: request.times.lowerBound)..<first(notBefore: request.times.upperBound)
        switch request.position {
        case .head: return forward(all, request.eventsMax)
        case .tail: return backward(all, request.eventsMax)
        case .after(let id): return forward(all.clamped(to: first(after: id)..<order.count), request.eventsMax)
        case .before(let id): return backward(all.clamped(to: 0..<first(notBefore: id)), request.eventsMax)
        }
    }

    /// What the next page begins after or ends before. At an end both stay where they are.
    fileprivate func tokens(
        _ places: Range<Int>, _ position: GetLogEventsRequest.Position
    ) -> (forward: EventID, backward: EventID) {
        if let first = places.first, let last = places.last { return (stream.id(order[last]), stream.id(order[first])) }
        switch position {
        case .head, .tail: return (.zero, .zero)
        case .after(let id), .before(let id): return (id, id)
        }
    }

    private func forward(_ all: Range<Int>, _ eventsMax: Int) -> Range<Int> {
        var (end, left) = (all.lowerBound, LogsLimits.pageBytesMax)
        while end < all.upperBound, end - all.lowerBound < eventsMax {
            left -= bytes(end)
            if left < 0, end > all.lowerBound { break }
            end += 1
        }
        return all.lowerBound..<end
    }

    private func backward(_ all: Range<Int>, _ eventsMax: Int) -> Range<Int> {
        var (start, left) = (all.upperBound, LogsLimits.pageBytesMax)
        while start > all.lowerBound, all.upperBound - start < eventsMax {
            left -= bytes(start - 1)
            if left < 0, start < all.upperBound { break }
            start -= 1
        }
        return start..<all.upperBound
    }

    fileprivate func write(_ place: Int, to reply: inout JSONWriter) {
        reply.object { reply in
            reply.member("timestamp", order[place].timestamp)
            reply.name("message")
            withMessage(place) { reply.string($0) }
            reply.member("ingestionTime", ingestion(place))
        }
    }
}

/// Several streams read as one, by the ids of their events.
private struct MergedReading {
    private var readings: [(reading: EventReading, rest: Range<Int>)] = []

    mutating func add(_ reading: EventReading, _ request: FilterLogEventsRequest) {
        var rest =
            reading.first(notBefore: request.times.lowerBound)..<reading.first(notBefore: request.times.upperBound)
        if let after = request.after { rest = rest.clamped(to: reading.first(after: after)..<reading.order.count) }
        if !rest.isEmpty { readings.append((reading, rest)) }
    }

    mutating func page(_ request: FilterLogEventsRequest) -> [UInt8] {
        var (written, left) = (0, LogsLimits.pageBytesMax)
        var last: EventID?
        var isCut = false
        var room: [JSONNode] = []
        var reply = JSONWriter(capacity: 4096)
        reply.object { reply in
            reply.member(
                "events",
                array: { reply in
                    while let (reading, place) = peek() {
                        if reading.withMessage(place, { request.pattern.match($0, room: &room) }) != nil {
                            left -= reading.bytes(place)
                            isCut = written == request.eventsMax || left < 0 && written > 0
                            if isCut { return }
                            last = reading.stream.id(reading.order[place])
                            Self.write(reading, place, to: &reply)
                            written += 1
                        }
                        advance()
                    }
                })
            reply.member("searchedLogStreams", array: { _ in })
            if isCut { reply.member("nextToken", last?.digits) }
        }
        return reply.bytes
    }

    private static func write(_ reading: EventReading, _ place: Int, to reply: inout JSONWriter) {
        reply.object { reply in
            reply.member("logStreamName", reading.stream.name)
            reply.member("timestamp", reading.order[place].timestamp)
            reply.name("message")
            reading.withMessage(place) { reply.string($0) }
            reply.member("ingestionTime", reading.ingestion(place))
            reply.member("eventId", reading.stream.id(reading.order[place]).digits)
        }
    }

    /// Brings the stream with the earliest event to the front.
    private mutating func peek() -> (EventReading, Int)? {
        let earliest = readings.indices.min { left, right in id(left) < id(right) }
        guard let earliest else { return nil }
        readings.swapAt(0, earliest)
        return (readings[0].reading, readings[0].rest.lowerBound)
    }

    private mutating func advance() {
        readings[0].rest = readings[0].rest.dropFirst()
        if readings[0].rest.isEmpty { readings.remove(at: 0) }
    }

    private func id(_ index: Int) -> EventID {
        let (reading, rest) = readings[index]
        return reading.stream.id(reading.order[rest.lowerBound])
    }
}
