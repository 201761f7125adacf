import Testing

@testable import HTTPClient

@Suite struct ProxyTests {
    private static func settings(_ proxies: ProxySettings) throws -> HTTPTransportSettings {
        HTTPTransportSettings(caBundle: try Identity.ofLocalhost.get().certificate, proxies: proxies)
    }

    @Test func httpsGoesThroughATunnel() async throws {
        let server = try TLSServer()
        let proxy = try TestServer { _, connection in
            connection.send("HTTP/1.1 200 Connected\r\nX-Of-The-Proxy: 1\r\n\r\n") && connection.tunnel(to: server.port)
        }
        let url = "http://user:pass@127.0.0.1:\(proxy.port)"
        try await withTransport(Self.settings(ProxySettings(https: url, http: nil))) { transport in
            let headers = HTTPHeaders([.init(name: "Authorization", value: "secret")])
            let response = try await transport.perform(HTTPRequest(url: server.url, headers: headers))
            #expect(response.status == 200)
            #expect(response.headers["X-Of-The-Proxy"] == nil)
        }
        let connect = try #require(proxy.record.requests.first)
        #expect(connect.line == "CONNECT localhost:\(server.port) HTTP/1.1")
        #expect(connect.headers["Authorization"] == nil)
        #expect(connect.headers["Proxy-Authorization"] == "Basic dXNlcjpwYXNz")
    }

    @Test func httpGoesToTheProxyItself() async throws {
        let proxy = try TestServer { _, connection in connection.respond() }
        try await withTransport(HTTPTransportSettings(proxies: ProxySettings(https: nil, http: proxy.url))) {
            transport in
            _ = try await transport.perform(HTTPRequest(url: "http://nowhere.invalid/path"))
        }
        #expect(proxy.record.requests.map(\.line) == ["GET http://nowhere.invalid/path HTTP/1.1"])
    }

    @Test(arguments: ["127.0.0.1", "10.0.0.0/8,127.0.0.0/8", "other, 127.0.0.1", "*"])
    func exceptionsGoStraight(except: String) async throws {
        let server = try TestServer { _, connection in connection.respond() }
        let proxy = try TestServer { _, connection in connection.respond(502) }
        let proxies = ProxySettings(https: proxy.url, http: proxy.url, except: except)
        try await withTransport(HTTPTransportSettings(proxies: proxies)) { transport in
            let answer = try await transport.perform(HTTPRequest(url: server.url))
            #expect(answer.status == 200)
        }
        #expect(proxy.record.connections == 0)
    }

    @Test func aRequestMayGoStraight() async throws {
        let server = try TestServer { _, connection in connection.respond() }
        let proxy = try TestServer { _, connection in connection.respond(502) }
        try await withTransport(HTTPTransportSettings(proxies: ProxySettings(https: nil, http: proxy.url))) {
            transport in
            let direct = try await transport.perform(HTTPRequest(url: server.url, proxy: .none))
            #expect(direct.status == 200)
            let proxied = try await transport.perform(HTTPRequest(url: server.url))
            #expect(proxied.status == 502)
        }
        #expect(server.record.connections == 1)
        #expect(proxy.record.connections == 1)
    }

    @Test func aProxyThatRefusesIsAFailureToConnect() async throws {
        let proxy = try TestServer { _, connection in connection.respond(407) }
        let url = "http://user:pass@127.0.0.1:\(proxy.port)"
        let failure = await failure {
            try await withTransport(HTTPTransportSettings(proxies: ProxySettings(https: url, http: nil))) {
                try await $0.perform(HTTPRequest(method: "POST", url: "https://nowhere.invalid/", body: [1]))
            }
        }
        #expect(failure?.kind == .connect)
        #expect(failure?.mayHaveBeenSent == false)
        #expect(failure?.detail.contains("407") == true)
        #expect(failure?.detail.contains("pass") == false)
    }

    @Test(arguments: ["gopher://user:secret@127.0.0.1", "http://user:secret@[::1", "http://user:secret@127.0.0.1:x"])
    func aProxyThatIsNoneDoesNotTellItsPassword(url: String) async throws {
        let failure = await failure {
            try await withTransport(HTTPTransportSettings(proxies: ProxySettings(https: url, http: url))) {
                try await $0.perform(HTTPRequest(url: "https://nowhere.invalid/"))
            }
        }
        #expect(failure != nil)
        #expect(failure?.description.contains("secret") == false)
    }

    @Test func theVariablesAreThoseEverybodyUses() {
        func settings(_ variables: [String: String]) -> ProxySettings { ProxySettings { variables[$0] } }
        #expect(settings([:]) == .none)
        #expect(settings(["HTTPS_PROXY": "a"]) == ProxySettings(https: "a", http: nil))
        #expect(settings(["HTTPS_PROXY": "a", "https_proxy": "b"]) == ProxySettings(https: "b", http: nil))
        #expect(settings(["HTTPS_PROXY": "a", "https_proxy": ""]) == ProxySettings(https: "a", http: nil))
        #expect(settings(["HTTP_PROXY": "a"]) == .none)
        #expect(
            settings(["http_proxy": "a", "NO_PROXY": "x,y"]) == ProxySettings(https: nil, http: "a", except: "x,y"))
        #expect(settings(["ALL_PROXY": "a", "http_proxy": "b"]) == ProxySettings(https: "a", http: "b"))
    }
}
