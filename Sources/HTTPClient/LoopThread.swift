internal import CCurl
internal import Glibc
internal import Locking

/// The thread that a transport's loop runs on.
final class LoopThread: Sendable {
    /// `nil` once joined or detached.
    private let thread: Locked<pthread_t?>

    private final class Start: Sendable {
        let multi: MultiHandle
        let mailbox: Mailbox
        let settings: HTTPTransportSettings

        init(_ multi: MultiHandle, _ mailbox: Mailbox, _ settings: HTTPTransportSettings) {
            self.multi = multi
            self.mailbox = mailbox
            self.settings = settings
        }
    }

    init(driving multi: MultiHandle, mailbox: Mailbox, settings: HTTPTransportSettings) throws(HTTPFailure) {
        let start = Unmanaged.passRetained(Start(multi, mailbox, settings))
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, Self.main, start.toOpaque())
        guard code == 0 else {
            start.release()
            _ = mailbox.close()
            multi.cleanUp()
            throw HTTPFailure(.other, "no thread for HTTP transfers: \(String(cString: strerror(code)))")
        }
        self.thread = Locked(thread)
    }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context else { return nil }
        let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
        ccurl_name_thread("http")
        blockSignals()
        TransferLoop(start.multi, start.mailbox, start.settings).run()
        return nil
    }

    /// Signals are for other threads; and writing to a closed TLS connection must not end the process by SIGPIPE.
    private static func blockSignals() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
    }

    /// Waits for the thread, which must be at its end.
    func join() {
        if let thread = take() { pthread_join(thread, nil) }
    }

    /// Lets the thread end by itself.
    func detach() {
        if let thread = take() { pthread_detach(thread) }
    }

    private func take() -> pthread_t? {
        thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
    }
}
