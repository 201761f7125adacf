import Core

/// Reads `routes:`.
enum RouteSettings {
    private static let allowed = "a list of {match: {…}, to: [SINK, …]}"
    private static let matchKeys = ["owner", "log-group", "log-stream"]

    /// `nil` as field: no routes, so that every event goes to every sink.
    static func read(_ field: Field?, sinks: [SinkName]) -> RouteTable? {
        var routes: [Route] = []
        for item in field?.items(allowed: allowed) ?? [] {
            guard let route = route(item, sinks) else { continue }
            if let all = routes.firstIndex(where: \.match.matchesAll) {
                item.warning("is never reached, since routes[\(all)] matches everything")
            }
            routes.append(route)
        }
        warnOfUnused(field, routes, sinks)
        do throws(RouteTable.Invalid) {
            return try RouteTable(sinks: sinks, routes: routes)
        } catch {
            field?.problem("\(error)")
            return nil
        }
    }

    private static func route(_ item: Field, _ sinks: [SinkName]) -> Route? {
        guard let section = Section(item, keys: ["match", "to"]) else { return nil }
        let match = section.required(
            "match", allowed: "{} for everything, or any of \(matchKeys.joined(separator: ", "))"
        )
        .flatMap(pattern)
        let names = section.required("to", allowed: "a list of \(list(sinks))").flatMap { targets($0, sinks) }
        guard let match, let names else { return nil }
        return Route(match: match, sinks: names)
    }

    private static func pattern(_ field: Field) -> OriginPattern? {
        guard let section = Section(field, keys: matchKeys) else { return nil }
        func glob(_ key: String) -> Glob? {
            section[key]?.parsed(allowed: "a name, with * for any run of characters and ? for one", Glob.init)
        }
        return OriginPattern(owner: glob("owner"), logGroup: glob("log-group"), logStream: glob("log-stream"))
    }

    private static func targets(_ field: Field, _ sinks: [SinkName]) -> [SinkName]? {
        let allowed = list(sinks)
        guard let items = field.items(allowed: "a list of \(allowed)") else { return nil }
        if items.isEmpty { field.problem("names no sink; allowed: \(allowed)") }
        var names: [SinkName] = []
        for item in items {
            guard let text = item.text(allowed: allowed) else { continue }
            guard let name = SinkName(text), sinks.contains(name) else {
                let hint = Nearest.hint(to: text, among: sinks.map(\.text))
                item.problem("no sink is called '\(text)'\(hint); allowed: \(allowed)")
                continue
            }
            if names.contains(name) { item.problem("'\(text)' stands here twice; allowed: each sink once") }
            names.append(name)
        }
        return names.count == items.count ? names : nil
    }

    private static func warnOfUnused(_ field: Field?, _ routes: [Route], _ sinks: [SinkName]) {
        guard let field, !routes.isEmpty else { return }
        for sink in sinks where !routes.contains(where: { $0.sinks.contains(sink) }) {
            field.warning("no route leads to \(sink)")
        }
    }

    private static func list(_ sinks: [SinkName]) -> String { sinks.map(\.text).joined(separator: ", ") }
}
