import Glibc
import Testing

/// A port that takes connections and never says a word.
struct DeafServer {
    let endpoint: String
    private let socket: Int32

    init() throws { self = try #require(DeafServer(port: 0)) }

    /// `nil` when another program has the port.
    init?(port: UInt16) {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && listen(socket, 16) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard isListening else {
            Glibc.close(socket)
            return nil
        }
        endpoint = "http://127.0.0.1:\(in_port_t(bigEndian: address.sin_port))"
    }

    /// Whether somebody waits for an answer. The system has taken the connection, and nobody here ever will.
    var isCalled: Bool {
        var watch = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&watch, 1, 0) == 1
    }

    func close() { Glibc.close(socket) }
}
