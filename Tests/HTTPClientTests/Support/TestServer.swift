import Foundation
import Locking

@testable import HTTPClient

/// An HTTP/1.1 server on a loopback port of its own: one thread for each connection, which does what a closure says.
final class TestServer: Sendable {
    /// What has happened so far.
    struct Record: Sendable {
        var connections = 0
        var requests: [ReceivedRequest] = []
        /// Connections that the client has ended.
        var closedByClient = 0
        var bytesSent = 0
        var sockets: Set<Int32> = []
    }

    /// Answers one request; false ends the connection.
    typealias Answer = @Sendable (ReceivedRequest, TestConnection) -> Bool

    let port: UInt16
    private let listener: Int32
    private let shared: Locked<Record>

    /// `greeting` is sent before anything is read.
    init(greeting: String = "", _ answer: @escaping Answer) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in.loopback(port: 0)
        try check(listener, "socket")
        try check(withSocketAddress(&address) { bind(listener, $0, $1) }, "bind")
        try check(listen(listener, 512), "listen")
        port = try boundPort(of: listener)
        self.listener = listener
        let shared = Locked(Record())
        self.shared = shared
        Thread.detachNewThread { Self.accept(on: listener, shared, greeting, answer) }
    }

    var record: Record { shared.withLock { $0 } }
    var url: String { "http://127.0.0.1:\(port)/" }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        shared.withLock { record in record.sockets.forEach { _ = shutdown($0, Int32(SHUT_RDWR)) } }
    }

    deinit {
        stop()
        close(listener)
    }

    private static func accept(
        on listener: Int32, _ shared: Locked<Record>, _ greeting: String, _ answer: @escaping Answer
    ) {
        while true {
            let socket = Glibc.accept(listener, nil, nil)
            guard socket >= 0 else { return }
            shared.withLock { record in
                record.connections += 1
                record.sockets.insert(socket)
            }
            Thread.detachNewThread {
                let connection = TestConnection(socket, shared)
                connection.send(greeting)
                serve(connection, shared, answer)
            }
        }
    }

    private static func serve(_ connection: TestConnection, _ shared: Locked<Record>, _ answer: Answer) {
        while let request = connection.readRequest() {
            shared.withLock { $0.requests.append(request) }
            guard answer(request, connection) else { break }
        }
        shared.withLock { record in
            if connection.isClosedByClient { record.closedByClient += 1 }
            record.sockets.remove(connection.socket)
            close(connection.socket)
        }
    }
}

struct ReceivedRequest: Sendable {
    var line: String
    var headers: HTTPHeaders
    var body: [UInt8]

    var target: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
}
