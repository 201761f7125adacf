import Foundation
import Testing

@testable import HTTPClient

/// Against nghttpd, which speaks nothing else; where it is not installed, these are left out.
@Suite(.timeLimit(.minutes(3)), .enabled(if: NGHTTPServer.isInstalled)) struct HTTP2Tests {
    @Test func itIsSpokenWhereOffered() async throws {
        let bytes = Seeded.bytes(3 << 20)
        let server = try NGHTTPServer(serving: bytes)
        let settings = HTTPTransportSettings(caBundle: server.identity.certificate, proxies: .none)
        try await withTransport(settings) { transport in
            try await server.isUp(transport)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        let response = try await transport.perform(HTTPRequest(url: server.url, version: .http2))
                        #expect(response.status == 200)
                        #expect(response.headers["Content-Length"] == String(bytes.count))
                        #expect(response.body == bytes)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aStreamArrivesWhole() async throws {
        let bytes = Seeded.bytes(10 << 20)
        let server = try NGHTTPServer(serving: bytes)
        let settings = HTTPTransportSettings(caBundle: server.identity.certificate, proxies: .none)
        try await withTransport(settings) { transport in
            try await server.isUp(transport)
            let (head, body) = try await transport.stream(HTTPRequest(url: server.url, version: .http2))
            #expect(head.status == 200)
            var received: [UInt8] = []
            for try await piece in body {
                #expect(piece.count <= settings.streamWindowBytes + 65536)
                received += piece
                if received.count % 5 == 0 { try await Task.sleep(for: .milliseconds(2)) }
            }
            #expect(received == bytes)
        }
    }

    @Test func aServerThatIsGoneInterrupts() async throws {
        let server = try NGHTTPServer(serving: Seeded.bytes(64 << 20))
        let settings = HTTPTransportSettings(caBundle: server.identity.certificate, proxies: .none)
        try await withTransport(settings) { transport in
            try await server.isUp(transport)
            let (_, body) = try await transport.stream(HTTPRequest(url: server.url, version: .http2))
            var isKilled = false
            let failure = await failure {
                for try await _ in body where !isKilled {
                    server.kill()
                    isKilled = true
                }
            }
            #expect(failure?.kind == .interrupted)
        }
    }
}
