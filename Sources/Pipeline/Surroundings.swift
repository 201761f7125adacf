package import Core

/// Time and chance, which the pipeline is given so that a test can choose them.
package struct Surroundings: Sendable {
    /// Wall clock.
    package let now: @Sendable () -> Instant
    /// A clock for waits.
    package let sleep: @Sendable (Duration) async throws -> Void
    /// Time since some moment, never going back.
    package let uptime: @Sendable () -> Duration
    /// In `0..<1`.
    package let jitter: @Sendable () -> Double

    /// All of it at once.
    var moment: Moment { Moment(uptime: uptime(), time: now(), jitter: jitter()) }

    package init(
        now: @escaping @Sendable () -> Instant, sleep: @escaping @Sendable (Duration) async throws -> Void,
        uptime: @escaping @Sendable () -> Duration, jitter: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.uptime = uptime
        self.jitter = jitter
    }
}
