/// Which sinks a subscription message goes to: the first route that matches its origin decides.
///
/// Without any route every event goes to every sink. With routes of which none matches, the message is *filtered*:
/// settled, counted, delivered nowhere.
package struct RouteTable: Hashable, Sendable {
    /// The sinks in the order of the settings; `SinkIndex` counts in it.
    package let sinks: [SinkName]
    package let routes: [Route]
    private let targets: [[SinkIndex]]
    private let everySink: [SinkIndex]

    package enum Invalid: Error, Hashable, Sendable {
        case repeatedSink(SinkName)
        case unknownSink(SinkName, route: Int)
    }

    package init(sinks: [SinkName], routes: [Route]) throws(Invalid) {
        var indices: [SinkName: SinkIndex] = [:]
        for (position, sink) in sinks.enumerated() {
            guard indices.updateValue(SinkIndex(position), forKey: sink) == nil else { throw .repeatedSink(sink) }
        }
        var targets: [[SinkIndex]] = []
        for (position, route) in routes.enumerated() {
            targets.append(try Self.indices(of: route.sinks, in: indices, route: position))
        }
        self.sinks = sinks
        self.routes = routes
        self.targets = targets
        everySink = sinks.indices.map(SinkIndex.init)
    }

    /// Ascending and without repetition; empty means filtered.
    ///
    /// Called once per subscription message. Nothing is allocated and nothing kept: a few dozen patterns cost about a
    /// microsecond, and an answer kept per origin would need a bound, since senders choose the names.
    package func sinks(for origin: Origin) -> [SinkIndex] {
        guard !routes.isEmpty else { return everySink }
        // By index: a copy of each route would cost more than comparing its patterns.
        for index in routes.indices where routes[index].match.matches(origin) { return targets[index] }
        return []
    }

    private static func indices(
        of names: [SinkName], in indices: [SinkName: SinkIndex], route: Int
    ) throws(Invalid) -> [SinkIndex] {
        var found: Set<SinkIndex> = []
        for name in names {
            guard let index = indices[name] else { throw .unknownSink(name, route: route) }
            found.insert(index)
        }
        return found.sorted()
    }
}
