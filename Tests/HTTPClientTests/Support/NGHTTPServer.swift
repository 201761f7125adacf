import Foundation
import Testing

@testable import HTTPClient

/// nghttpd with one file, over TLS on a loopback port.
final class NGHTTPServer: Sendable {
    let identity: Identity
    private let port: UInt16
    private let process: Process

    static let isInstalled = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/nghttpd")
    }

    init(serving bytes: [UInt8]) throws {
        identity = try Identity.ofLocalhost.get()
        port = try unusedPort()
        let directory = URL(fileURLWithPath: identity.certificate).deletingLastPathComponent()
            .appendingPathComponent("files-\(port)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try Data(bytes).write(to: directory.appendingPathComponent("file"))
        process = Process.named(
            "nghttpd",
            [
                "-a", "127.0.0.1", "-d", directory.path, "\(port)", identity.key, identity.certificate,
            ])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    var url: String { "https://localhost:\(port)/file" }

    /// It does not tell when it listens.
    func isUp(_ transport: HTTPTransport) async throws {
        while let failure = await failure({
            try await transport.perform(HTTPRequest(method: "HEAD", url: url, version: .http2))
        }) {
            try #require(failure.kind == .connect && process.isRunning)
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

    deinit { kill() }
}
