// Log groups, log streams and tags.
extension LogsRegion {
    func createGroup(_ name: String, class groupClass: String, tags: [String: String], now: Int64) throws(ServiceFault)
    {
        guard groups[name] == nil else { throw LogsFault.groupExists }
        let arn = ResourceName.logs("log-group:\(name)", in: place)
        groups[name] = LogGroup(name: name, arn: arn, created: now, groupClass: groupClass)
        if !tags.isEmpty { self.tags[arn] = tags }
    }

    func deleteGroup(_ name: String) throws(ServiceFault) {
        guard let group = groups.removeValue(forKey: name) else { throw LogsFault.noGroup }
        tags[group.arn] = nil
    }

    func createStream(_ name: String, inGroup group: String, now: Int64) throws(ServiceFault) {
        try withGroup(group) { group throws(ServiceFault) in
            guard group.streams[name] == nil else { throw LogsFault.streamExists }
            group.streams[name] = LogStream(name: name, created: now)
        }
    }

    func deleteStream(_ name: String, inGroup group: String) throws(ServiceFault) {
        try withGroup(group) { group throws(ServiceFault) in
            guard group.streams.removeValue(forKey: name) != nil else { throw LogsFault.noStream }
        }
    }

    func setRetention(_ days: Int64, ofGroup group: String) throws(ServiceFault) {
        try withGroup(group) { group in group.retentionDays = days }
    }

    /// In the order of their names' bytes.
    func groups(where isWanted: (String) -> Bool) -> [LogGroup] {
        groups.values.filter { isWanted($0.name) }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    func group(_ name: String) throws(ServiceFault) -> LogGroup {
        guard let group = groups[name] else { throw LogsFault.noGroup }
        return group
    }

    /// Merges tags into those that the resource has.
    func tag(_ arn: String, _ added: [String: String]) throws(ServiceFault) {
        guard isResource(arn) else { throw LogsFault.noResource }
        let merged = tags[arn, default: [:]].merging(added) { _, new in new }
        guard merged.count <= LogsLimits.tagsMax else { throw LogsFault.tooManyTags }
        tags[arn] = merged
    }

    func untag(_ arn: String, _ keys: [String]) throws(ServiceFault) {
        guard isResource(arn) else { throw LogsFault.noResource }
        for key in keys { tags[arn]?[key] = nil }
    }

    func tags(of arn: String) throws(ServiceFault) -> [String: String] {
        guard isResource(arn) else { throw LogsFault.noResource }
        return tags[arn] ?? [:]
    }

    private func isResource(_ arn: String) -> Bool {
        groups.values.contains { $0.arn == arn } || destinations.values.contains { $0.arn == arn }
    }
}
