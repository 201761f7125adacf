internal import Core

/// The file of an origin's events, rendered once for as long as the template shows the same time.
struct PathCache {
    /// Origins that are remembered, at most. When there are more, all are rendered anew.
    static let originsMax = 4096

    private let template: PathTemplate
    private var last: [Origin: (period: Int64, path: SafePath)] = [:]

    init(_ template: PathTemplate) { self.template = template }

    /// Those of `events` from the front of `range` that go to one file.
    func prefix(of range: Range<Int>, in events: EventIndex) -> Range<Int> {
        template.template.prefix(of: range, in: events)
    }

    mutating func path(for origin: Origin, at timestamp: Instant) -> SafePath {
        let period = template.template.period(of: timestamp)
        if let last = last[origin], last.period == period { return last.path }
        let path = template.path(for: origin, at: timestamp)
        guard origin.isOfUsualLength else { return path }
        if last.count >= Self.originsMax { last.removeAll(keepingCapacity: true) }
        last[origin] = (period, path)
        return path
    }
}
