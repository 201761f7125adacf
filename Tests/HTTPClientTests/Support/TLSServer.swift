import Foundation
import Testing

/// Removed when the test run ends.
private let temporaryDirectory: URL = {
    atexit { try? FileManager.default.removeItem(at: temporaryDirectory) }
    let process = ProcessInfo.processInfo.processIdentifier
    return FileManager.default.temporaryDirectory.appendingPathComponent("tailrace-http-tests-\(process)")
}()

/// A self-signed certificate for `localhost` (not for 127.0.0.1), made anew for each run, and its key.
struct Identity: Sendable {
    let certificate: String
    let key: String

    static let ofLocalhost = Result { try Identity(name: "localhost") }
    /// Another for the same name.
    static let ofStranger = Result { try Identity(name: "localhost") }

    private init(name: String) throws {
        let directory = temporaryDirectory.appendingPathComponent("\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        certificate = directory.appendingPathComponent("certificate.pem").path
        key = directory.appendingPathComponent("key.pem").path
        let process = Process.openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj",
            "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)", "-keyout", key, "-out", certificate,
        ])
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl req failed")
    }
}

/// `openssl s_server`, which answers every GET with a page about the connection and closes it.
final class TLSServer: Sendable {
    let port: UInt16
    let identity: Identity
    private let process: Process

    init(_ options: [String] = []) throws {
        identity = try Identity.ofLocalhost.get()
        process = Process.openssl(
            ["s_server", "-accept", "127.0.0.1:0", "-www", "-cert", identity.certificate, "-key", identity.key]
                + options)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var text = ""
        while text.firstRange(of: /ACCEPT 127\.0\.0\.1:[0-9]+\n/) == nil {
            let data = output.fileHandleForReading.availableData
            try #require(!data.isEmpty, "openssl s_server has ended")
            text += String(decoding: data, as: UTF8.self)
        }
        port = try #require(text.firstMatch(of: /127\.0\.0\.1:([0-9]+)/).flatMap { UInt16($0.1) })
    }

    var url: String { "https://localhost:\(port)/" }

    /// Not by SIGTERM: the child inherits the signal mask of the thread that made it, where that may be blocked.
    deinit { kill(process.processIdentifier, SIGKILL) }
}

extension Process {
    static func openssl(_ arguments: [String]) -> Process { named("openssl", arguments) }

    /// Looked up in PATH.
    static func named(_ program: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardInput = FileHandle.nullDevice
        return process
    }
}
