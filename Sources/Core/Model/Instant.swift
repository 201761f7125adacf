/// A moment in milliseconds since 1970-01-01T00:00:00Z, as CloudWatch Logs counts time.
package struct Instant: Hashable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
}

extension Instant: Comparable {
    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }
}

extension Instant {
    package func earlier(by duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        return Instant(milliseconds: milliseconds - seconds * 1000 - attoseconds / 1_000_000_000_000_000)
    }
}
