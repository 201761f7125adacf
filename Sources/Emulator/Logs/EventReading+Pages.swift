// What GetLogEvents shows of one stream.
extension EventReading {
    /// The events of a page: as many as are wanted and fit, and one at least if there is one.
    func places(_ request: GetLogEventsRequest) -> Range<Int> {
        let all = first(notBefore: request.times.lowerBound)..<first(notBefore: request.times.upperBound)
        switch request.position {
        case .head: return forward(all, request.eventsMax)
        case .tail: return backward(all, request.eventsMax)
        case .after(let id): return forward(all.clamped(to: first(after: id)..<order.count), request.eventsMax)
        case .before(let id): return backward(all.clamped(to: 0..<first(notBefore: id)), request.eventsMax)
        }
    }

    /// What the next page begins after or ends before. At an end both stay where they are.
    func tokens(
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

    func write(_ place: Int, to reply: inout JSONWriter) {
        reply.object { reply in
            reply.member("timestamp", order[place].timestamp)
            reply.name("message")
            withMessage(place) { reply.string($0) }
            reply.member("ingestionTime", ingestion(place))
        }
    }
}
