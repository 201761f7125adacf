internal import CCurl

/// What the thread runs: it owns the multi handle and every transfer, and never leaves the thread.
final class TransferLoop {
    private let multi: MultiHandle
    private let mailbox: Mailbox
    private let settings: HTTPTransportSettings
    private let caBundle: String?
    private var trust = ConnectionTrust()
    /// Transfers that libcurl has, and those that wait for their turn.
    private var running: [UInt64: Transfer] = [:]
    private var waiting = WaitingLine()
    private var wholeCount = 0
    private var pool: [EasyHandle] = []
    private var shutdownWaiters: [CheckedContinuation<Void, Never>] = []
    private var isStopping = false

    init(_ multi: MultiHandle, _ mailbox: Mailbox, _ settings: HTTPTransportSettings) {
        self.multi = multi
        self.mailbox = mailbox
        self.settings = settings
        caBundle = settings.caBundle ?? CABundle.ofSystem()
    }

    func run() {
        multi.begin(keeping: settings.connectionsMax)
        while true {
            mailbox.takeAll().forEach(obey)
            if isStopping { break }
            startWaiting()
            turn(multi.turn(waitingAtMost: waitMilliseconds))
            while let (easy, result) = multi.nextEnded() { ended(easy, result) }
        }
        stop()
    }

    private func obey(_ command: Command) {
        switch command {
        case .start(let order):
            switch order.sink {
            case .whole: waiting.append(order)
            case .stream: start(order)
            }
        case .cancel(let id): cancel(id)
        case .resume(let id): resume(id)
        case .shutdown(let waiter):
            isStopping = true
            if let waiter { shutdownWaiters.append(waiter) }
        }
    }

    private func cancel(_ id: UInt64) {
        if let transfer = running[id] {
            end(transfer, .failure(CancellationError()))
        } else if let order = waiting.remove(id) {
            order.sink.fail(CancellationError())
        }
    }

    private func resume(_ id: UInt64) {
        guard let transfer = running[id] else { return }
        let code = transfer.easy.unpause()
        if code != CURLE_OK { end(transfer, .failure(transfer.failure(code))) }
    }

    /// libcurl's multi functions fail for want of memory, or of room among what the system watches (epoll_ctl(2), ENOSPC).
    /// No transfer can be trusted to go on then.
    private func turn(_ code: CURLMcode) {
        guard code != CURLM_OK else { return }
        for transfer in Array(running.values) { end(transfer, .failure(transfer.failure(code))) }
    }

    private func stop() {
        for command in mailbox.close() {
            if case .shutdown(let waiter?) = command { shutdownWaiters.append(waiter) } else { command.refuse() }
        }
        while let order = waiting.popFirst() { order.sink.fail(order.closed) }
        for transfer in Array(running.values) { end(transfer, .failure(transfer.order.closed)) }
        pool = []
        multi.cleanUp()
        for waiter in shutdownWaiters { waiter.resume() }
    }
}

// MARK: - Starting

extension TransferLoop {
    private func startWaiting() {
        guard !waiting.isEmpty else { return }
        for order in waiting.removeExpired(at: .now) {
            order.sink.fail(HTTPFailure(.timedOut, "\(order.wire.attempt): timed out before its turn came"))
        }
        while wholeCount < settings.connectionsMax, let order = waiting.popFirst() { start(order) }
    }

    private func start(_ order: Order, again isSecond: Bool = false) {
        guard !order.wire.isStale(at: .now) else { return order.sink.fail(order.stale) }
        guard let easy = pool.popLast() ?? EasyHandle() else {
            return order.sink.fail(HTTPFailure(.other, "\(order.wire.attempt): out of memory for a transfer"))
        }
        let transfer = Transfer(order, easy, isSecond: isSecond)
        running[order.id] = transfer
        if case .whole = order.sink { wholeCount += 1 }
        trust.notice(continuous: .now, suspending: .now)
        let lifetime =
            isSecond ? .fresh : trust.lifetime(for: order.wire.endpoint, atMost: settings.lifetimeMax, now: .now)
        let prepared = easy.prepare(for: transfer, settings, caBundle: caBundle, lifetime: lifetime)
        guard prepared == CURLE_OK else { return end(transfer, .failure(transfer.failure(prepared))) }
        let added = multi.add(easy)
        guard added == CURLM_OK else { return end(transfer, .failure(transfer.failure(added))) }
    }

    private var waitMilliseconds: Int32 {
        let patience = waiting.patience(at: .now)?.wholeMilliseconds ?? .max
        return Int32(clamping: min(patience, TransportLimits.pollMilliseconds))
    }
}

// MARK: - Ending

extension TransferLoop {
    private func ended(_ easy: UnsafeMutableRawPointer, _ result: CURLcode) {
        guard let transfer = EasyHandle.transfer(of: easy) else { return }
        guard let failure = transfer.failure(endedWith: result) else { return end(transfer, .success(())) }
        // Other connections to that place may be as dead as this one, and each would cost a timeout of its own.
        if failure.kind == .timedOut, failure.mayHaveBeenSent {
            trust.distrust(transfer.order.wire.endpoint, now: .now)
        }
        if transfer.mayGoAgain(after: failure) { return again(transfer) }
        end(transfer, .failure(failure))
    }

    private func again(_ transfer: Transfer) {
        guard running.removeValue(forKey: transfer.order.id) != nil else { return }
        multi.remove(transfer.easy)
        if case .whole = transfer.order.sink { wholeCount -= 1 }
        start(transfer.order, again: true)
    }

    /// The one place where a transfer leaves the loop for good.
    private func end(_ transfer: Transfer, _ result: Result<Void, any Error>) {
        guard running.removeValue(forKey: transfer.order.id) != nil else { return }
        multi.remove(transfer.easy)
        transfer.settle(result)
        if case .whole = transfer.order.sink { wholeCount -= 1 }
        // After a failure libcurl 7.88 leaves things of that transfer in the handle, which a reset does not clear.
        guard case .success = result, pool.count < TransportLimits.pooledHandlesMax else { return }
        transfer.easy.reset()
        pool.append(transfer.easy)
    }
}
