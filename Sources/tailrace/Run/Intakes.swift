internal import Core
internal import Settings

/// By what rule records reach each place that keeps a frontier.
///
/// A frontier says which records a sink has had, under the rule of that time. Under another rule a record that is read again
/// may have events for the sink which it never got, so the frontier means nothing any more.
enum Intakes {
    static func rules(of settings: TailraceSettings) -> [SinkName: String] {
        var rules: [SinkName: String] = [:]
        for sink in settings.sinks {
            guard case .files = sink.kind else { continue }
            rules[sink.name] = rule(for: sink.name, settings.routes.routes)
        }
        // Which records can be decoded.
        rules[.deadLetters] = "tailrace \(Tailrace.version), max-record \(settings.memory.recordBytesMax)"
        return rules
    }

    /// All routes up to the last that leads to the sink, as the first match wins. Without routes every sink gets all.
    static func rule(for sink: SinkName, _ routes: [Route]) -> String {
        guard !routes.isEmpty else { return "everything" }
        let count = routes.lastIndex { $0.sinks.contains(sink) }.map { $0 + 1 } ?? 0
        return routes.prefix(count).map { route in
            let match = [route.match.owner, route.match.logGroup, route.match.logStream].map { $0?.pattern ?? "*" }
            return (route.sinks.contains(sink) ? "+" : "-") + match.joined(separator: "\t")
        }.joined(separator: "\n")
    }
}
