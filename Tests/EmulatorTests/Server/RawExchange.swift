import Foundation
import Glibc

@testable import Emulator

/// What came back over a socket of our own, so that a close can be told from a reset.
struct RawExchange {
    enum Ending: Hashable { case closed, reset, failed(Int32) }

    private(set) var bytes: [UInt8] = []
    private(set) var ending = Ending.closed

    /// Sends one signed call of Kinesis and reads until the connection ends. On a thread of its own: the server shares this
    /// process's few, and would wait for one.
    static func of(_ operation: String, _ body: String, by client: SignedClient) async throws -> RawExchange {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try RawExchange(operation, body, by: client) })
            }
        }
    }

    private init(_ operation: String, _ body: String, by client: SignedClient) throws {
        let socket = try Self.connected(to: client.port)
        defer { close(socket) }
        var rest = Self.request(operation, body, by: client)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw POSIXError(.EPIPE) }
            rest = rest.dropFirst(count)
        }
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count > 0 {
                bytes += buffer.prefix(count)
            } else {
                ending = count == 0 ? .closed : errno == ECONNRESET ? .reset : .failed(errno)
                return
            }
        }
    }

    private static func request(_ operation: String, _ body: String, by client: SignedClient) -> [UInt8] {
        let headers = [
            (name: "content-type", value: "application/x-amz-json-1.1"),
            (name: "x-amz-target", value: "Kinesis_20131202.\(operation)"),
        ]
        let signature = client.signature(of: Array(body.utf8), headers: headers)
        var head = "POST / HTTP/1.1\r\nhost: \(client.host):\(client.port)\r\ncontent-length: \(body.utf8.count)\r\n"
        for (name, value) in headers + signature { head += "\(name): \(value)\r\n" }
        return Array((head + "\r\n" + body).utf8)
    }

    private static func connected(to port: Int) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXError(.EMFILE) }
        // A reply that never comes shall fail the test instead of holding it for ever.
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            close(descriptor)
            throw POSIXError(.ECONNREFUSED)
        }
        return descriptor
    }
}
