private import Dispatch
private import Glibc
private import Synchronization

/// A signal that asks for an orderly stop.
enum StopSignal: CaseIterable, Sendable {
    /// SIGINT: a person at a terminal.
    case interrupt
    /// SIGTERM: systemd, a container engine.
    case terminate

    var number: Int32 {
        switch self {
        case .interrupt: SIGINT
        case .terminate: SIGTERM
        }
    }

    /// What a one-shot command exits with that ended because of it.
    var exitCode: ExitCode {
        switch self {
        case .interrupt: .interrupted
        case .terminate: .terminated
        }
    }
}

extension OrderlyStop {
    /// A stop that the process's first SIGTERM or SIGINT asks for; the second one exits at once with 143 or 130, whatever
    /// the program is busy with. At most once in a program, and before anything that takes time.
    ///
    /// Throws a `CommandFailure` when the system lets us hear no signals: a program that cannot be stopped in order must
    /// not start.
    static func onSignals() throws(CommandFailure) -> OrderlyStop {
        do throws(SystemFault) {
            return try listening()
        } catch {
            throw CommandFailure(.failed, "signals cannot be received: \(error)")
        }
    }

    private static func listening() throws(SystemFault) -> OrderlyStop {
        let stop = OrderlyStop()
        let receiver = try SignalPipe.open()
        let source = DispatchSource.makeReadSource(fileDescriptor: receiver, queue: .global())
        source.setEventHandler {
            // Holding the source in its own handler is what keeps it: it serves as long as the process.
            _ = source
            var number: UInt8 = 0
            guard read(receiver, &number, 1) == 1 else { return }
            for signal in StopSignal.allCases where signal.number == Int32(number) { stop.request(signal) }
        }
        source.activate()
        for signal in StopSignal.allCases { try SignalPipe.listen(to: signal.number) }
        return stop
    }
}

/// When a signal after the first one is an order to exit at once.
enum SecondSignal {
    /// timeout(1) and some supervisors send their signal to the process and at once again to its group, which is one wish
    /// and not two. A person's second Ctrl-C takes longer.
    static let repetitionMilliseconds: Int64 = 200

    /// - Parameter milliseconds: Since the first signal.
    static func isOrder(milliseconds: Int64) -> Bool { milliseconds >= repetitionMilliseconds }
}

/// How a signal gets out of its handler, in which next to nothing is allowed: through a pair of sockets.
///
/// A handler works whichever thread the signal meets and whatever masks the threads have, and it can end the process when
/// nothing else works any more.
private enum SignalPipe {
    /// Where handlers write. Set before any handler is.
    private static let sender = Atomic<Int32>(-1)
    /// When the first signal came, on the monotonic clock, in milliseconds; 0: it has not.
    private static let firstArrival = Atomic<Int64>(0)

    /// Returns where a signal's number arrives as a byte.
    static func open() throws(SystemFault) -> Int32 {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw SystemFault(errno) }
        sender.store(ends[1], ordering: .sequentiallyConsistent)
        firstArrival.store(0, ordering: .sequentiallyConsistent)
        return ends[0]
    }

    static func listen(to number: Int32) throws(SystemFault) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { SignalPipe.arrived($0) }
        action.sa_flags = SA_RESTART
        guard sigaction(number, &action, nil) == 0 else { throw SystemFault(errno) }
    }

    /// Within a signal handler: atomics and three calls that signal-safety(7) allows, nothing else.
    private static func arrived(_ number: Int32) {
        let before = errno
        defer { errno = before }
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let now = Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
        let (isFirst, first) = firstArrival.compareExchange(
            expected: 0, desired: now, ordering: .sequentiallyConsistent)
        if isFirst {
            var byte = UInt8(truncatingIfNeeded: number)
            _ = write(sender.load(ordering: .sequentiallyConsistent), &byte, 1)
        } else if SecondSignal.isOrder(milliseconds: now - first) {
            _exit(128 + number)
        }
    }
}
