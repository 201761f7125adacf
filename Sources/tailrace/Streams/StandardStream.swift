private import Glibc
private import Synchronization

/// Standard output, which carries data, and standard error, which carries everything else.
enum StandardStream: Int32 {
    case output = 1
    case error = 2

    enum WriteFailure: Error, Equatable {
        /// Whoever read has gone.
        case closed
        case system(SystemFault)
    }

    /// Writes all of `bytes`, in one write(2) when the system takes them so. Waits for a reader that is slow.
    func write(_ bytes: [UInt8]) throws(WriteFailure) {
        // What comes in place of a line that renews itself begins where that began.
        let isInPlace = self == .error && Self.takeOpenLine()
        try writeAll(isInPlace ? Self.lineClearing + bytes : bytes)
    }

    private func writeAll(_ bytes: [UInt8]) throws(WriteFailure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(rawValue, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count >= 0 {
                written += count
            } else {
                try waitAfter(errno)
            }
        }
    }

    /// Returns when it makes sense to try again.
    private func waitAfter(_ code: Int32) throws(WriteFailure) {
        switch code {
        case EINTR: return
        case EAGAIN:
            // A terminal or pipe that another program has made non-blocking.
            var wanted = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
            _ = poll(&wanted, 1, -1)
        case EPIPE: throw .closed
        default: throw .system(SystemFault(code))
        }
    }
}

// A line on a terminal's standard error that renews itself. The log, which has the same terminal, takes its place for a
// moment.
extension StandardStream {
    private static let hasOpenLine = Atomic(false)
    private static let lineClearing = Array("\r\u{1B}[K".utf8)

    private static func takeOpenLine() -> Bool { hasOpenLine.exchange(false, ordering: .relaxed) }

    /// Shows `text` in place of the terminal's line.
    static func renew(_ text: String) {
        // Twice, as something may be written in between: clearing a line that is empty is harmless.
        hasOpenLine.store(true, ordering: .relaxed)
        // A progress line that cannot be shown is no reason to stop the work.
        do { try StandardStream.error.writeAll(lineClearing + PlainText.escaped(text).utf8) } catch {}
        hasOpenLine.store(true, ordering: .relaxed)
    }

    /// Leaves the line as it is, and goes on below it.
    static func endLine() {
        if takeOpenLine() { report("\n", to: .error) }
    }
}

extension StandardStream {
    /// Writes one line to standard error, with nothing in it that could pass for another line or move a cursor.
    static func tell(_ line: String) { report(PlainText.escaped(line) + "\n", to: .error) }

    /// Writes help or the version to standard output.
    static func answer(_ text: String) { report(text + "\n", to: .output) }

    private static func report(_ text: String, to stream: StandardStream) {
        do throws(WriteFailure) {
            try stream.write(Array(text.utf8))
        } catch {
            // Nobody is there to be told, and what the program does matters more than saying so.
        }
    }
}
