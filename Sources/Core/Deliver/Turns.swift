private import DequeModule

/// Who may go next: those that are ready in the order they became so, and those that will be at a known time.
struct Turns<Key: Hashable & Sendable>: Sendable {
    private enum Place {
        case ready
        case later(TimerQueue<Key>.Timer)
    }

    private var places: [Key: Place] = [:]
    private var ready: Deque<Key> = []
    private var timers = TimerQueue<Key>()

    /// When the next one is ready, if that is known; `now` when one is.
    func first(at now: Duration) -> Duration? { ready.isEmpty ? timers.first : now }

    /// Those whose time is known, the earliest first.
    var waiting: [Key] { timers.keys }

    /// Notes when `key` has its turn. One that is ready stays so until it goes.
    mutating func set(_ key: Key, _ readiness: Readiness) {
        switch (places[key], readiness) {
        case (.ready, _), (nil, .afterAnAnswer), (nil, .never): return
        case (.later(let timer), .at(let time)) where timer.time == time: return
        case (.later(let timer), _): timers.cancel(timer)
        case (nil, _): break
        }
        switch readiness {
        case .now:
            ready.append(key)
            places[key] = .ready
        case .at(let time): places[key] = .later(timers.set(key, at: time))
        case .afterAnAnswer, .never: places[key] = nil
        }
    }

    /// The next one that is ready. It has no turn until it is set again.
    mutating func next(at now: Duration) -> Key? {
        while let key = timers.popFirst(until: now) {
            ready.append(key)
            places[key] = .ready
        }
        guard let key = ready.popFirst() else { return nil }
        places[key] = nil
        return key
    }

    /// Gives `key` the next turn again.
    mutating func putBack(_ key: Key) {
        ready.prepend(key)
        places[key] = .ready
    }
}
