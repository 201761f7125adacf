// GetLogEvents and FilterLogEvents: a page is written where the events lie, so that none is copied twice.
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
