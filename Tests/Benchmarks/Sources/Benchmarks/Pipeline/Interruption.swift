private import Glibc

/// Somebody wants this program to end before it is done.
///
/// The signals are held back and looked for where this program waits anyway, so that they come as an error and what was
/// begun is cleared away: child processes, files.
enum Interruption {
    struct Signal: Error, CustomStringConvertible {
        let number: Int32

        var description: String { "interrupted" }
    }

    private static func signals() -> sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGHUP)
        return signals
    }

    /// From now on only `pause` sees them. Before any thread is made, which inherits it.
    static func hold() {
        var signals = signals()
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    static func pause(milliseconds: Int) throws(Signal) {
        var signals = signals()
        var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        let signal = sigtimedwait(&signals, nil, &time)
        if signal > 0 { throw Signal(number: signal) }
    }

    /// Looks again and again until `isDone`; fails after `seconds`, saying that `what` did not come.
    static func wait(for what: String, atMost seconds: Double, until isDone: () throws -> Bool) throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        while try !isDone() {
            guard clock.now < end else { throw BenchmarkFailure("\(what) did not come within \(Int(seconds)) s") }
            try pause(milliseconds: 50)
        }
    }
}
