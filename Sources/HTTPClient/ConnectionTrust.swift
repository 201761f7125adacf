/// Which kept connections may be used again, beyond what their age says.
///
/// When a request times out, the other idle connections to that server are likely as dead: its address has moved, or
/// something between has forgotten them. When the machine has slept, all are suspect. Either would cost one timeout for
/// each connection; instead, those made before that moment are not used again.
struct ConnectionTrust {
    /// Which connections a transfer may take.
    enum Lifetime: Equatable {
        /// None that is there already.
        case fresh
        /// One that was made so long ago at most. Whole seconds, at least one.
        case seconds(Int)
    }

    private var distrusted: [Endpoint: SuspendingClock.Instant] = [:]
    private var lastWoken: SuspendingClock.Instant?
    private let start: (continuous: ContinuousClock.Instant, suspending: SuspendingClock.Instant)
    private var slept = Duration.zero

    /// What the two clocks may differ by without the machine having slept.
    static let clockSlack = Duration.seconds(2)

    init(continuous: ContinuousClock.Instant = .now, suspending: SuspendingClock.Instant = .now) {
        start = (continuous, suspending)
    }

    mutating func distrust(_ endpoint: Endpoint, now: SuspendingClock.Instant) { distrusted[endpoint] = now }

    /// Both clocks read at the same time.
    mutating func notice(continuous: ContinuousClock.Instant, suspending: SuspendingClock.Instant) {
        let slept = (continuous - start.continuous) - (suspending - start.suspending)
        if slept - self.slept > Self.clockSlack { lastWoken = suspending }
        self.slept = max(slept, self.slept)
    }

    /// By the clock that libcurl counts a connection's age by.
    mutating func lifetime(
        for endpoint: Endpoint, atMost longest: Duration, now: SuspendingClock.Instant
    ) -> Lifetime {
        let whole = Int(longest.components.seconds)
        distrusted = distrusted.filter { now - $0.value <= longest }
        guard let since = [distrusted[endpoint], lastWoken].compactMap({ $0 }).max() else { return .seconds(whole) }
        // libcurl drops the fraction of a connection's age: one made just before may count as a second younger than it is.
        let seconds = Int((now - since).components.seconds) - 1
        return seconds < 1 ? .fresh : .seconds(min(seconds, whole))
    }
}
