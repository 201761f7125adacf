extension Instant {
    /// From `earlier` to here; negative when that is later.
    func elapsed(since earlier: Instant) -> Duration { .milliseconds(milliseconds - earlier.milliseconds) }
}
