import Foundation
import Locking

@testable import HTTPClient

/// The server's end of one connection; confined to its thread.
final class TestConnection {
    let socket: Int32
    private(set) var isClosedByClient = false
    private let shared: Locked<TestServer.Record>
    private var unread: [UInt8] = []

    init(_ socket: Int32, _ shared: Locked<TestServer.Record>) {
        self.socket = socket
        self.shared = shared
    }

    /// `nil` when the client has ended the connection.
    func readRequest() -> ReceivedRequest? {
        guard let first = readLine() else { return nil }
        var headers = HTTPHeaders()
        while let line = readLine(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            headers.append(String(parts[0]), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
        }
        let length = headers["Content-Length"].flatMap { Int($0) } ?? 0
        guard let body = read(length) else { return nil }
        return ReceivedRequest(line: first, headers: headers, body: body)
    }

    private func readLine() -> String? {
        while true {
            if let end = unread.firstIndex(of: 10) {
                let line = String(decoding: unread[..<end], as: UTF8.self)
                unread.removeFirst(end + 1)
                return line.trimmingCharacters(in: .newlines)
            }
            guard fill() else { return nil }
        }
    }

    private func read(_ count: Int) -> [UInt8]? {
        while unread.count < count { guard fill() else { return nil } }
        defer { unread.removeFirst(count) }
        return Array(unread.prefix(count))
    }

    private func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count > 0 else {
            isClosedByClient = true
            return false
        }
        unread += chunk.prefix(count)
        return true
    }

    /// False when the client has ended the connection. Bytes count as sent when the kernel has them.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(65536)
            let count = part.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else {
                isClosedByClient = true
                return false
            }
            shared.withLock { $0.bytesSent += count }
            rest.removeFirst(count)
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// A response with its length.
    @discardableResult
    func respond(_ status: Int = 200, headers: String = "", body: [UInt8] = []) -> Bool {
        send("HTTP/1.1 \(status) Whatever\r\nContent-Length: \(body.count)\r\n\(headers)\r\n") && send(body)
    }

    /// Never answers; returns false when the client has given up.
    func waitForClose() -> Bool {
        while fill() {}
        return false
    }

    /// Copies bytes both ways until one side ends.
    func tunnel(to port: UInt16) -> Bool {
        guard let other = connectToLoopback(port: port) else { return false }
        defer { close(other) }
        var ends = [
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0), pollfd(fd: other, events: Int16(POLLIN), revents: 0),
        ]
        var chunk = [UInt8](repeating: 0, count: 65536)
        while poll(&ends, 2, 20_000) > 0 {
            for (from, to) in [(0, 1), (1, 0)] where ends[from].revents != 0 {
                let count = recv(ends[from].fd, &chunk, chunk.count, 0)
                guard count > 0, Glibc.send(ends[to].fd, chunk, count, Int32(MSG_NOSIGNAL)) == count else {
                    return false
                }
            }
        }
        return false
    }
}
