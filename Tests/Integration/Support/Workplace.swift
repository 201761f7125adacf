import Emulator
import Foundation
import Testing

/// A directory for one daemon: its settings, its store, its files, what it said.
///
/// It is removed with the last reference to it.
final class Workplace: Sendable {
    /// What a daemon said of its ledger when it stopped, by column.
    typealias LastWord = [String: Int]

    let directory: URL
    var files: URL { directory.appendingPathComponent("files") }
    var settings: URL { directory.appendingPathComponent("tailrace.yaml") }
    var store: URL { directory.appendingPathComponent("state.db") }
    /// Standard error of all runs, one after the other.
    var log: URL { directory.appendingPathComponent("log") }
    /// Standard output of all runs.
    var output: URL { directory.appendingPathComponent("output") }

    init() throws {
        // Short: the address of a local socket below it has to fit into 107 bytes.
        directory = URL(fileURLWithPath: "/tmp/tailrace-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// Sinks as the settings file names them.
    enum Sink: String, CaseIterable {
        case central, archive, console
    }

    static func group(_ logGroup: String = Traffic.logGroup) -> String { "/central/\(Traffic.owner)\(logGroup)" }

    /// Writes the settings file.
    func write(
        sinks: Set<Sink>, start: String = "trim-horizon", recordsProtocol: String = "cbor",
        shardRate: String = "unlimited", memory: String = "256MiB", maxRecord: String = "64MiB", routes: String = "[]",
        admin: String? = "off", stuckAfter: String = "5m"
    ) throws {
        let text = """
            stream: {name: \(Account.stream.name), region: \(Account.region), start: \(start),
                     protocol: \(recordsProtocol), shard-rate: \(shardRate)}
            checkpoints: {sqlite: "\(store.path)", interval: 200ms}
            sinks:
            \(sinks.sorted { $0.rawValue < $1.rawValue }.map { "  \($0.rawValue): \(kind($0))" }.joined(separator: "\n"))
            routes: \(routes)
            dead-letters: {directory: "\(directory.path)/dead-letters"}
            memory: \(memory)
            max-record: \(maxRecord)
            \(admin.map { "admin: {listen: \"\($0)\"}" } ?? "")
            stuck-after: \(stuckAfter)
            log: {level: debug, format: json}
            """
        try Data(text.utf8).write(to: settings)
    }

    private func kind(_ sink: Sink) -> String {
        switch sink {
        case .central:
            #"{log-group: {region: \#(Account.centralRegion), group: "/central/{owner}{log-group}", linger: 100ms}}"#
        case .archive: #"{files: {directory: "\#(files.path)", path: "{owner}/{log-group}/{log-stream}.ndjson"}}"#
        case .console: "{stdout: {format: ndjson}}"
        }
    }

    // MARK: Programs

    /// Starts `tailrace run` with the settings file.
    func daemon(of account: Account, adding variables: [String: String] = [:], output: Int32? = nil) throws -> Program {
        try program(["run", "--config", settings.path], of: account, adding: variables, output: output)
    }

    /// Starts a program. `output` is by default the file of that name.
    func program(
        _ arguments: [String], as path: String = Program.tailrace, of account: Account,
        adding variables: [String: String] = [:], output: Int32? = nil
    ) throws -> Program {
        let (errorFile, outputFile) = (try appending(log), try appending(self.output))
        defer { [errorFile, outputFile].forEach { close($0) } }
        return try Program(
            path, arguments, environment: account.environment.merging(variables) { $1 }, output: output ?? outputFile,
            errors: errorFile)
    }

    /// Runs the program to its end, and answers what it wrote, without what a daemon beside it writes meanwhile.
    func run(
        _ arguments: [String], of account: Account
    ) async throws -> (ending: Program.Ending, output: String, errors: String) {
        let own = [output, log].map { URL(fileURLWithPath: "\($0.path)-\(UUID().uuidString)") }
        defer { own.forEach { try? FileManager.default.removeItem(at: $0) } }
        let files = try own.map(appending)
        defer { files.forEach { close($0) } }
        let program = try Program(arguments, environment: account.environment, output: files[0], errors: files[1])
        let ending = try await program.ended()
        let texts = try own.map(text)
        for (text, file) in zip(texts, [output, log]) { try append(text, to: file) }
        return (ending, texts[0], texts[1])
    }

    private func append(_ text: String, to file: URL) throws {
        try FileHandle(fileDescriptor: try appending(file), closeOnDealloc: true).write(contentsOf: Data(text.utf8))
    }

    private func appending(_ file: URL) throws -> Int32 {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        try #require(descriptor >= 0)
        return descriptor
    }

    // MARK: What they left

    func text(_ file: URL) throws -> String {
        FileManager.default.fileExists(atPath: file.path) ? try String(contentsOf: file, encoding: .utf8) : ""
    }

    /// Every regular file of the files sink, by its path below the directory. The sink's own notes are none of what was
    /// delivered.
    func delivered() throws -> [String: [UInt8]] { try Self.tree(files).filter { !$0.key.hasPrefix(".tailrace.") } }

    /// Expects these files, and no others, below the files sink's directory.
    func expectFiles(
        _ expected: [String: [UInt8]], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let difference = try difference(from: expected)
        #expect(difference == nil, sourceLocation: sourceLocation)
    }

    /// Tells the first file or byte in which the files sink's directory differs; `nil` when it does not.
    private func difference(from expected: [String: [UInt8]]) throws -> String? {
        let tree = try delivered()
        guard Set(tree.keys) == Set(expected.keys) else {
            return "there are \(tree.keys.sorted()), not \(expected.keys.sorted())"
        }
        for (path, bytes) in tree.sorted(by: { $0.key < $1.key }) {
            guard let other = expected[path], bytes != other else { continue }
            let same = zip(bytes, other).prefix { $0 == $1 }.count
            return "\(path), \(bytes.count) bytes long, not \(other.count), differs from byte \(same) on"
        }
        return nil
    }

    private static func tree(_ directory: URL) throws -> [String: [UInt8]] {
        var tree: [String: [UInt8]] = [:]
        guard let names = FileManager.default.enumerator(atPath: directory.path) else { return [:] }
        for case let name as String in names where names.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
            tree[name] = Array(try Data(contentsOf: directory.appendingPathComponent(name)))
        }
        return tree
    }

    /// How many bytes all files have, hidden ones left out.
    func deliveredBytes() -> Int {
        guard let names = FileManager.default.enumerator(atPath: files.path) else { return 0 }
        var bytes = 0
        for case let name as String in names where !name.hasPrefix(".") {
            guard names.fileAttributes?[.type] as? FileAttributeType == .typeRegular else { continue }
            bytes += names.fileAttributes?[.size] as? Int ?? 0
        }
        return bytes
    }

    struct DeadLetter: Decodable {
        let reason: String
        let detail: String
        let shardId: String
        let sequenceNumber: String
        let sink: String?
        let data: Data?
    }

    func deadLetters() throws -> [DeadLetter] {
        let file = directory.appendingPathComponent("dead-letters/dead-letters.ndjson")
        return try text(file).split(separator: "\n").map {
            try JSONDecoder().decode(DeadLetter.self, from: Data($0.utf8))
        }
    }

    /// Of the last daemon that stopped in order.
    func lastWord() throws -> LastWord {
        let lines = try logLines().filter { $0.message == "stopped" }
        return try #require(lines.last).metadata.compactMapValues(Int.init)
    }

    struct LogLine: Decodable {
        let level: String
        let message: String
        let metadata: [String: String]

        private enum Key: String, CodingKey { case level, message, metadata }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Key.self)
            level = try members.decode(String.self, forKey: .level)
            message = try members.decode(String.self, forKey: .message)
            metadata = try members.decodeIfPresent([String: String].self, forKey: .metadata) ?? [:]
        }
    }

    /// All that was logged as JSON.
    func logLines() throws -> [LogLine] {
        try text(log).split(separator: "\n").filter { $0.hasPrefix("{") }.map {
            try JSONDecoder().decode(LogLine.self, from: Data($0.utf8))
        }
    }
}
