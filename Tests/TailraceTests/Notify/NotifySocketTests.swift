import Foundation
import Glibc
import Locking
import Logging
import Pipeline
import Settings
import Testing

@testable import tailrace

/// What systemd listens with.
private final class Listener {
    let address: String
    private let descriptor: Int32

    init(_ address: String) throws {
        self.address = address
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        let (name, length) = try #require(Datagram.socketAddress(address))
        let bound = withUnsafePointer(to: name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(bound == 0)
    }

    deinit { close(descriptor) }

    /// The next datagram; a datagram to a local socket is there once it is sent.
    func next() -> String? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }
}

private func environment(_ variables: [String: String]) -> (String) -> String? { { variables[$0] } }

@Suite struct SystemdIsTold {
    private let directory: TemporaryDirectory
    private let warnings = Locked<[String]>([])

    init() throws { directory = try TemporaryDirectory() }

    private func notifySocket(_ address: String?) -> NotifySocket {
        let logger = Logger(label: "t") { [warnings] _ in
            ProgramLog(
                level: .info, format: .text, now: { .now },
                write: { line in warnings.withLock { $0.append(String(decoding: line, as: UTF8.self)) } })
        }
        return NotifySocket(
            environment: environment(address.map { ["NOTIFY_SOCKET": $0] } ?? [:]), logger: logger)
    }

    @Test(arguments: ["/notify", "@"]) func overBothKindsOfSocket(kind: String) throws {
        let listener = try Listener(kind == "@" ? "@\(directory.path)" : directory.path + kind)
        let socket = notifySocket(listener.address)
        socket.ready(status: "reading 4 shards")
        socket.status("behind\nREADY=0")
        socket.alive()
        socket.stopping()
        #expect(listener.next() == "READY=1\nSTATUS=reading 4 shards")
        #expect(listener.next() == #"STATUS=behind\nREADY=0"#)
        #expect(listener.next() == "WATCHDOG=1")
        #expect(listener.next() == "STOPPING=1")
        #expect(listener.next() == nil)
        #expect(warnings.withLock { $0 } == [])
    }

    @Test(arguments: [nil, ""]) func nothingWithoutASocket(address: String?) {
        notifySocket(address).ready(status: "")
        #expect(warnings.withLock { $0 } == [])
    }

    @Test(arguments: [
        ("/nowhere/notify", "No such file or directory"), ("vsock:2:1", "not the address of a local socket"),
        ("/" + String(repeating: "x", count: 107), "not the address of a local socket"),
    ])
    func aFailureIsLogged(address: String, cause: String) throws {
        notifySocket(address).ready(status: "")
        let warning = try #require(warnings.withLock { $0 }.first)
        #expect(warning.contains("warning systemd cannot be told cause=\"\(cause)\""))
    }

    @Test func theLongestNamesFit() throws {
        let path = "/" + String(repeating: "x", count: 106)
        #expect(try #require(Datagram.socketAddress(path)).1 == 110)
        let name = "@" + String(repeating: "x", count: 107)
        #expect(try #require(Datagram.socketAddress(name)).1 == 110)
        #expect(Datagram.socketAddress(name + "x") == nil)
    }
}

@Suite struct TheWatchdogIsFed {
    @Test func twiceAsOftenAsItBites() {
        let process: Int32 = 42
        func period(_ variables: [String: String]) -> Duration? {
            NotifySocket.watchdogPeriod(environment: environment(variables), process: process)
        }
        #expect(period(["WATCHDOG_USEC": "30000000"]) == .seconds(15))
        #expect(period(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "42"]) == .seconds(15))
        #expect(period(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "43"]) == nil)
        #expect(period(["WATCHDOG_USEC": "0"]) == nil)
        #expect(period(["WATCHDOG_USEC": "soon"]) == nil)
        #expect(period([:]) == nil)
    }
}
