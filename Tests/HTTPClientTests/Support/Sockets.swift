import Foundation

struct SocketFailure: Error { let call: String, code: Int32 }

func check(_ result: Int32, _ call: String) throws {
    guard result >= 0 else { throw SocketFailure(call: call, code: errno) }
}

extension sockaddr_in {
    static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }
}

func withSocketAddress<Answer>(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Answer
) -> Answer {
    withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
}

func boundPort(of socket: Int32) throws -> UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    try check(withSocketAddress(&address) { pointer, _ in getsockname(socket, pointer, &size) }, "getsockname")
    return UInt16(bigEndian: address.sin_port)
}

func connectToLoopback(port: UInt16) -> Int32? {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in.loopback(port: port)
    guard socket >= 0, withSocketAddress(&address, { connect(socket, $0, $1) }) == 0 else { return nil }
    return socket
}

/// A port where nobody listens, a moment ago at least.
func unusedPort() throws -> UInt16 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in.loopback(port: 0)
    try check(withSocketAddress(&address) { bind(socket, $0, $1) }, "bind")
    return try boundPort(of: socket)
}
