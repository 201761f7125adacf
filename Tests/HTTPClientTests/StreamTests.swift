import Glibc
import Locking
import Testing

@testable import HTTPClient

@Suite(.timeLimit(.minutes(3))) struct StreamTests {
    /// Endless body; ends when the client does.
    private static func endless() throws -> TestServer {
        try TestServer { _, connection in
            guard connection.send("HTTP/1.1 200 OK\r\nX-A: b\r\n\r\n") else { return false }
            while connection.send([UInt8](repeating: 9, count: 16384)) {}
            return false
        }
    }

    @Test func theBodyArrivesWhole() async throws {
        let bytes = Seeded.bytes(10 << 20)
        let server = try TestServer { _, connection in connection.respond(headers: "X-A: b\r\n", body: bytes) }
        try await withTransport { transport in
            let (head, body) = try await transport.stream(HTTPRequest(url: server.url, bodyBytesMax: 1))
            #expect(head.status == 200)
            #expect(head.headers["x-a"] == "b")
            var received: [UInt8] = []
            for try await piece in body {
                #expect(!piece.isEmpty)
                received += piece
                if received.count % 7 == 0 { try await Task.sleep(for: .milliseconds(1)) }
            }
            #expect(received == bytes)
        }
    }

    @Test(arguments: ["HEAD", "GET"])
    func aBodyMayBeEmpty(method: String) async throws {
        let server = try TestServer { _, connection in connection.respond(204) }
        try await withTransport { transport in
            let (head, body) = try await transport.stream(HTTPRequest(method: method, url: server.url))
            #expect(head.status == 204)
            for try await _ in body { Issue.record("a byte") }
        }
    }

    /// The head is there before the body, and each piece when it is sent.
    @Test func nothingIsHeldBack() async throws {
        let steps = Locked(0)
        let server = try TestServer { _, connection in
            var isOpen = connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for step in 1...3 where isOpen {
                while steps.withLock({ $0 }) < step { usleep(1000) }
                isOpen = connection.send("1\r\n\(step)\r\n")
            }
            return isOpen && connection.send("0\r\n\r\n")
        }
        try await withTransport { transport in
            var (_, pieces) = { ($0.head, $0.body.makeAsyncIterator()) }(
                try await transport.stream(HTTPRequest(url: server.url)))
            for step in 1...3 {
                steps.withLock { $0 = step }
                #expect(try await pieces.next() == Array("\(step)".utf8))
            }
            #expect(try await pieces.next() == nil)
            #expect(try await pieces.next() == nil)
        }
    }

    /// The server gets rid of the window, what libcurl has read, and what the sockets of both sides hold; no more.
    @Test func aReaderThatWaitsMakesTheServerWait() async throws {
        let server = try Self.endless()
        try await withTransport { transport in
            let (_, body) = try await transport.stream(HTTPRequest(url: server.url))
            var before = -1
            // Stands still: nothing sent for half a second.
            while before != server.record.bytesSent {
                before = server.record.bytesSent
                try await Task.sleep(for: .milliseconds(500))
            }
            #expect(server.record.bytesSent < 16 << 20)
            var received = 0
            for try await piece in body {
                #expect(piece.count <= HTTPTransportSettings.plain.streamWindowBytes + 65536)
                received += piece.count
                if received > 64 << 20 { break }
            }
            #expect(received > 64 << 20)
        }
    }

    @Test func aDroppedStreamIsAborted() async throws {
        let server = try Self.endless()
        try await withTransport { transport in
            for count in 1...100 {
                let request = HTTPRequest(url: server.url, timeout: .seconds(600))
                let (_, body) = try await transport.stream(request)
                if count % 2 == 0 { for try await _ in body { break } }
            }
            try await eventually("the server sees every close") { server.record.closedByClient == 100 }
        }
    }

    @Test func cancellingTheReaderAborts() async throws {
        let server = try TestServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhalf") && connection.waitForClose()
        }
        try await withTransport { transport in
            let started = Locked(false)
            let task = Task {
                let (_, body) = try await transport.stream(HTTPRequest(url: server.url))
                for try await _ in body { started.withLock { $0 = true } }
            }
            try await eventually("a piece arrives") { started.withLock { $0 } }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await eventually("the server sees the close") { server.record.closedByClient == 1 }
        }
    }

    @Test func cancellingBeforeTheHeadAborts() async throws {
        let server = try TestServer { _, connection in connection.waitForClose() }
        try await withTransport { transport in
            let task = Task { _ = try await transport.stream(HTTPRequest(url: server.url)) }
            try await eventually("the request arrives") { server.record.requests.count == 1 }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await eventually("the server sees the close") { server.record.closedByClient == 1 }
        }
    }

    @Test func whatArrivedBeforeABreakIsReadFirst() async throws {
        let server = try TestServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            return false
        }
        try await withTransport { transport in
            let (_, body) = try await transport.stream(HTTPRequest(url: server.url))
            try await eventually("the server has closed") { server.record.sockets.isEmpty }
            var received: [UInt8] = []
            let failure = await failure { for try await piece in body { received += piece } }
            #expect(failure?.kind == .interrupted)
            #expect(received == Array("half".utf8))
        }
    }

    @Test func aHeadThatBreaksOffIsInterrupted() async throws {
        let server = try TestServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nX-A: b\r\n")
            return false
        }
        let failure = await failure { try await withTransport { try await $0.stream(HTTPRequest(url: server.url)) } }
        #expect(failure?.kind == .interrupted)
    }

    @Test func aStreamHasAConnectionOfItsOwn() async throws {
        let server = try TestServer { _, connection in connection.respond(body: [1]) }
        try await withTransport { transport in
            _ = try await transport.perform(HTTPRequest(url: server.url))
            let (_, body) = try await transport.stream(HTTPRequest(url: server.url))
            for try await _ in body {}
            _ = try await transport.perform(HTTPRequest(url: server.url))
        }
        #expect(server.record.connections == 2)
    }

    /// A stream stays usable when the caller has let go of the transport.
    @Test func aStreamKeepsItsTransport() async throws {
        let bytes = Seeded.bytes(3 << 20)
        let server = try TestServer { _, connection in connection.respond(body: bytes) }
        let body = try await HTTPTransport(.plain).stream(HTTPRequest(url: server.url)).body
        var received: [UInt8] = []
        for try await piece in body { received += piece }
        #expect(received == bytes)
    }
}
