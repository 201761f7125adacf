// Tags, by a stream's name or, in the newer calls, by its ARN.
extension KinesisService {
    func addTags(_ request: AddTagsRequest, _ caller: Caller) throws(ServiceFault) {
        try add(request.tags, to: try request.stream(for: caller))
    }

    func removeTags(_ request: RemoveTagsRequest, _ caller: Caller) throws(ServiceFault) {
        try remove(request.tagKeys, from: try request.stream(for: caller))
    }

    func listTags(_ request: ListTagsRequest, _ caller: Caller) throws(ServiceFault) -> TagsReply {
        try streams.withStream(try request.stream(for: caller), now: clock.now()) { stream in
            let after = request.exclusiveStartTagKey ?? ""
            let rest = stream.tags.filter { $0.key > after }.sorted { $0.key < $1.key }
            let shown = rest.prefix(request.limit ?? StreamLimits.tagsMax)
            return TagsReply(tags: shown.map(TagsReply.Tag.init), hasMoreTags: shown.count < rest.count)
        }
    }

    func tagResource(_ request: TagResourceRequest, _ caller: Caller) throws(ServiceFault) {
        try add(request.tags, to: try Self.stream(request.resourceARN, caller))
    }

    func untagResource(_ request: UntagResourceRequest, _ caller: Caller) throws(ServiceFault) {
        try remove(request.tagKeys, from: try Self.stream(request.resourceARN, caller))
    }

    func listTagsForResource(
        _ request: ListTagsForResourceRequest, _ caller: Caller
    ) throws(ServiceFault) -> ResourceTagsReply {
        try streams.withStream(try Self.stream(request.resourceARN, caller), now: clock.now()) { stream in
            ResourceTagsReply(tags: stream.tags.sorted { $0.key < $1.key }.map(TagsReply.Tag.init))
        }
    }

    /// Streams are the only resources here that have tags.
    private static func stream(_ arn: String, _ caller: Caller) throws(ServiceFault) -> EmulatedStreamName {
        try StreamReference(name: nil, arn: arn).resolved(for: caller)
    }

    static func requireRoom(for tags: [String: String]) throws(ServiceFault) {
        guard tags.count <= StreamLimits.tagsMax else {
            throw .invalidArgument("A stream takes \(StreamLimits.tagsMax) tags at most.")
        }
    }

    private func add(_ added: [String: String], to name: EmulatedStreamName) throws(ServiceFault) {
        try streams.withStream(name, now: clock.now()) { stream throws(ServiceFault) in
            let tags = stream.tags.merging(added) { $1 }
            try Self.requireRoom(for: tags)
            stream.tags = tags
        }
    }

    private func remove(_ keys: [String], from name: EmulatedStreamName) throws(ServiceFault) {
        guard (1...StreamLimits.tagsMax).contains(keys.count) else {
            throw .validation(
                "tagKeys", value: "\(keys.count) keys",
                "Member must have length between 1 and \(StreamLimits.tagsMax)")
        }
        try streams.withStream(name, now: clock.now()) { stream in
            for key in keys { stream.tags[key] = nil }
        }
    }
}
