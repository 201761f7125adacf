private import Glibc
private import Locking

/// Tells how far it is, on standard error: over and over on one line of a terminal, once in a while elsewhere.
final class Progress: Sendable {
    private let seeds: UInt64
    private let began = ContinuousClock.now
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Locked(State())

    private struct State {
        var lived = 0
        var told = ContinuousClock.now
    }

    init(of seeds: UInt64) { self.seeds = seeds }

    func lived(_ worlds: Int) {
        let interval = Duration.seconds(isTerminal ? 1 : 60)
        let due = state.withLock { state -> Int? in
            state.lived += worlds
            guard ContinuousClock.now - state.told >= interval else { return nil }
            state.told = .now
            return state.lived
        }
        if let line = due.map(line) { tell(isTerminal ? "\r\(line)" : "\(line)\n") }
    }

    func finish() { tell((isTerminal ? "\r" : "") + line(state.withLock { $0.lived }) + "\n") }

    private func line(_ lived: Int) -> String {
        let seconds = max(1, (ContinuousClock.now - began).components.seconds)
        let rate = max(1, lived / Int(seconds))
        let left = max(0, Int(clamping: seeds) - lived) / rate
        return "\(lived) of \(seeds) worlds in \(seconds) s, \(rate) a second, \(left) s left  "
    }
}

/// Says something on standard error. Nobody is there to be told when that fails.
func tell(_ text: String) { _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) } }
