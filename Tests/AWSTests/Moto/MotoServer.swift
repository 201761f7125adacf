import Foundation
import Glibc
import HTTPClient
import Signing

@testable import AWS

/// A moto server of our own on a free loopback port, ended with `stop`.
///
/// moto is a reading of AWS's documents by other people, in another language: https://docs.getmoto.org
struct MotoServer: Sendable {
    /// The path of a `moto_server` executable; without it nothing here runs.
    static let executable = ProcessInfo.processInfo.environment["TAILRACE_MOTO"].flatMap { $0.isEmpty ? nil : $0 }

    struct Failure: Error { let detail: String }

    let url: String
    let transport: HTTPTransport
    private let process: Process

    static func start() async throws -> MotoServer {
        guard let executable else { throw Failure(detail: "TAILRACE_MOTO is not set") }
        let port = try freePort()
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = ["-H", "127.0.0.1", "-p", String(port)]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let transport = try HTTPTransport(HTTPTransportSettings(proxies: .none))
        let server = MotoServer(url: "http://127.0.0.1:\(port)", transport: transport, process: process)
        do { try await server.waitUntilReady() } catch {
            await server.stop()
            throw error
        }
        return server
    }

    /// Kills the server: threads of the concurrency pool block SIGTERM, and a child inherits that.
    func stop() async {
        kill(process.processIdentifier, SIGKILL)
        await transport.shutdown()
    }

    private func waitUntilReady() async throws {
        for _ in 0..<600 where process.isRunning {
            let reply = try? await transport.perform(HTTPRequest(url: url + "/moto-api/data.json"))
            if reply?.status == 200 { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Failure(detail: "the server did not answer within a minute")
    }

    /// A user who may do everything, made before signatures count, and then they count.
    func userWithCheckedSignatures() async throws -> Credentials {
        _ = try await iam("CreateUser", [("UserName", "reader")])
        let policy = #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#
        _ = try await iam(
            "PutUserPolicy", [("UserName", "reader"), ("PolicyName", "all"), ("PolicyDocument", policy)])
        let reply = try await iam("CreateAccessKey", [("UserName", "reader")])
        guard let key = reply["CreateAccessKeyResult"]?["AccessKey"], let id = key["AccessKeyId"]?.text,
            let secret = key["SecretAccessKey"]?.text
        else { throw Failure(detail: "no access key") }
        let reset = try await transport.perform(
            HTTPRequest(method: "POST", url: url + "/moto-api/reset-auth", body: Array("0".utf8)))
        guard reset.status == 200 else { throw Failure(detail: "reset-auth answered \(reset.status)") }
        return Credentials(accessKeyID: id, secretAccessKey: secret)
    }

    private func iam(_ action: String, _ parameters: [(name: String, value: String)]) async throws -> XMLNode {
        let call = AWSCall(query: action, version: "2010-05-08", parameters: parameters)
        var headers = HTTPHeaders([HTTPHeader(name: "Host", value: String(url.dropFirst(7)))] + call.headers)
        let added = Signer().headers(
            signing: Signer.Request(
                method: "POST", path: "/", headers: headers.map { ($0.name, $0.value) },
                payloadHash: Digest.payloadHash(call.body)),
            as: .example, region: "us-east-1", service: "iam", at: Surroundings.real.now())
        for header in added { headers.set(header.name, header.value) }
        let reply = try await transport.perform(
            HTTPRequest(method: "POST", url: url + "/", headers: headers, body: call.body))
        guard reply.status == 200 else { throw Failure(detail: "\(action) answered \(reply.status)") }
        return try XMLNode.parse(reply.body)
    }

    /// A port that was free a moment ago.
    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, size) == 0 ? getsockname(descriptor, generic, &size) : -1
            }
        }
        guard descriptor >= 0, result == 0 else { throw Failure(detail: "no free port") }
        return UInt16(bigEndian: address.sin_port)
    }
}
