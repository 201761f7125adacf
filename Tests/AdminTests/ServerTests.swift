import HTTPClient
import Logging
import Pipeline
import Testing

@testable import Admin

@Suite(.timeLimit(.minutes(1))) struct ServerTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Serves while `body` is done, which is given the port.
    private static func serving<Value: Sendable>(
        port: Int = 0, _ body: @escaping @Sendable (_ port: Int) async throws -> Value
    ) async throws -> Value {
        let server = AdminServer(host: "127.0.0.1", port: port, version: "1", logger: quiet) { Snapshots.snapshot() }
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        return try await server.during(listening: { told.yield($0) }) {
            for await port in ports { return try await body(port) }
            throw CancellationError()
        }
    }

    private static func get(_ path: String, port: Int, method: String = "GET") async throws -> HTTPResponse {
        let transport = try HTTPTransport(HTTPTransportSettings(proxies: .none))
        let response = try await transport.perform(
            HTTPRequest(method: method, url: "http://127.0.0.1:\(port)\(path)", proxy: .none))
        await transport.shutdown()
        return response
    }

    @Test func answersOverHTTP() async throws {
        try await Self.serving { port in
            let health = try await Self.get("/health", port: port)
            #expect(health.status == 503)
            #expect(health.headers["Content-Type"] == "application/json")
            #expect(health.headers["Cache-Control"] == "no-store")
            let metrics = try await Self.get("/metrics", port: port)
            #expect(metrics.status == 200)
            #expect(metrics.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
            _ = try MetricsParser(String(decoding: metrics.body, as: UTF8.self))
            #expect(try await Self.get("/status", port: port).status == 200)
            #expect(try await Self.get("/", port: port).status == 404)
            let refused = try await Self.get("/health", port: port, method: "DELETE")
            #expect(refused.status == 405 && refused.headers["Allow"] == "GET, HEAD")
        }
    }

    @Test func headHasNoBodyAndItsLength() async throws {
        try await Self.serving { port in
            let connection = try RawConnection(port: port)
            defer { connection.close() }
            connection.send("HEAD /health HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
            let answer = connection.receive(until: "")
            #expect(answer.hasPrefix("HTTP/1.1 503 "))
            #expect(answer.hasSuffix("\r\n\r\n"))
            let length = answer.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
            #expect(length.map { !$0.hasSuffix(" 0") } == true)
        }
    }

    @Test(arguments: [
        "GET /health HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000000\r\n\r\n",
        "POST /health HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n",
    ])
    func nobodyReadsABody(request: String) async throws {
        try await Self.serving { port in
            let connection = try RawConnection(port: port)
            defer { connection.close() }
            connection.send(request)
            let answer = connection.receive(until: "")
            #expect(answer.hasPrefix("HTTP/1.1 413 "), "and the connection ends")
        }
    }

    @Test func aHeadIsBounded() async throws {
        try await Self.serving { port in
            for head in [
                "x: " + String(repeating: "y", count: 100_000), String(repeating: "x: y\r\n", count: 2000) + "z: z",
            ] {
                let connection = try RawConnection(port: port)
                defer { connection.close() }
                connection.send("GET /health HTTP/1.1\r\nhost: a\r\n\(head)\r\n\r\n")
                #expect(!connection.receive(until: "").hasPrefix("HTTP/1.1 503 "))
            }
            #expect(try await Self.get("/health", port: port).status == 503, "others are answered all the same")
        }
    }

    /// A scraper keeps its connection, and somebody is in the midst of a request.
    @Test func openConnectionsDoNotHoldUpTheEnd() async throws {
        let connections = try await Self.serving { port in
            let (idle, slow) = (try RawConnection(port: port), try RawConnection(port: port))
            idle.send("GET /metrics HTTP/1.1\r\nhost: a\r\n\r\n")
            #expect(idle.receive(until: "tailrace_records_pending 6\n").hasPrefix("HTTP/1.1 200 "))
            slow.send("GET /metrics HTTP/1.1\r\nhos")
            return [idle, slow]
        }
        for connection in connections {
            #expect(connection.receive(until: "") == "")
            connection.close()
        }
    }

    @Test func anAddressThatIsTakenIsTold() async throws {
        try await Self.serving { port in
            let error = await #expect(throws: AdminUnavailable.self) {
                try await Self.serving(port: port) { _ in Issue.record("nothing begins without the address") }
            }
            #expect(error?.address == "127.0.0.1:\(port)")
        }
    }

    @Test func whatTheWorkThrowsIsThrown() async throws {
        struct Fault: Error {}
        await #expect(throws: Fault.self) { try await Self.serving { _ in throw Fault() } }
    }

    @Test func aCancelledTaskEnds() async throws {
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await Self.serving { _ in
                start.yield()
                try await Task.sleep(for: .seconds(3600))
            }
        }
        for await _ in started { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
