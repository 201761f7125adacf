internal import CCurl

/// One order that libcurl works on. Confined to the loop's thread.
final class Transfer {
    let order: Order
    let easy: EasyHandle
    /// Whether the order went out before, over a connection that was dead.
    private let isSecond: Bool
    private var parser = HeadParser()
    private var body: [UInt8] = []
    private var isSent = false
    /// How much of the request's body libcurl has taken.
    private var sentBytes = 0
    private var refusal: HTTPFailure?

    init(_ order: Order, _ easy: EasyHandle, isSecond: Bool) {
        self.order = order
        self.easy = easy
        self.isSecond = isSecond
    }

    /// Whether the connection seems to have died before the request came: it was kept from an earlier one, and not a byte of a
    /// response arrived. Then the order goes out once more, over a fresh one. libcurl does so itself where it notices in time.
    func mayGoAgain(after failure: HTTPFailure) -> Bool {
        switch order.sink {
        case .stream: return false
        case .whole:
            return failure.kind == .interrupted && refusal == nil && !isSecond && !parser.hasBegun
                && easy.wentOverKeptConnection
        }
    }

    /// A paused stream must not hold up others; for HTTP/2 see `HTTPRequest.Version`.
    var wantsOwnConnection: Bool {
        switch (order.sink, order.wire.version) {
        case (.whole, .http1): false
        case (.stream, _), (_, .http2): true
        }
    }

    /// Whether the request may go out, now that there is a connection for it.
    func mayBeSent() -> Bool {
        guard !order.wire.isStale(at: .now) else {
            refusal = order.stale
            return false
        }
        isSent = true
        return true
    }

    /// Puts what fits of the rest of the request's body into `room`. Returns how much that is.
    func send(into room: UnsafeMutableRawBufferPointer) -> Int {
        order.wire.body.withUnsafeBytes { body in
            let piece = UnsafeRawBufferPointer(rebasing: body[sentBytes...].prefix(room.count))
            room.copyMemory(from: piece)
            sentBytes += piece.count
            return piece.count
        }
    }

    /// Sends the body from `offset` on again. Returns whether there is such a place in it.
    func rewind(to offset: Int) -> Bool {
        guard (0...order.wire.body.count).contains(offset) else { return false }
        sentBytes = offset
        return true
    }

    /// Whether the transfer may go on.
    func received(line: UnsafeRawBufferPointer) -> Bool {
        switch parser.take(line) {
        case .more: return true
        case .complete:
            if case .stream(let exchange) = order.sink { exchange.deliver(parser.head) }
            return true
        case .tooLong:
            refusal = failure(.bodyTooLarge, "a response head of more than \(TransportLimits.headBytesMax) bytes")
            return false
        }
    }

    enum Reception { case taken, later, refused }

    func received(body chunk: UnsafeRawBufferPointer) -> Reception {
        switch order.sink {
        case .stream(let exchange): return exchange.offer(chunk) ? .taken : .later
        case .whole:
            if body.isEmpty, !makeRoom() { return .refused }
            guard body.count + chunk.count <= order.wire.bodyBytesMax else { return refuseBody() }
            body.append(contentsOf: chunk)
            return .taken
        }
    }

    /// Whether a body of the announced length, if one was announced, is welcome.
    private func makeRoom() -> Bool {
        guard let length = easy.contentLength else { return true }
        guard length <= order.wire.bodyBytesMax else { return refuseBody() == .taken }
        body.reserveCapacity(min(length, TransportLimits.reservedBytesMax))
        return true
    }

    private func refuseBody() -> Reception {
        refusal = failure(.bodyTooLarge, "a response body of more than \(order.wire.bodyBytesMax) bytes")
        return .refused
    }

    /// Hands the outcome over. Called once.
    func settle(_ result: Result<Void, any Error>) {
        switch (order.sink, result) {
        case (.whole(let continuation), .success):
            // The receiver's alone from here on, so that it can change the bytes where they are.
            var whole: [UInt8] = []
            swap(&whole, &body)
            continuation.resume(
                returning: HTTPResponse(status: parser.status, headers: parser.headers, body: whole))
        case (.stream(let exchange), .success): exchange.finish(.success(()))
        case (let sink, .failure(let error)): sink.fail(error)
        }
    }
}

// MARK: - Failures

extension Transfer {
    /// `nil` when the response is whole. libcurl is content with a head that breaks off in the middle.
    func failure(endedWith code: CURLcode) -> HTTPFailure? {
        guard code == CURLE_OK else { return failure(code) }
        guard parser.isComplete else {
            return failure(.interrupted, "the connection ended within the response's head")
        }
        guard let missing = missingBytes else { return nil }
        return failure(.interrupted, "\(missing) bytes of the response's body did not arrive")
    }

    /// How much of the announced body is missing. libcurl sees to it that nothing is; this is a second look, because a body
    /// that is silently empty is worse than one more attempt.
    private var missingBytes: Int? {
        guard case .whole = order.sink, order.wire.method != "HEAD", ![204, 304].contains(parser.status),
            let length = easy.contentLength, length != body.count
        else { return nil }
        return length - body.count
    }

    /// What libcurl's result means here. A refusal of ours comes back from libcurl as some general code.
    func failure(_ code: CURLcode) -> HTTPFailure {
        if let refusal { return refusal }
        let cause = String(cString: curl_easy_strerror(code))
        let text =
            easy.errorText.map { "\($0) (libcurl \(code.rawValue), \(cause))" } ?? "libcurl \(code.rawValue), \(cause)"
        return failure(HTTPFailure.Kind(code, isSent: isSent), text)
    }

    func failure(_ code: CURLMcode) -> HTTPFailure {
        failure(.other, "libcurl's multi handle: \(String(cString: curl_multi_strerror(code)))")
    }

    private func failure(_ kind: HTTPFailure.Kind, _ cause: String) -> HTTPFailure {
        HTTPFailure(kind, "\(order.wire.attempt): \(cause)", mayHaveBeenSent: isSent)
    }
}
