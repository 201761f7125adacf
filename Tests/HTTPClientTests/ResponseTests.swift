import Testing

@testable import HTTPClient

/// What a caller hands over is what the server gets, and the other way round.
@Suite struct ResponseTests {
    @Test(arguments: [0, 1, 10 << 20], ["POST", "PUT"])
    func everyByteGoesThereAndBack(count: Int, method: String) async throws {
        let server = try TestServer { request, connection in connection.respond(body: request.body) }
        let bytes = Seeded.bytes(count)
        let response = try await withTransport {
            try await $0.perform(HTTPRequest(method: method, url: server.url, body: bytes))
        }
        #expect(response.status == 200)
        #expect(response.body == bytes)
        #expect(server.record.requests.first?.body == bytes)
    }

    @Test func nothingIsAddedToARequestUnasked() async throws {
        let server = try TestServer { _, connection in connection.respond() }
        let settings = HTTPTransportSettings(userAgent: "tailrace/1 os/linux", proxies: .none)
        try await withTransport(settings) { transport in
            let headers = HTTPHeaders([.init(name: "X-One", value: "1"), .init(name: "X-Empty", value: "")])
            let body = [UInt8](repeating: 0x20, count: 2 << 20)
            _ = try await transport.perform(HTTPRequest(method: "POST", url: server.url, headers: headers, body: body))
            _ = try await transport.perform(HTTPRequest(url: server.url + "a/../b?q=%2F"))
        }
        let requests = server.record.requests
        #expect(requests.map(\.line) == ["POST / HTTP/1.1", "GET /a/../b?q=%2F HTTP/1.1"])
        #expect(requests[0].headers.map(\.name) == ["Host", "User-Agent", "X-One", "X-Empty", "Content-Length"])
        #expect(requests[0].headers["x-empty"] == "")
        #expect(requests[1].headers.map(\.name) == ["Host", "User-Agent"])
        #expect(requests[1].headers["user-agent"] == "tailrace/1 os/linux")
    }

    @Test func whatTheCallerSaysIsSentOnce() async throws {
        let server = try TestServer { _, connection in connection.respond() }
        let headers = HTTPHeaders([
            .init(name: "host", value: "kinesis.example"),
            .init(name: "content-type", value: "application/x-amz-json-1.1"),
            .init(name: "USER-AGENT", value: "mine"), .init(name: "content-length", value: "2"),
            .init(name: "x-utf-8", value: "é"),
        ])
        _ = try await withTransport {
            try await $0.perform(HTTPRequest(method: "POST", url: server.url, headers: headers, body: [0x7B, 0x7D]))
        }
        let received = try #require(server.record.requests.first?.headers)
        #expect(received.filter { $0.isNamed("Host") }.map(\.value) == ["kinesis.example"])
        #expect(received.filter { $0.isNamed("User-Agent") }.map(\.value) == ["mine"])
        #expect(received.filter { $0.isNamed("Content-Length") }.map(\.value) == ["2"])
        #expect(received["Content-Type"] == "application/x-amz-json-1.1")
        #expect(received["X-UTF-8"] == "é")
    }

    @Test(arguments: [200, 301, 400, 404, 500, 503])
    func everyStatusIsAResponse(status: Int) async throws {
        let server = try TestServer { _, connection in
            connection.respond(status, headers: "Location: /elsewhere\r\n", body: Array("why".utf8))
        }
        let response = try await withTransport { try await $0.perform(HTTPRequest(url: server.url)) }
        #expect(response.status == status)
        #expect(response.body == Array("why".utf8))
        #expect(server.record.requests.count == 1)
    }

    @Test(arguments: ["HEAD", "GET"], [204, 304, 200])
    func aResponseWithoutABodyEnds(method: String, status: Int) async throws {
        let server = try TestServer { request, connection in
            let length = request.line.hasPrefix("HEAD") ? "Content-Length: 99999999\r\n" : ""
            let none = status == 200 && length.isEmpty ? "Content-Length: 0\r\n" : length
            return connection.send("HTTP/1.1 \(status) No body\r\n\(none)\r\n")
        }
        try await withTransport { transport in
            for _ in 0..<3 {
                let response = try await transport.perform(HTTPRequest(method: method, url: server.url))
                #expect(response.status == status)
                #expect(response.body == [])
            }
        }
        #expect(server.record.connections == 1)
    }

    @Test func interimResponsesAreNotShown() async throws {
        let server = try TestServer { _, connection in
            connection.send("HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
                && connection.respond(headers: "x-FINAL:  yes \t\r\nX-Twice: a\r\nx-twice: b\r\n", body: [1])
        }
        let response = try await withTransport { try await $0.perform(HTTPRequest(url: server.url)) }
        #expect(response.status == 200)
        #expect(response.headers["X-Interim"] == nil)
        #expect(response.headers["X-Final"] == "yes")
        #expect(response.headers.filter { $0.isNamed("X-TWICE") }.map(\.value) == ["a", "b"])
        #expect(response.body == [1])
    }

    @Test func chunkedBodiesAreJoinedAndTheirTrailersLeftOut() async throws {
        let server = try TestServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                && connection.send("3\r\nabc\r\n") && connection.send("2;x=y\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n")
        }
        try await withTransport { transport in
            for _ in 0..<2 {
                let response = try await transport.perform(HTTPRequest(url: server.url))
                #expect(response.body == Array("abcde".utf8))
                #expect(response.headers["X-Trailer"] == nil)
            }
        }
        #expect(server.record.connections == 1)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Le", "",
    ])
    func aResponseThatBreaksOffIsInterrupted(text: String) async throws {
        let server = try TestServer { _, connection in
            connection.send(text)
            return false
        }
        let failure = await failure {
            try await withTransport {
                try await $0.perform(HTTPRequest(method: "POST", url: server.url + "secret", body: [1]))
            }
        }
        #expect(failure?.kind == .interrupted)
        #expect(failure?.mayHaveBeenSent == true)
        #expect(failure?.detail.hasPrefix("POST http://127.0.0.1:\(server.port): ") == true)
        #expect(failure?.detail.contains("secret") == false)
    }

    @Test func whatIsNotHTTPIsAnError() async throws {
        let server = try TestServer { _, connection in
            connection.send("SSH-2.0-OpenSSH_9.2\r\n")
            return false
        }
        let failure = await failure { try await withTransport { try await $0.perform(HTTPRequest(url: server.url)) } }
        #expect(failure?.kind == .other)
    }
}
