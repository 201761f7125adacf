internal import CCurl
internal import Glibc

/// A libcurl multi handle, which tells what sockets and what time it waits for, and is told when they are there: what it
/// does costs no more for all the transfers that nothing happens to.
///
/// `@unchecked Sendable`: `pointer` and `timer` are reached on the loop's thread alone. Any other may only call `wake`, which
/// touches neither; `Mailbox` sees to it, under its lock, that this does not happen after `cleanUp`.
final class MultiHandle: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer
    private let sockets: SocketPoll
    /// When libcurl wants to be called though nothing has happened.
    private var timer: ContinuousClock.Instant?

    init?() {
        guard let sockets = SocketPoll() else { return nil }
        guard let pointer = curl_multi_init() else {
            sockets.close()
            return nil
        }
        self.pointer = pointer
        self.sockets = sockets
    }

    /// Prepares for transfers, on the loop's thread. `connections` are kept: libcurl's own number, four times the handles
    /// added at the moment, closes idle ones whenever little is under way.
    func begin(keeping connections: Int) {
        // None of these can fail: all are as old as any libcurl this builds with.
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, connections)
        _ = ccurl_multi_set_on_socket(pointer, onInterest, context)
        _ = ccurl_multi_set_on_timer(pointer, onTimer, context)
    }

    /// Ends the `wait` that is under way, or else the next.
    func wake() { sockets.wake() }

    func cleanUp() {
        curl_multi_cleanup(pointer)
        sockets.close()
    }

    func add(_ easy: EasyHandle) -> CURLMcode { curl_multi_add_handle(pointer, easy.pointer) }

    /// Ends the transfer; a connection in the middle of one is closed.
    func remove(_ easy: EasyHandle) { curl_multi_remove_handle(pointer, easy.pointer) }

    /// Waits until there is something to do, `wake` is called, or so long; then does what there is to do.
    func turn(waitingAtMost milliseconds: Int32) -> CURLMcode {
        var result = CURLM_OK
        sockets.wait(milliseconds: min(milliseconds, untilTimer)) { socket, interest in
            let code = act(on: socket, interest)
            if result == CURLM_OK { result = code }
        }
        guard result == CURLM_OK, let timer, timer <= .now else { return result }
        self.timer = nil
        return act(on: CURL_SOCKET_TIMEOUT, [])
    }

    private var untilTimer: Int32 {
        guard let timer else { return .max }
        let time = timer - .now
        return time > .zero ? Int32(clamping: time.wholeMilliseconds) : 0
    }

    private func act(on socket: curl_socket_t, _ interest: SocketPoll.Interest) -> CURLMcode {
        var running: Int32 = 0
        let bits =
            (interest.contains(.toRead) ? CURL_CSELECT_IN : 0) | (interest.contains(.toWrite) ? CURL_CSELECT_OUT : 0)
        return curl_multi_socket_action(pointer, socket, bits, &running)
    }

    /// The next transfer that has ended.
    func nextEnded() -> (easy: UnsafeMutableRawPointer, result: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            return (easy, ccurl_message_result(message))
        }
        return nil
    }
}

// MARK: - What libcurl tells

extension MultiHandle {
    /// Answers whether it could be arranged.
    fileprivate func waits(on socket: curl_socket_t, for what: Int32) -> Bool {
        switch what {
        case CURL_POLL_IN: return sockets.watch(socket, for: .toRead)
        case CURL_POLL_OUT: return sockets.watch(socket, for: .toWrite)
        case CURL_POLL_INOUT: return sockets.watch(socket, for: [.toRead, .toWrite])
        default:
            sockets.forget(socket)
            return true
        }
    }

    fileprivate func waits(milliseconds: Int) {
        timer = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    }
}

private func multi(_ context: UnsafeMutableRawPointer?) -> MultiHandle? {
    context.map { Unmanaged<MultiHandle>.fromOpaque($0).takeUnretainedValue() }
}

private let onInterest: curl_socket_callback = { _, socket, what, context, _ in
    multi(context)?.waits(on: socket, for: what) == true ? 0 : -1
}

private let onTimer: curl_multi_timer_callback = { _, milliseconds, context in
    multi(context)?.waits(milliseconds: milliseconds)
    return 0
}
