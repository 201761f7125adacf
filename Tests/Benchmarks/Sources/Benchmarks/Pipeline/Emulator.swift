internal import FoundationEssentials

/// A `tailrace emulate` with a stream that holds a corpus several times over.
final class Emulator {
    private static let account = "999999999999"
    private static let region = "us-east-1"
    static let stream = "RecipientStream"
    /// Filling the stream included.
    private static let startSecondsMax = 120.0

    private let process: ChildProcess
    private let endpoint: String

    init(_ tailrace: String, corpus: String, times: Int, shards: Int, log: String) throws {
        let process = try ChildProcess(
            tailrace,
            [
                "emulate", "--listen", "127.0.0.1:0", "--corpus", corpus, "--times", "\(times)", "--shards",
                "\(shards)", "--stream", Self.stream, "--account", Self.account, "--region", Self.region, "--unlimited",
            ], environment: ["PATH": "/usr/bin:/bin"], errors: log)
        var endpoint: Substring?
        try Interruption.wait(for: "the emulator", atMost: Self.startSecondsMax) {
            let told = try String(contentsOfFile: log, encoding: .utf8)
            if let ending = process.ended() {
                throw BenchmarkFailure("tailrace emulate ended with \(ending.exitCode): \(told)")
            }
            endpoint = told.split(separator: "\n").first { $0.hasPrefix("listening on ") }?.dropFirst(13)
            return endpoint != nil
        }
        self.process = process
        self.endpoint = String(endpoint ?? "")
    }

    /// In which a program runs as the account whose stream it is.
    var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": "AKIAEMUL\(Self.account)", "AWS_SECRET_ACCESS_KEY": "secret-\(Self.account)",
            "AWS_REGION": Self.region, "AWS_ENDPOINT_URL": endpoint, "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "PATH": "/usr/bin:/bin",
        ]
    }
}
