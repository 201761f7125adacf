import Synchronization

/// A clock that can be moved forward, so that a test need not wait for what takes minutes or days.
final class AdjustableClock: Sendable {
    /// What it goes by as long as nobody moves it.
    let base: WallClock
    /// How far it is ahead of that, in milliseconds.
    private let ahead = Atomic<Int64>(0)

    init(_ base: WallClock) { self.base = base }

    var clock: WallClock { WallClock { self.base.now() + self.ahead.load(ordering: .relaxed) } }

    func advance(by span: Duration) { ahead.add(span.milliseconds, ordering: .relaxed) }
}
