import Locking
import Pipeline

/// A clock that jumps to whatever is waited for, so that nobody waits.
struct SkippingClock: Clock {
    struct Instant: InstantProtocol {
        let time: Duration

        static func < (left: Instant, right: Instant) -> Bool { left.time < right.time }
        func advanced(by duration: Duration) -> Instant { Instant(time: time + duration) }
        func duration(to other: Instant) -> Duration { other.time - time }
    }

    private let time = Locked(Duration.zero)

    var now: Instant { Instant(time: time.withLock { $0 }) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        await Task.yield()
        try Task.checkCancellation()
        time.withLock { $0 = max($0, deadline.time) }
    }
}

/// A clock on which nothing that is waited for ever comes.
struct StandingClock: Clock {
    typealias Instant = SkippingClock.Instant

    var now: Instant { Instant(time: .zero) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await Task.sleep(for: .seconds(3600))
    }
}
