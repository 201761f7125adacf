// What a recipient account offers to others.
extension LogsService {
    func putDestination(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let name = try request.text("destinationName", .resourceName)
        let target = try request.text("targetArn", .arn)
        let role = try request.text("roleArn", .arn)
        let tags = try request.tags()
        try request.checked()
        // AWS cannot reach a destination that is tagged while it is made; nobody knows why.
        let isNew = await call.region.destination(named: name) == nil
        let address = DestinationAddress(place: call.place, name: name)
        guard ResourceName.isStream(target), ResourceName.isRole(role), !isNew || tags.isEmpty,
            await canReach(target, as: role, of: address), await writeControlRecord(to: target)
        else { throw SubscriptionFault.destinationUnreachable }
        let destination = await call.region.putDestination(
            name, targetARN: target, roleARN: role, tags: tags, now: clock.now())
        var reply = JSONWriter()
        reply.object { reply in
            reply.name("destination")
            destination.write(to: &reply)
        }
        return reply.bytes
    }

    func putDestinationPolicy(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let name = try request.text("destinationName", .resourceName)
        let source = try request.text("accessPolicy", .policy)
        let isForced = try request.flag("forceUpdate")
        try request.checked()
        guard await call.region.destination(named: name) != nil else {
            throw SubscriptionFault.noDestination(named: name)
        }
        try await call.region.setPolicy(DestinationPolicyParser.parse(source), of: name, isForced: isForced)
        return LogsCall.done
    }

    func describeDestinations(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let prefix = try request.optionalText("DestinationNamePrefix", .resourceName) ?? ""
        let (limit, token) = try request.paging()
        try request.checked()
        let page = try Page(
            await call.region.destinations(prefix: prefix), limit: limit, token: token, key: \.name)
        var reply = JSONWriter()
        reply.object { reply in
            reply.member(
                "destinations",
                array: { reply in
                    for destination in page.items { destination.write(to: &reply) }
                })
            reply.member("nextToken", page.next)
        }
        return reply.bytes
    }

    func deleteDestination(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let name = try request.text("destinationName", .resourceName)
        try request.checked()
        try await call.region.deleteDestination(name)
        return LogsCall.done
    }

    /// Whether the stream took a control record.
    func writeControlRecord(to stream: String) async -> Bool {
        guard await streams.canTakeRecords(streamARN: stream) else { return false }
        do throws(ServiceFault) {
            let data = try ControlRecord.data(now: clock.now())
            try await streams.write(data, partitionKey: ControlRecord.partitionKey, streamARN: stream)
            return true
        } catch {
            return false  // AWS's own text for this never names the cause
        }
    }
}
