/// Which origins a route is for. An absent pattern matches everything.
package struct OriginPattern: Hashable, Sendable {
    package let owner: Glob?
    package let logGroup: Glob?
    package let logStream: Glob?

    package init(owner: Glob? = nil, logGroup: Glob? = nil, logStream: Glob? = nil) {
        self.owner = owner
        self.logGroup = logGroup
        self.logStream = logStream
    }

    package var matchesAll: Bool { owner == nil && logGroup == nil && logStream == nil }

    package func matches(_ origin: Origin) -> Bool {
        if let owner, !owner.matches(origin.owner) { return false }
        if let logGroup, !logGroup.matches(origin.logGroup) { return false }
        if let logStream, !logStream.matches(origin.logStream) { return false }
        return true
    }
}

/// What matches goes to these sinks.
package struct Route: Hashable, Sendable {
    package let match: OriginPattern
    package let sinks: [SinkName]

    package init(match: OriginPattern, sinks: [SinkName]) {
        self.match = match
        self.sinks = sinks
    }
}
