import Testing

@testable import HTTPClient

@Suite(.timeLimit(.minutes(3))) struct ShutdownTests {
    @Test func whatIsUnderWayFails() async throws {
        let server = try TestServer { request, connection in
            request.target != "/stream" || connection.send("HTTP/1.1 200 OK\r\n\r\nsome")
                ? connection.waitForClose() : false
        }
        let transport = try HTTPTransport(HTTPTransportSettings(proxies: .none, connectionsMax: 30))
        let (_, body) = try await transport.stream(HTTPRequest(url: server.url + "stream"))
        let kinds = try await withThrowingTaskGroup(of: HTTPFailure.Kind?.self) { group in
            for _ in 0..<50 {
                group.addTask { await failure { try await transport.perform(HTTPRequest(url: server.url)) }?.kind }
            }
            try await eventually("thirty requests arrive") { server.record.requests.count == 31 }
            await transport.shutdown()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(kinds == Array(repeating: .closed, count: 50))
        #expect(await failure { for try await _ in body {} }?.kind == .closed)
        try await eventually("the server sees every close") { server.record.closedByClient == 31 }
    }

    @Test func nothingStartsAfterwards() async throws {
        let server = try TestServer { _, connection in connection.respond() }
        let transport = try HTTPTransport(.plain)
        await transport.shutdown()
        await transport.shutdown()
        #expect(await failure { try await transport.perform(HTTPRequest(url: server.url)) }?.kind == .closed)
        #expect(await failure { try await transport.stream(HTTPRequest(url: server.url)) }?.kind == .closed)
        #expect(server.record.connections == 0)
    }

    @Test func severalMayAskForItAtOnce() async throws {
        for _ in 0..<50 {
            let transport = try HTTPTransport(.plain)
            await withTaskGroup { group in
                for _ in 0..<4 { group.addTask { await transport.shutdown() } }
            }
        }
    }

    @Test func aDroppedTransportClosesItsConnections() async throws {
        let server = try TestServer { _, connection in connection.respond() }
        for _ in 0..<20 { _ = try await HTTPTransport(.plain).perform(HTTPRequest(url: server.url)) }
        try await eventually("the server sees every close") { server.record.closedByClient == 20 }
    }
}
