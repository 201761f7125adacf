import Glibc
import Locking
import Testing

@testable import HTTPClient

/// When a connection serves again and when it does not.
@Suite(.timeLimit(.minutes(3))) struct ConnectionTests {
    @Test func connectionsAreReused() async throws {
        let server = try TestServer { _, connection in connection.respond(body: [1, 2, 3]) }
        try await withTransport { transport in
            for _ in 0..<50 { _ = try await transport.perform(HTTPRequest(url: server.url)) }
        }
        #expect(server.record.requests.count == 50)
        #expect(server.record.connections == 1)
    }

    @Test func manyAtOnceShareAsManyConnections() async throws {
        let server = try TestServer { request, connection in connection.respond(body: request.body) }
        let sum = try await withTransport { transport in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for worker in 0..<64 {
                    group.addTask {
                        var sum = 0
                        for turn in 0..<20 {
                            let body = Seeded.bytes(worker * 7 + turn, seed: UInt64(worker))
                            let request = HTTPRequest(method: "POST", url: server.url, body: body)
                            let response = try await transport.perform(request)
                            #expect(response.body == body)
                            sum += response.body.count
                        }
                        return sum
                    }
                }
                return try await group.reduce(0, +)
            }
        }
        #expect(sum == (0..<64).map { worker in (0..<20).map { worker * 7 + $0 }.reduce(0, +) }.reduce(0, +))
        #expect(server.record.connections <= 64)
        #expect(server.record.requests.count == 64 * 20)
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 262_144, 1_048_579, 10_000_000])
    func aBodyOfAnyLengthArrives(bodyBytes: Int) async throws {
        let server = try TestServer { request, connection in connection.respond(body: request.body) }
        let body = Seeded.bytes(bodyBytes, seed: 2)
        try await withTransport { transport in
            for method in ["POST", "PUT", "POST"] {
                let response = try await transport.perform(HTTPRequest(method: method, url: server.url, body: body))
                #expect(response.body == body)
            }
        }
        #expect(server.record.connections == 1)
    }

    /// Handles serve bodies of all sizes in turn: what libcurl keeps for one must fit the next.
    @Test func bodiesOfAllLengthsInTurn() async throws {
        let server = try TestServer { request, connection in connection.respond(body: request.body) }
        try await withTransport { transport in
            for bodyBytes in [70_000, 10, 65_536, 1_000_000, 0, 300_000, 65_537, 5, 2_000_000] {
                let body = Seeded.bytes(bodyBytes, seed: 3)
                let response = try await transport.perform(HTTPRequest(method: "POST", url: server.url, body: body))
                #expect(response.body == body)
                #expect(try await transport.perform(HTTPRequest(url: server.url)).body == [])
            }
        }
        #expect(server.record.connections == 1)
    }

    @Test func twoTransportsShareNoConnection() async throws {
        let server = try TestServer { _, connection in connection.respond() }
        for _ in 0..<2 {
            try await withTransport { transport in
                for _ in 0..<3 { _ = try await transport.perform(HTTPRequest(url: server.url)) }
            }
        }
        #expect(server.record.connections == 2)
    }

    @Test func noMoreConnectionsThanAllowed() async throws {
        let server = try TestServer { _, connection in connection.respond() }
        let settings = HTTPTransportSettings(proxies: .none, connectionsMax: 2)
        try await withTransport(settings) { transport in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<100 { group.addTask { _ = try await transport.perform(HTTPRequest(url: server.url)) } }
                try await group.waitForAll()
            }
        }
        #expect(server.record.requests.count == 100)
        #expect(server.record.connections == 2)
    }

    @Test func aServerMayEndAConnectionAfterEachResponse() async throws {
        let server = try TestServer { _, connection in
            connection.respond(headers: "Connection: close\r\n")
            return false
        }
        try await withTransport { transport in
            for _ in 0..<5 { _ = try await transport.perform(HTTPRequest(url: server.url)) }
        }
        #expect(server.record.connections == 5)
    }

    /// The server's close and the next request cross each other: nothing of it comes to the caller. A large body, of
    /// which some is gone by then, is sent again from its beginning.
    @Test(arguments: [1, 3_000_000])
    func aKeptConnectionMayBeDead(bodyBytes: Int) async throws {
        let body = Seeded.bytes(bodyBytes, seed: 1)
        let server = try TestServer { _, connection in
            connection.respond()
            return false
        }
        try await withTransport { transport in
            for _ in 0..<50 {
                let response = try await transport.perform(HTTPRequest(method: "POST", url: server.url, body: body))
                #expect(response.status == 200)
            }
        }
        #expect(server.record.requests.count == 50)
        #expect(server.record.requests.allSatisfy { $0.body == body })
    }

    @Test func aConnectionThatTimedOutIsClosed() async throws {
        let server = try TestServer { request, connection in
            request.target == "/silent" ? connection.waitForClose() : connection.respond()
        }
        try await withTransport { transport in
            _ = try await transport.perform(HTTPRequest(url: server.url))
            let silent = HTTPRequest(url: server.url + "silent", timeout: .seconds(1))
            let failure = await failure { try await transport.perform(silent) }
            #expect(failure?.kind == .timedOut)
            #expect(failure?.mayHaveBeenSent == true)
            try await eventually("the server sees the close") { server.record.closedByClient == 1 }
            _ = try await transport.perform(HTTPRequest(url: server.url))
        }
        #expect(server.record.connections == 2)
    }

    /// libcurl counts whole seconds, and more than the limit.
    @Test(arguments: [(1, 600), (600, 1)])
    func aConnectionHasItsDay(idleSeconds: Int, lifetimeSeconds: Int) async throws {
        let server = try TestServer { _, connection in connection.respond() }
        let settings = HTTPTransportSettings(
            proxies: .none, idleMax: .seconds(idleSeconds), lifetimeMax: .seconds(lifetimeSeconds))
        try await withTransport(settings) { transport in
            _ = try await transport.perform(HTTPRequest(url: server.url))
            try await Task.sleep(for: .milliseconds(2100))
            _ = try await transport.perform(HTTPRequest(url: server.url))
        }
        #expect(server.record.connections == 2)
    }

    /// All kept connections die in silence, as when an address moves: that costs one timeout, not one for each.
    @Test func oneTimeoutIsEnoughToMistrustTheOthers() async throws {
        let isDead = Locked(false)
        let arrived = Locked(0)
        let server = try TestServer { request, connection in
            if request.target == "/meet" {
                arrived.withLock { $0 += 1 }
                while arrived.withLock({ $0 < 8 }) { usleep(1000) }
                return connection.respond()
            }
            return isDead.withLock { $0 } ? connection.waitForClose() : connection.respond()
        }
        try await withTransport { transport in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask { _ = try await transport.perform(HTTPRequest(url: server.url + "meet")) }
                }
                try await group.waitForAll()
            }
            #expect(server.record.connections == 8)
            isDead.withLock { $0 = true }
            let request = HTTPRequest(url: server.url, timeout: .seconds(1))
            #expect(await failure { try await transport.perform(request) }?.kind == .timedOut)
            isDead.withLock { $0 = false }
            _ = try await transport.perform(HTTPRequest(url: server.url))
        }
        #expect(server.record.connections == 9)
    }

    @Test func nobodyListensThere() async throws {
        let port = try unusedPort()
        let request = HTTPRequest(method: "POST", url: "http://127.0.0.1:\(port)/", body: [1])
        let failure = await failure { try await withTransport { try await $0.perform(request) } }
        #expect(failure?.kind == .connect)
        #expect(failure?.mayHaveBeenSent == false)
        #expect(failure?.detail.contains("libcurl 7") == true)
    }

    @Test func aNameWithoutAnAddressIsUnresolved() async throws {
        let request = HTTPRequest(url: "http://nowhere.invalid/")
        let failure = await failure { try await withTransport { try await $0.perform(request) } }
        #expect(failure?.kind == .unresolved)
        #expect(failure?.mayHaveBeenSent == false)
    }

    /// libcurl keeps parts of a failed transfer in its handle; the next one must not trip over them.
    @Test func failuresLeaveNothingBehind() async throws {
        let server = try TestServer { request, connection in
            request.target == "/silent" ? connection.waitForClose() : connection.respond(body: [7])
        }
        let refusing = "http://127.0.0.1:\(try unusedPort())/"
        try await withTransport { transport in
            for turn in 0..<12 {
                let bad = ["http://nowhere.invalid/", "http://h:99999/", refusing, server.url + "silent"][turn % 4]
                let doomed = HTTPRequest(method: "PUT", url: bad, body: [1], timeout: .milliseconds(100))
                #expect(await failure { try await transport.perform(doomed) } != nil)
                let response = try await transport.perform(HTTPRequest(url: server.url))
                #expect(response.body == [7])
            }
        }
    }
}
