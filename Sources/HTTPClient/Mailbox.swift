internal import Locking

/// What the thread is asked to do.
enum Command: Sendable {
    case start(Order)
    /// Aborts the transfer, if it is still there.
    case cancel(UInt64)
    /// A paused stream's reader wants more.
    case resume(UInt64)
    case shutdown(CheckedContinuation<Void, Never>?)

    /// For a command that came too late.
    func refuse() {
        switch self {
        case .start(let order): order.sink.fail(order.closed)
        case .cancel, .resume: break
        case .shutdown(let waiter): waiter?.resume()
        }
    }
}

/// Commands on their way to the thread.
final class Mailbox: Sendable {
    private struct Contents: Sendable {
        /// `nil` once the thread has let go of it. Used under the lock alone, so never after that.
        var multi: MultiHandle?
        var commands: [Command] = []
    }
    private let contents: Locked<Contents>

    init(waking multi: MultiHandle) { contents = Locked(Contents(multi: multi)) }

    func post(_ command: Command) {
        let isTaken = contents.withLock { contents in
            guard let multi = contents.multi else { return false }
            // The thread has not looked since the first of these, and is awake or woken.
            if contents.commands.isEmpty { multi.wake() }
            contents.commands.append(command)
            return true
        }
        if !isTaken { command.refuse() }
    }

    func takeAll() -> [Command] {
        contents.withLock { contents in
            defer { contents.commands = [] }
            return contents.commands
        }
    }

    /// From now on every command is refused. Returns those that nobody has taken.
    func close() -> [Command] {
        contents.withLock { contents in
            defer { contents = Contents(multi: nil) }
            return contents.commands
        }
    }
}
