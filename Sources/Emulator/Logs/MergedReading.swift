import FilterPatterns

/// Several streams read as one, by the ids of their events.
struct MergedReading {
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
