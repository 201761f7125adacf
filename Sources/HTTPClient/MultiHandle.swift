internal import CCurl

/// A libcurl multi handle.
///
/// Sendable: it belongs to the loop's thread, and any other may only call `wake`, the one function of libcurl's that
/// allows it; `Mailbox` sees to it that this does not happen after `cleanUp`.
struct MultiHandle: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer

    init?() {
        guard let pointer = curl_multi_init() else { return nil }
        // libcurl makes a handle even where it can have no pipe to be woken by.
        guard curl_multi_wakeup(pointer) == CURLM_OK else {
            curl_multi_cleanup(pointer)
            return nil
        }
        self.pointer = pointer
    }

    /// Ends the `wait` that is under way, or else the next.
    func wake() { curl_multi_wakeup(pointer) }

    func cleanUp() { curl_multi_cleanup(pointer) }

    /// How many connections are kept. libcurl's own number, four times the handles added at the moment, closes idle
    /// connections whenever little is under way.
    func keep(connections: Int) -> CURLMcode { ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, connections) }

    func add(_ easy: EasyHandle) -> CURLMcode { curl_multi_add_handle(pointer, easy.pointer) }

    /// Ends the transfer; a connection in the middle of one is closed.
    func remove(_ easy: EasyHandle) { curl_multi_remove_handle(pointer, easy.pointer) }

    /// Does what can be done without waiting.
    func perform() -> CURLMcode {
        var running: Int32 = 0
        return curl_multi_perform(pointer, &running)
    }

    /// Waits for a connection, for a timer of libcurl's, for `wake`, or so long.
    func wait(milliseconds: Int32) -> CURLMcode { curl_multi_poll(pointer, nil, 0, milliseconds, nil) }

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
