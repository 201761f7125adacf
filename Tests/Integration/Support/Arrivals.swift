import Emulator

/// What a log group received of a traffic.
struct Arrivals {
    /// Events that arrived more than once, each time after the first.
    private(set) var repeats = 0
    /// Events that arrived, each counted once.
    private(set) var events = 0
    /// Log streams in which an event arrived for the first time before one that was earlier in its log stream.
    private(set) var disordered: Set<String> = []

    init(_ stored: StoredEvents, of traffic: Traffic) {
        var next: [String: Int] = [:]
        for event in stored {
            let number = Traffic.number(event.message)
            let expected = next[event.logStream, default: 0]
            if number < expected {
                repeats += 1
            } else {
                if number > expected { disordered.insert(event.logStream) }
                events += 1
                next[event.logStream] = number + 1
            }
        }
    }

    /// Whether all arrived, in order.
    func isComplete(_ traffic: Traffic) -> Bool { events == traffic.events && disordered.isEmpty }
}
