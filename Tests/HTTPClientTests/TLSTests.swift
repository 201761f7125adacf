import Foundation
import Testing

@testable import HTTPClient

/// No server is believed without a certificate that fits.
@Suite struct TLSTests {
    private static func get(_ url: String, caBundle: String?) async throws -> HTTPResponse {
        try await withTransport(HTTPTransportSettings(caBundle: caBundle, proxies: .none)) {
            try await $0.perform(HTTPRequest(url: url))
        }
    }

    @Test func whatTheBundleNamesIsTrusted() async throws {
        let server = try TLSServer()
        let response = try await Self.get(server.url, caBundle: server.identity.certificate)
        #expect(response.status == 200)
        #expect(String(decoding: response.body, as: UTF8.self).contains("TLSv1.3"))
    }

    @Test func theSystemDoesNotKnowOurCertificate() async throws {
        let server = try TLSServer()
        let failure = await failure { try await Self.get(server.url, caBundle: nil) }
        #expect(failure?.kind == .tls)
        #expect(failure?.mayHaveBeenSent == false)
    }

    @Test func aBundleReplacesTheSystems() async throws {
        let server = try TLSServer()
        let stranger = try Identity.ofStranger.get()
        #expect(await failure { try await Self.get(server.url, caBundle: stranger.certificate) }?.kind == .tls)
    }

    @Test func theNameMustFit() async throws {
        let server = try TLSServer()
        let failure = await failure {
            try await Self.get("https://127.0.0.1:\(server.port)/", caBundle: server.identity.certificate)
        }
        #expect(failure?.kind == .tls)
    }

    @Test(arguments: ["-tls1_1": false, "-tls1_2": true, "-tls1_3": true])
    func oldVersionsAreRefused(option: String, isTaken: Bool) async throws {
        let server = try TLSServer([option, "-cipher", "ALL:@SECLEVEL=0"])
        let failure = await failure { try await Self.get(server.url, caBundle: server.identity.certificate) }
        #expect(failure?.kind == (isTaken ? nil : .tls))
    }

    @Test func aServerWithoutTLSIsAnError() async throws {
        let server = try TestServer(greeting: "HTTP/1.1 400 Bad Request\r\n\r\n") { _, connection in
            connection.waitForClose()
        }
        let failure = await failure { try await Self.get("https://127.0.0.1:\(server.port)/", caBundle: nil) }
        #expect(failure?.kind == .tls)
        #expect(failure?.mayHaveBeenSent == false)
    }

    @Test(arguments: [
        "": "No such file", "/nonexistent/ca.pem": "No such file", "/tmp": "Is a directory", "/dev/null": "no PEM",
    ])
    func aBundleThatIsNoneIsAnErrorAtOnce(path: String, cause: String) throws {
        do {
            _ = try HTTPTransport(HTTPTransportSettings(caBundle: path, proxies: .none))
            Issue.record("a transport with CA bundle \(path)")
        } catch let failure as HTTPFailure {
            #expect(failure.kind == .tls)
            #expect(failure.detail.contains("\"\(path)\"") && failure.detail.contains(cause))
        }
    }
}
