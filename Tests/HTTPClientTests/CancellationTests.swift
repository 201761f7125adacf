import Locking
import Testing

@testable import HTTPClient

@Suite(.timeLimit(.minutes(3))) struct CancellationTests {
    @Test func cancellingEndsTheTransfer() async throws {
        let server = try TestServer { _, connection in connection.waitForClose() }
        try await withTransport { transport in
            let task = Task { try await transport.perform(HTTPRequest(url: server.url)) }
            try await eventually("the request arrives") { server.record.requests.count == 1 }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await eventually("the server sees the close") { server.record.closedByClient == 1 }
        }
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        let server = try TestServer { _, connection in connection.respond() }
        try await withTransport { transport in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await transport.perform(HTTPRequest(url: server.url))
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(server.record.connections == 0)
    }

    /// Whenever it comes, there is one outcome: the response or `CancellationError`; a continuation that is resumed twice
    /// or never would trap or hang.
    @Test func anyMomentWillDo() async throws {
        let server = try TestServer { request, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                && connection.send([UInt8](repeating: 1, count: 50_000))
                && connection.send([UInt8](repeating: 2, count: 50_000))
        }
        let outcomes = Locked((whole: 0, cancelled: 0))
        try await withTransport { transport in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for moment in 0..<500 {
                    if moment >= 16 { try await group.next() }
                    group.addTask {
                        var random = Seeded(state: UInt64(moment))
                        let isWhole = try await Self.cancelled(
                            after: .microseconds(random.next() % 2500), HTTPRequest(url: server.url), transport)
                        outcomes.withLock { outcomes in
                            if isWhole { outcomes.whole += 1 } else { outcomes.cancelled += 1 }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let after = try await transport.perform(HTTPRequest(url: server.url))
            #expect(after.body.count == 100_000)
        }
        let (whole, cancelled) = outcomes.withLock { $0 }
        #expect(whole + cancelled == 500)
        #expect(cancelled > 0)
    }

    private static func cancelled(
        after delay: Duration, _ request: HTTPRequest, _ transport: HTTPTransport
    ) async throws -> Bool {
        let task = Task { try await transport.perform(request) }
        try await Task.sleep(for: delay)
        task.cancel()
        do {
            let response = try await task.value
            #expect(response.body.count == 100_000)
            return true
        } catch is CancellationError {
            return false
        }
    }

    /// The cancellation arrives where there is nothing to cancel yet: after the last look, before the order is posted.
    @Test func noMomentIsTooEarly() async throws {
        let server = try TestServer { _, connection in connection.waitForClose() }
        try await withTransport { transport in
            let wire = try WireRequest(HTTPRequest(url: server.url, timeout: .seconds(600)))
            let id = transport.nextID()
            let task = Task {
                let response: HTTPResponse = try await transport.outcome(of: id) { continuation in
                    withUnsafeCurrentTask { $0?.cancel() }
                    return Order(id: id, wire: wire, sink: .whole(continuation))
                }
                return response
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func oneThatWaitsForItsTurnCanBeCancelled() async throws {
        let server = try TestServer { _, connection in connection.waitForClose() }
        try await withTransport(HTTPTransportSettings(proxies: .none, connectionsMax: 1)) { transport in
            let first = Task { try await transport.perform(HTTPRequest(url: server.url)) }
            try await eventually("the first request arrives") { server.record.requests.count == 1 }
            let second = Task { try await transport.perform(HTTPRequest(url: server.url)) }
            second.cancel()
            await #expect(throws: CancellationError.self) { try await second.value }
            first.cancel()
            await #expect(throws: CancellationError.self) { try await first.value }
        }
        #expect(server.record.requests.count == 1)
    }
}
