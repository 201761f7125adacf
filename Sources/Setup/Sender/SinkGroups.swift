internal import Core
package import Settings

/// The log groups that Tailrace writes to: none of them may send to the stream that it reads.
package struct SinkGroups: Hashable, Sendable {
    /// Names with `*` in place of what depends on the event, by Region.
    private let patterns: [String: [String]]

    package init() { patterns = [:] }

    /// `streamRegion` is where a sink is that names no Region.
    package init(_ settings: TailraceSettings, streamRegion: String) {
        var patterns: [String: [String]] = [:]
        for sink in settings.sinks {
            guard case .logGroup(let group) = sink.kind else { continue }
            patterns[group.region ?? settings.stream.region ?? streamRegion, default: []].append(group.group.wildcards)
        }
        self.patterns = patterns
    }

    /// The pattern that makes `group` one of them; `nil` when none does.
    func pattern(of group: String, region: String) -> String? {
        patterns[region]?.first { Wildcards.match($0, group) }
    }

    func patterns(region: String) -> [String] { patterns[region] ?? [] }
}
