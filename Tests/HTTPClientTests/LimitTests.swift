import Glibc
import Locking
import Testing

@testable import HTTPClient

/// Time, size and validity are bounded.
@Suite struct LimitTests {
    @Test func theDeadlineHoldsInTheMiddleOfABody() async throws {
        let server = try TestServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf") && connection.waitForClose()
        }
        let request = HTTPRequest(url: server.url, timeout: .milliseconds(200))
        try await withTransport { transport in
            let failure = await failure { try await transport.perform(request) }
            #expect(failure?.kind == .timedOut)
            try await eventually("the server sees the close") { server.record.closedByClient == 1 }
        }
    }

    @Test func waitingForATurnCounts() async throws {
        let server = try TestServer { _, connection in connection.waitForClose() }
        try await withTransport(HTTPTransportSettings(proxies: .none, connectionsMax: 1)) { transport in
            let first = Task { try await transport.perform(HTTPRequest(url: server.url)) }
            try await eventually("the first request arrives") { server.record.requests.count == 1 }
            let second = HTTPRequest(url: server.url, timeout: .milliseconds(100))
            let failure = await failure { try await transport.perform(second) }
            #expect(failure?.kind == .timedOut)
            #expect(failure?.mayHaveBeenSent == false)
            first.cancel()
            _ = await first.result
        }
        #expect(server.record.requests.count == 1)
    }

    @Test(arguments: [true, false])
    func aBodyThatIsTooLargeIsRefusedEarly(isAnnounced: Bool) async throws {
        let server = try TestServer { _, connection in
            let framing = isAnnounced ? "Content-Length: 1000000000" : "Transfer-Encoding: chunked"
            guard connection.send("HTTP/1.1 200 OK\r\n\(framing)\r\n\r\n") else { return false }
            let chunk = [UInt8](repeating: 7, count: 65536)
            while connection.send(isAnnounced ? chunk : Array("10000\r\n".utf8) + chunk + [13, 10]) {}
            return false
        }
        try await withTransport { transport in
            let failure = await failure {
                try await transport.perform(HTTPRequest(url: server.url, bodyBytesMax: 1_000_000))
            }
            #expect(failure?.kind == .bodyTooLarge)
            #expect(failure?.detail.contains("1000000 bytes") == true)
            try await eventually("the server sees the close") { server.record.closedByClient == 1 }
        }
        #expect(server.record.bytesSent < 100_000_000)
    }

    @Test(arguments: [99, 100, 101])
    func theLimitIsExact(limit: Int) async throws {
        let server = try TestServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                && connection.send("64\r\n" + String(repeating: "x", count: 100) + "\r\n0\r\n\r\n")
        }
        let failure = await failure {
            try await withTransport { try await $0.perform(HTTPRequest(url: server.url, bodyBytesMax: limit)) }
        }
        #expect(failure?.kind == (limit < 100 ? .bodyTooLarge : nil))
    }

    @Test func aHeadThatNeverEndsIsRefused() async throws {
        let server = try TestServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\n")
            while connection.send("X-Header: " + String(repeating: "x", count: 1000) + "\r\n") {}
            return false
        }
        let failure = await failure { try await withTransport { try await $0.perform(HTTPRequest(url: server.url)) } }
        #expect(failure?.kind == .bodyTooLarge)
    }

    @Test func whatIsNoLongerValidIsNotSent() async throws {
        let server = try TestServer { _, connection in connection.respond() }
        let longAgo = ContinuousClock.now - .seconds(300)
        try await withTransport { transport in
            let stale = HTTPRequest(url: server.url, validFor: .seconds(240), made: longAgo)
            let failure = await failure { try await transport.perform(stale) }
            #expect(failure?.kind == .stale)
            #expect(failure?.mayHaveBeenSent == false)
            let valid = HTTPRequest(url: server.url, validFor: .seconds(600), made: longAgo)
            let answer = try await transport.perform(valid)
            #expect(answer.status == 200)
        }
        #expect(server.record.connections == 1)
    }

    @Test func waitingForATurnMayMakeARequestStale() async throws {
        let mayAnswer = Locked(false)
        let server = try TestServer { _, connection in
            while !mayAnswer.withLock({ $0 }) { usleep(1000) }
            return connection.respond()
        }
        try await withTransport(HTTPTransportSettings(proxies: .none, connectionsMax: 1)) { transport in
            let first = Task { try await transport.perform(HTTPRequest(url: server.url)) }
            try await eventually("the first request arrives") { server.record.requests.count == 1 }
            let request = HTTPRequest(url: server.url, validFor: .milliseconds(10))
            let second = Task { await failure { try await transport.perform(request) } }
            try await Task.sleep(for: .milliseconds(100))
            mayAnswer.withLock { $0 = true }
            #expect(await second.value?.kind == .stale)
            #expect(try await first.value.status == 200)
        }
        #expect(server.record.requests.count == 1)
    }

    /// The connection takes its time; what goes out over it is looked at once more.
    @Test func connectingMayMakeARequestStale() async throws {
        let server = try TLSServer()
        let slowProxy = try TestServer { _, connection in
            usleep(300_000)
            return connection.send("HTTP/1.1 200 Connected\r\n\r\n") && connection.tunnel(to: server.port)
        }
        let proxies = ProxySettings(https: slowProxy.url, http: nil)
        let settings = HTTPTransportSettings(caBundle: server.identity.certificate, proxies: proxies)
        try await withTransport(settings) { transport in
            let request = HTTPRequest(url: server.url, validFor: .milliseconds(100))
            #expect(await failure { try await transport.perform(request) }?.kind == .stale)
            let answer = try await transport.perform(HTTPRequest(url: server.url))
            #expect(answer.status == 200)
        }
    }
}
