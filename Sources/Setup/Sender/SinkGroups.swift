internal import Core
package import Settings

/// The log groups that Tailrace writes to: none of them may send to the stream that it reads.
package struct SinkGroups: Hashable, Sendable {
    /// By Region, for each sink the patterns that match its groups, of which the first matches all but repaired names.
    private let sinks: [String: [[String]]]

    package init() { sinks = [:] }

    /// `streamRegion` is where a sink is that names no Region.
    package init(_ settings: TailraceSettings, streamRegion: String) {
        var sinks: [String: [[String]]] = [:]
        for sink in settings.sinks {
            switch sink.kind {
            case .logGroup(let group):
                let region = group.region ?? settings.stream.region ?? streamRegion
                sinks[region, default: []].append(group.group.patterns)
            case .files, .stdout: continue
            }
        }
        self.sinks = sinks
    }

    /// The pattern that makes `group` one of them; `nil` when none does.
    func pattern(of group: String, region: String) -> String? {
        sinks[region]?.joined().first { Wildcards.match($0, group) }
    }

    /// One pattern for each sink in a Region: a name, if all events go to one group.
    func patterns(region: String) -> [String] { sinks[region]?.compactMap(\.first) ?? [] }
}
