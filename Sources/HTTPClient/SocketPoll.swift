internal import CCurl
internal import Glibc

/// Waits for sockets, and for `wake`: an epoll instance and an eventfd.
///
/// `@unchecked Sendable`: `watched` and `events` are reached on the loop's thread alone. Any other may only call `wake`, until
/// `close`: it writes to `alarm`, which never changes, and the kernel orders that.
final class SocketPoll: @unchecked Sendable {
    struct Interest: OptionSet {
        let rawValue: UInt32

        static let toRead = Interest(rawValue: EPOLLIN.rawValue)
        static let toWrite = Interest(rawValue: EPOLLOUT.rawValue)
        fileprivate static let broken = Interest(rawValue: EPOLLERR.rawValue | EPOLLHUP.rawValue)
    }

    /// More sockets than this are ready at once only in part; the others still are the next time.
    private static let eventsMax = 128

    private let poll: Int32
    private let alarm: Int32
    /// What each socket is watched for.
    private var watched: [Int32: Interest] = [:]
    private var events = [epoll_event](repeating: epoll_event(), count: eventsMax)

    /// `nil` when the system has no file descriptor or no memory left.
    init?() {
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        alarm = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard poll >= 0, alarm >= 0, control(EPOLL_CTL_ADD, alarm, .toRead) else {
            close()
            return nil
        }
    }

    /// Ends the `wait` that is under way, or else the next.
    func wake() { _ = eventfd_write(alarm, 1) }

    func close() {
        for descriptor in [poll, alarm] where descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// Watches `socket` for `interest` from now on, whatever it was watched for. Answers whether it is.
    func watch(_ socket: Int32, for interest: Interest) -> Bool {
        let before = watched.updateValue(interest, forKey: socket)
        return before == interest || control(before == nil ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, interest)
    }

    func forget(_ socket: Int32) {
        guard watched.removeValue(forKey: socket) != nil else { return }
        // Fails where the socket is closed already, and with that forgotten.
        _ = control(EPOLL_CTL_DEL, socket, [])
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ interest: Interest) -> Bool {
        var event = epoll_event(events: interest.rawValue, data: epoll_data_t(fd: descriptor))
        return epoll_ctl(poll, operation, descriptor, &event) == 0
    }

    /// Waits until a socket is ready, `wake` is called or the time is over. Calls `ready` for each socket that is ready;
    /// for one that is broken with all it could be ready for, as trying tells how it is broken.
    func wait(milliseconds: Int32, _ ready: (Int32, Interest) -> Void) {
        let count = epoll_wait(poll, &events, Int32(events.count), milliseconds)
        // None where a signal came in between.
        for event in events.prefix(Int(max(0, count))) {
            let descriptor = event.data.fd
            guard descriptor != alarm else {
                var value = eventfd_t()
                _ = eventfd_read(alarm, &value)
                continue
            }
            // One before may have ended this one.
            guard watched[descriptor] != nil else { continue }
            let interest = Interest(rawValue: event.events)
            ready(descriptor, interest.isDisjoint(with: .broken) ? interest : [.toRead, .toWrite])
        }
    }
}
