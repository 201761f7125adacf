import Glibc

/// A line on standard error that tells how work goes: it renews itself on a terminal; a pipe gets one now and then.
final class ProgressLine {
    /// How far apart the lines in a pipe are.
    private static let plainInterval = Duration.seconds(5)
    /// Of a terminal that does not say how wide it is.
    private static let columnsDefault = 80

    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var last: ContinuousClock.Instant?

    func show(_ text: String, events: Int, since start: ContinuousClock.Instant) {
        let (seconds, attoseconds) = start.duration(to: .now).components
        let rate = Int(Double(events) / (Double(seconds) + Double(attoseconds) / 1e18))
        show { _ in "\(text), \(rate) events/s" }
    }

    /// - Parameter text: Is told how many columns there are; `nil` for a pipe.
    func show(_ text: (_ columns: Int?) -> String) {
        if isTerminal { return StandardStream.renew(text(Self.columns)) }
        if let last, last.duration(to: .now) < Self.plainInterval { return }
        last = .now
        StandardStream.tell(text(nil))
    }

    func end() { StandardStream.endLine() }

    private static var columns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return columnsDefault }
        return Int(size.ws_col)
    }
}
