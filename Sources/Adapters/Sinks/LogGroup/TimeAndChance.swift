package import Core
private import Glibc

/// Where a sink has the time and chance from, so that a test can choose them.
package struct TimeAndChance: Sendable {
    /// Never goes back. Since any beginning.
    package let uptime: @Sendable () -> Duration
    package let sleep: @Sendable (Duration) async throws -> Void
    package let time: @Sendable () -> Instant
    /// In `0..<1`.
    package let chance: @Sendable () -> Double

    package init(
        clock: some Clock<Duration>, time: @escaping @Sendable () -> Instant,
        chance: @escaping @Sendable () -> Double
    ) {
        let start = clock.now
        uptime = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
        self.time = time
        self.chance = chance
    }

    /// The machine's own.
    package static func real() -> TimeAndChance {
        TimeAndChance(clock: ContinuousClock(), time: now) { Double.random(in: 0..<1) }
    }

    private static func now() -> Instant {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)  // cannot fail: the clock exists and `now` is ours
        return Instant(milliseconds: Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000)
    }

    var moment: Moment { Moment(uptime: uptime(), time: time(), jitter: chance()) }
}
