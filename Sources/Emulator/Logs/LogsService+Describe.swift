import FilterPatterns

// DescribeLogGroups and DescribeLogStreams.
extension LogsService {
    func describeLogGroups(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let prefix = try request.optionalText("logGroupNamePrefix", .groupName)
        let pattern = try request.optionalText("logGroupNamePattern", TextRule(least: 0))
        let (limit, token) = try request.paging()
        try request.checked()
        guard prefix == nil || pattern == nil else {
            throw LogsFault.invalidParameter(
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
        }
        let groups = await call.region.groups { name in
            name.hasPrefix(prefix ?? "") && (pattern.map { name.containsText($0) } ?? true)
        }
        let page = try Page(groups, limit: limit, token: token, key: \.name)
        var reply = JSONWriter()
        reply.object { reply in
            reply.member(
                "logGroups",
                array: { reply in
                    for group in page.items { group.write(to: &reply) }
                })
            reply.member("nextToken", page.next)
        }
        return reply.bytes
    }

    func describeLogStreams(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let name = try request.group(in: call.place)
        let prefix = try request.optionalText("logStreamNamePrefix", .streamName)
        let order = try request.choice("orderBy", ["LogStreamName", "LastEventTime"], default: "LogStreamName")
        let isDescending = try request.flag("descending")
        let (limit, token) = try request.paging()
        try request.checked()
        let isByTime = order == "LastEventTime"
        guard !isByTime || prefix == nil else {
            throw LogsFault.invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.")
        }
        let group = try await call.region.group(name)
        var streams = group.streams.values.filter { $0.name.hasPrefix(prefix ?? "") }
        streams.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        if isByTime { streams.sort { ($0.latest ?? .min) < ($1.latest ?? .min) } }
        if isDescending { streams.reverse() }
        let page = try Page(streams, limit: limit, token: token, key: \.name)
        var reply = JSONWriter()
        reply.object { reply in
            reply.member(
                "logStreams",
                array: { reply in
                    for stream in page.items { stream.write(to: &reply, group: group) }
                })
            reply.member("nextToken", page.next)
        }
        return reply.bytes
    }
}

extension LogGroup {
    fileprivate func write(to reply: inout JSONWriter) {
        reply.object { reply in
            reply.member("logGroupName", name)
            reply.member("creationTime", created)
            reply.member("retentionInDays", retentionDays)
            reply.member("metricFilterCount", 0)
            reply.member("arn", arn + ":*")
            reply.member("storedBytes", 0)  // AWS's own count lags by hours
            reply.member("logGroupClass", groupClass)
            reply.member("logGroupArn", arn)
            reply.member("deletionProtectionEnabled", false)
        }
    }
}

extension LogStream {
    fileprivate func write(to reply: inout JSONWriter, group: LogGroup) {
        reply.object { reply in
            reply.member("logStreamName", name)
            reply.member("creationTime", created)
            reply.member("firstEventTimestamp", earliest)
            reply.member("lastEventTimestamp", latest)
            reply.member("lastIngestionTime", lastIngestion)
            reply.member("arn", "\(group.arn):log-stream:\(name)")
            reply.member("storedBytes", 0)
        }
    }
}

extension String {
    /// Whether `text` stands anywhere in this, whatever the case: so AWS searches group names.
    fileprivate func containsText(_ text: String) -> Bool {
        var whole = lowercased()
        return whole.withUTF8 { $0.contains(Array(text.lowercased().utf8)) }
    }
}
