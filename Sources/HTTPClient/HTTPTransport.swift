internal import CCurl
internal import Synchronization

/// An HTTP client whose transfers all run on one thread of its own, which drives one libcurl multi handle.
///
/// Two transports share nothing: neither connections nor resolved names. TLS is never unverified and at least 1.2;
/// redirects are responses like any other. libcurl repeats a request by itself in one case only: the server closed the
/// kept connection it was sent on without a single byte of a response.
package final class HTTPTransport: Sendable {
    private let mailbox: Mailbox
    private let thread: LoopThread
    private let streamWindowBytes: Int
    private let lastID = Atomic<UInt64>(0)

    /// Throws `HTTPFailure` when the settings cannot work or the thread cannot be had.
    package init(_ settings: HTTPTransportSettings = HTTPTransportSettings()) throws {
        try settings.check()
        guard Self.globalResult == CURLE_OK, let multi = MultiHandle() else {
            throw HTTPFailure(.other, "libcurl cannot be set up: no memory or no file descriptor left")
        }
        mailbox = Mailbox(waking: multi)
        streamWindowBytes = settings.streamWindowBytes
        thread = try LoopThread(driving: multi, mailbox: mailbox, settings: settings)
    }

    /// libcurl wants its global part set up once, however many transports there are.
    private static let globalResult = ccurl_global_init()

    /// Sends one request and gathers the whole response.
    ///
    /// Throws `HTTPFailure`, or `CancellationError` when the task is cancelled, which aborts the transfer.
    package func perform(_ request: HTTPRequest) async throws -> HTTPResponse {
        let wire = try WireRequest(request)
        let id = nextID()
        return try await outcome(of: id) { continuation in Order(id: id, wire: wire, sink: .whole(continuation)) }
    }

    /// Sends one request on a connection of its own and returns when the response's head is in.
    ///
    /// `bodyBytesMax` does not apply; `timeout` bounds the reading of the body, too. Throws as `perform` does.
    package func stream(_ request: HTTPRequest) async throws -> (head: HTTPResponseHead, body: HTTPBody) {
        let wire = try WireRequest(request)
        let id = nextID()
        let exchange = BodyExchange(id: id, mailbox: mailbox, windowBytes: streamWindowBytes)
        let head = try await outcome(of: id) { continuation in
            exchange.awaitHead(continuation)
            return Order(id: id, wire: wire, sink: .stream(exchange))
        }
        return (head, HTTPBody(BodyReader(exchange, of: self)))
    }

    /// Fails what is under way and all that comes later with `closed`, and returns when the thread has ended.
    package func shutdown() async {
        await withCheckedContinuation { mailbox.post(.shutdown($0)) }
        thread.join()
    }

    deinit {
        mailbox.post(.shutdown(nil))
        thread.detach()
    }

    func nextID() -> UInt64 { lastID.wrappingAdd(1, ordering: .relaxed).newValue }

    /// Posts the order and waits; the continuation is then the thread's to resume.
    func outcome<Answer: Sendable>(
        of id: UInt64, _ order: (CheckedContinuation<Answer, any Error>) -> Order
    ) async throws -> Answer {
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                mailbox.post(.start(order(continuation)))
                // The handler may have run before there was anything to cancel. Cancelling twice does no harm.
                if Task.isCancelled { mailbox.post(.cancel(id)) }
            }
        } onCancel: {
            mailbox.post(.cancel(id))
        }
    }
}
