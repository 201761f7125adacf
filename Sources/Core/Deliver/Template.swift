/// Text with placeholders, such as `/central/{owner}{log-group}`, filled from where and when a log event was written.
///
/// A brace itself is written twice. Time always is the event's own timestamp in UTC, never a clock's, so that
/// delivering an event again gives the same text.
package struct Template: Hashable, Sendable {
    /// Twice what AWS allows for the name of a log group.
    package static let bytesMax = 1024

    package enum Placeholder: String, CaseIterable, Sendable {
        case owner
        case logGroup = "log-group"
        case logStream = "log-stream"
        /// `2026-11-20`
        case date
        case year
        case month
        case day
        /// `00` to `23`
        case hour
    }

    /// One character as written or one placeholder, and where it stands.
    struct Token: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            case character(Unicode.Scalar)
            case placeholder(Placeholder)
        }

        let kind: Kind
        /// Counted in characters (Unicode scalars) from 1.
        let column: Int
    }

    /// As it was written.
    package let source: String
    let tokens: [Token]
    package let placeholders: Set<Placeholder>
    private let precision: Precision

    /// How much of time the text shows.
    private enum Precision { case nothing, days, hours }

    package init(_ source: String) throws(TemplateError) {
        guard !source.isEmpty else { throw TemplateError(column: 1, "a template may not be empty") }
        guard source.utf8.count <= Self.bytesMax else {
            throw TemplateError(column: 1, "a template may have \(Self.bytesMax) bytes at most")
        }
        var parser = TemplateParser(source)
        self.source = source
        tokens = try parser.tokens()
        placeholders = Set(
            tokens.compactMap {
                guard case .placeholder(let placeholder) = $0.kind else { return nil }
                return placeholder
            })
        precision =
            if placeholders.contains(.hour) { .hours } else {
                placeholders.isSubset(of: Self.sources) ? .nothing : .days
            }
    }
}

/// Why text is not a template.
package struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The offending character, counted from 1.
    package let column: Int
    package let text: String

    package init(column: Int, _ text: String) {
        self.column = column
        self.text = text
    }

    package var description: String { "character \(column): \(text)" }
}

extension Template {
    static let sources: Set<Placeholder> = [.owner, .logGroup, .logStream]

    /// What of time the template shows: two timestamps of one period give the same text, so whoever keeps rendered
    /// text fills it in anew only when an event's period differs. Hours or days since 1970, or 0 for no time at all.
    package func period(of timestamp: Instant) -> Int64 {
        switch precision {
        case .nothing: 0
        case .days: UTCDate.daysSince1970(timestamp)
        case .hours: UTCDate.hoursSince1970(timestamp)
        }
    }

    /// Those of `events` from the front of `range` that are of one period: at least one, unless there is none.
    package func prefix(of range: Range<Int>, in events: EventIndex) -> Range<Int> {
        guard precision != .nothing, let first = range.first else { return range }
        let period = period(of: events[first].timestamp)
        return first..<(range.first { self.period(of: events[$0].timestamp) != period } ?? range.upperBound)
    }

    static func text(for placeholder: Placeholder, _ origin: Origin, _ date: UTCDate) -> String {
        switch placeholder {
        case .owner: origin.owner
        case .logGroup: origin.logGroup
        case .logStream: origin.logStream
        case .date: "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
        case .year: padded(date.year, 4)
        case .month: padded(date.month, 2)
        case .day: padded(date.day, 2)
        case .hour: padded(date.hour, 2)
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number.magnitude)
        return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
