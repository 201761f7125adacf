internal import Core
import Glibc
internal import Pipeline

/// A line on standard error that tells how work goes: it renews itself on a terminal; a pipe gets one now and then.
final class ProgressLine {
    /// How far apart the lines in a pipe are.
    private static let plainInterval = Duration.seconds(5)

    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var last: ContinuousClock.Instant?

    func show(_ text: String, events: Int, since start: ContinuousClock.Instant) {
        let (seconds, attoseconds) = start.duration(to: .now).components
        let rate = Int(Double(events) / (Double(seconds) + Double(attoseconds) / 1e18))
        if isTerminal { return StandardStream.renew("\(text), \(rate) events/s") }
        if let last, last.duration(to: .now) < Self.plainInterval { return }
        last = .now
        StandardStream.tell("\(text), \(rate) events/s")
    }

    func end() {
        if isTerminal { StandardStream.tell("") }
    }
}

/// Shows how a replay goes while it does.
struct ReplayProgress: Sendable {
    let ledger: Ledger

    func during(_ work: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await work() }
            group.addTask { await show() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func show() async {
        let line = ProgressLine()
        let start = ContinuousClock.now
        while !Task.isCancelled {
            let counts = ledger.snapshot
            line.show(
                "\(counts.recordsRead) records, \(counts.eventsRead) events", events: counts.eventsRead, since: start)
            // Only the end of the work ends the wait early, and that ends the showing.
            do { try await Task.sleep(for: .milliseconds(200)) } catch { break }
        }
        line.end()
    }
}

extension StandardStream {
    /// Shows `text` in place of the terminal's line.
    fileprivate static func renew(_ text: String) {
        // A progress line that cannot be shown is no reason to stop the work.
        do { try StandardStream.error.write(Array("\r\u{1B}[K\(PlainText.escaped(text))".utf8)) } catch {}
    }
}
