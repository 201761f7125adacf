import FilterPatterns

// GetLogEvents, FilterLogEvents and TestMetricFilter.
extension LogsService {
    func getLogEvents(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let group = try request.group(in: call.place)
        let stream = try request.name("logStreamName", .streamName)
        let start = try request.integer("startTime", in: 0 ... .max) ?? 0
        let end = try request.integer("endTime", in: 0 ... .max) ?? .max
        let limit = try request.integer("limit", in: 1...Int64(LogsLimits.pageEventsMax))
        let startsFromHead = try request.flag("startFromHead")
        let token = try request.optionalText("nextToken", .token)
        try request.checked()
        var position: GetLogEventsRequest.Position = startsFromHead ? .head : .tail
        if let token {
            guard let place = GetLogEventsRequest.Position(token: token) else { throw LogsFault.badToken }
            position = place
        }
        return try await call.region.page(
            GetLogEventsRequest(
                group: group, stream: stream, times: start..<max(start, end),
                eventsMax: limit.map(Int.init) ?? LogsLimits.pageEventsMax, position: position))
    }

    func filterLogEvents(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let group = try request.group(in: call.place)
        let streams = try request.texts("logStreamNames", count: 1...LogsLimits.filteredStreamsMax)
        let prefix = try request.optionalText("logStreamNamePrefix", .streamName)
        let start = try request.integer("startTime", in: 0 ... .max) ?? 0
        let end = try request.integer("endTime", in: 0 ... .max) ?? .max
        let source = try request.optionalText("filterPattern", .filterPattern) ?? ""
        let limit = try request.integer("limit", in: 1...Int64(LogsLimits.pageEventsMax))
        let token = try request.optionalText("nextToken", .token)
        try request.checked()
        guard streams == nil || prefix == nil else {
            throw LogsFault.invalidParameter(
                "LogStream names and LogStream name prefix are mutually exclusive parameters.")
        }
        let after = token.flatMap { EventID(digits: Array($0.utf8)) }
        guard token == nil || after != nil else { throw LogsFault.badToken }
        let last = end == .max ? end : end + 1  // events at `endTime` itself are wanted, other than in GetLogEvents
        return try await call.region.page(
            FilterLogEventsRequest(
                group: group, streams: streams, streamPrefix: prefix, times: start..<max(start, last),
                pattern: try pattern(source, subject: "filter pattern"),
                eventsMax: limit.map(Int.init) ?? LogsLimits.pageEventsMax, after: after))
    }

    func testMetricFilter(_ call: LogsCall) throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let source = try request.text("filterPattern", .filterPattern)
        let messages = try request.texts("logEventMessages", count: 1...LogsLimits.testMessagesMax)
        if messages == nil { request.missing("logEventMessages") }
        try request.checked()
        let pattern = try pattern(source, subject: "metric filter pattern")
        var room: [JSONNode] = []
        var reply = JSONWriter()
        reply.object { reply in
            reply.member(
                "matches",
                array: { reply in
                    for (number, message) in zip(1..., messages ?? []) {
                        var message = message
                        let found = message.withUTF8 { pattern.match($0, room: &room) }
                        guard let fields = found else { continue }
                        reply.object { reply in
                            reply.member("eventNumber", Int64(number))
                            reply.member("eventMessage", message)
                            reply.member("extractedValues", strings: fields)
                        }
                    }
                })
        }
        return reply.bytes
    }

    func pattern(_ source: String, subject: String) throws(ServiceFault) -> FilterPattern {
        do throws(FilterPatternFault) {
            return try FilterPattern(source)
        } catch {
            throw LogsFault.invalidParameter(error.message(subject: subject))
        }
    }
}
