import Core

/// Names the log streams of events, and keeps what it named last, so that no name is rendered anew for each record.
struct LogTargets {
    /// Ours; when there are more, all are forgotten.
    private static let keptMax = 4096

    private struct Key: Hashable {
        let origin: Origin
        let hour: Int64
    }

    private let group: NameTemplate
    private let stream: NameTemplate
    /// An hour is the shortest time that a template tells apart.
    private let showsTime: Bool
    private var kept: [Key: LogTarget] = [:]

    init(group: NameTemplate, stream: NameTemplate) {
        self.group = group
        self.stream = stream
        let places: Set<Template.Placeholder> = [.owner, .logGroup, .logStream]
        showsTime = !group.template.placeholders.union(stream.template.placeholders).isSubset(of: places)
    }

    /// The consecutive events of a message that go to one log stream each, in order.
    mutating func split(
        _ events: Range<Int>, of record: DecodedRecord, from origin: Origin
    ) -> [(events: Range<Int>, target: LogTarget)] {
        guard showsTime else { return [(events, target(for: Key(origin: origin, hour: 0)))] }
        var parts: [(events: Range<Int>, target: LogTarget)] = []
        var start = events.lowerBound
        while start < events.upperBound {
            let hour = UTCDate.hoursSince1970(record.events[start].timestamp)
            let rest = record.events[start..<events.upperBound]
            let end = rest.firstIndex { UTCDate.hoursSince1970($0.timestamp) != hour } ?? events.upperBound
            parts.append((start..<end, target(for: Key(origin: origin, hour: hour))))
            start = end
        }
        return parts
    }

    private mutating func target(for key: Key) -> LogTarget {
        if let target = kept[key] { return target }
        if kept.count >= Self.keptMax { kept = [:] }
        let hour = Instant(milliseconds: key.hour * 3_600_000)
        let target = LogTarget(
            group: group.name(for: key.origin, at: hour), stream: stream.name(for: key.origin, at: hour))
        if key.origin.isOfUsualLength { kept[key] = target }
        return target
    }
}
