import Foundation
import FoundationNetworking
import Logging
import Signing

@testable import Emulator

/// Signs and sends calls over real HTTP.
struct SignedClient {
    struct Reply {
        let status: Int
        let headers: [String: String]
        let body: Data

        /// AWS's code, of JSON 1.1 or of STS's XML.
        var code: String? { object?["__type"] as? String ?? xml("Code") }
        var message: String? { object?["message"] as? String ?? xml("Message") }
        var object: [String: Any]? { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] }

        func xml(_ name: String) -> String? {
            let text = String(decoding: body, as: UTF8.self)
            guard let open = text.range(of: "<\(name)>"), let close = text.range(of: "</\(name)>") else { return nil }
            return String(text[open.upperBound..<close.lowerBound])
        }
    }

    let port: Int
    var credentials = Credentials(accessKeyID: "AKIAEMUL111111111111", secretAccessKey: "secret-111111111111")
    var region = "us-east-1"
    var service = "kinesis"
    var host = "127.0.0.1"
    /// Milliseconds since 1970.
    var time = WallClock.system.now()
    /// Leaves these out of the signature, or changes them after it was made.
    var unsigned: [(name: String, value: String)] = []
    var isSigned = true
    /// One session for all, so that connections are kept.
    var session = URLSession(configuration: .ephemeral)

    func call(_ operation: String, _ body: String = "{}") async throws -> Reply {
        try await post(
            body,
            headers: [
                ("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "Kinesis_20131202.\(operation)"),
            ])
    }

    func callInCBOR(_ operation: String, _ body: [UInt8], service: String = "Kinesis_20131202") async throws -> Reply {
        try await post(
            body,
            headers: [("content-type", "application/x-amz-cbor-1.1"), ("x-amz-target", "\(service).\(operation)")])
    }

    func post(
        _ body: String, headers: [(name: String, value: String)], path: String = "/", query: String = ""
    ) async throws -> Reply {
        try await post(Array(body.utf8), headers: headers, path: path, query: query)
    }

    func post(
        _ body: [UInt8], headers: [(name: String, value: String)], path: String = "/", query: String = ""
    ) async throws -> Reply {
        let added = isSigned ? signature(of: body, headers: headers, path: path, query: query) : []
        return try await send(
            "POST", path + (query.isEmpty ? "" : "?" + query), headers: headers + added + unsigned, body: body)
    }

    /// Without a signature, as the emulator itself is told things.
    func control(_ method: String, _ path: String, _ body: String = "") async throws -> Reply {
        try await send(method, "/_emulator/" + path, headers: [], body: Array(body.utf8))
    }

    /// The headers that sign a POST.
    func signature(
        of body: [UInt8], headers: [(name: String, value: String)], path: String = "/", query: String = ""
    ) -> [(name: String, value: String)] {
        let signed = Signer.Request(
            method: "POST", path: path, query: query, headers: headers + [("host", "\(host):\(port)")],
            payloadHash: Digest.payloadHash(body))
        return Signer().headers(
            signing: signed, as: credentials, region: region, service: service, at: UTCTime(milliseconds: time))
    }

    private func send(
        _ method: String, _ target: String, headers: [(name: String, value: String)], body: [UInt8]
    ) async throws -> Reply {
        guard let url = URL(string: "http://\(host):\(port)\(target)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        if method != "GET" { request.httpBody = Data(body) }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await session.data(for: request)
        guard let http = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        let fields = http.allHeaderFields.map { ("\($0)".lowercased(), "\($1)") }
        return Reply(status: http.statusCode, headers: Dictionary(fields) { $1 }, body: data)
    }
}

/// Runs `body` against an emulator of its own.
func withEmulator(
    _ settings: EmulatorSettings = EmulatorSettings(), clock: WallClock = .system,
    _ body: (Emulator, Int) async throws -> Void
) async throws {
    var logger = Logger(label: "emulator")
    logger.logLevel = .warning
    let emulator = Emulator(settings: settings, clock: clock, logger: logger)
    let port = try await emulator.start()
    do {
        try await body(emulator, port)
    } catch {
        await emulator.stop()
        throw error
    }
    await emulator.stop()
}
