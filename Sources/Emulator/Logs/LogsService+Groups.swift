// Log groups, log streams and tags.
extension LogsService {
    func createLogGroup(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let name = try request.name("logGroupName", .groupName)
        let groupClass = try request.choice("logGroupClass", LogGroup.classes, default: LogGroup.classes[0])
        let tags = try request.tags()
        try request.checked()
        guard !name.lowercased().hasPrefix("aws/") else {
            throw LogsFault.invalidParameter("Log groups starting with AWS/ are reserved for AWS.")
        }
        guard tags.count <= LogsLimits.tagsMax else { throw LogsFault.tooManyTags }
        try await call.region.createGroup(name, class: groupClass, tags: tags, now: clock.now())
        return LogsCall.done
    }

    func deleteLogGroup(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let name = try request.name("logGroupName", .groupName)
        try request.checked()
        try await call.region.deleteGroup(name)
        return LogsCall.done
    }

    func createLogStream(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        let (group, stream) = try groupAndStream(call)
        try await call.region.createStream(stream, inGroup: group, now: clock.now())
        return LogsCall.done
    }

    func deleteLogStream(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        let (group, stream) = try groupAndStream(call)
        try await call.region.deleteStream(stream, inGroup: group)
        return LogsCall.done
    }

    func putRetentionPolicy(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let name = try request.name("logGroupName", .groupName)
        let days = try request.requiredInteger("retentionInDays")
        if !LogsLimits.retentionDays.contains(days) {
            let allowed = LogsLimits.retentionDays.sorted().map(String.init)
            request.violatedChoice(at: "retentionInDays", allowed)
        }
        try request.checked()
        try await call.region.setRetention(days, ofGroup: name)
        return LogsCall.done
    }

    func tagResource(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let arn = try request.text("resourceArn", .arn)
        let tags = try request.tags()
        if tags.isEmpty { request.missing("tags") }
        try request.checked()
        try await call.region.tag(arn, tags)
        return LogsCall.done
    }

    func untagResource(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let arn = try request.text("resourceArn", .arn)
        let keys = try request.texts("tagKeys", count: 0...LogsLimits.tagsMax)
        if keys == nil { request.missing("tagKeys") }
        try request.checked()
        try await call.region.untag(arn, keys ?? [])
        return LogsCall.done
    }

    func listTagsForResource(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let arn = try request.text("resourceArn", .arn)
        try request.checked()
        let tags = try await call.region.tags(of: arn).sorted { $0.key < $1.key }
        var reply = JSONWriter()
        reply.object { $0.member("tags", strings: tags) }
        return reply.bytes
    }

    private func groupAndStream(_ call: LogsCall) throws(ServiceFault) -> (group: String, stream: String) {
        var request = try LogsRequest(call.body)
        let group = try request.name("logGroupName", .groupName)
        let stream = try request.name("logStreamName", .streamName)
        try request.checked()
        return (group, stream)
    }
}
