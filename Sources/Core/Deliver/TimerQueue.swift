private import DequeModule

/// What is to happen later, the earliest first.
struct TimerQueue<Key: Sendable>: Sendable {
    /// Names a timer that was set.
    struct Timer: Comparable {
        let time: Duration
        fileprivate let number: Int

        static func < (left: Timer, right: Timer) -> Bool { (left.time, left.number) < (right.time, right.number) }
    }

    /// Ascending. Most timers are set for later than all others, and go in at the end.
    private var timers: Deque<(timer: Timer, key: Key)> = []
    private var next = 0

    var first: Duration? { timers.first?.timer.time }
    var keys: [Key] { timers.map(\.key) }

    mutating func set(_ key: Key, at time: Duration) -> Timer {
        let timer = Timer(time: time, number: next)
        next += 1
        timers.insert((timer, key), at: index(of: timer))
        return timer
    }

    /// `timer` has to be one that is set.
    mutating func cancel(_ timer: Timer) {
        let index = index(of: timer)
        precondition(index < timers.count && timers[index].timer == timer, "cancelled a timer that is not set")
        timers.remove(at: index)
    }

    mutating func popFirst(until now: Duration) -> Key? {
        guard let first = timers.first, first.timer.time <= now else { return nil }
        timers.removeFirst()
        return first.key
    }

    /// Where `timer` is or would be.
    private func index(of timer: Timer) -> Int {
        var (low, high) = (0, timers.count)
        while low < high {
            let middle = (low + high) / 2
            if timers[middle].timer < timer { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
