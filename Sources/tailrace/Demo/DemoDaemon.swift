import Foundation
internal import Locking
private import Pipeline

/// The real daemon, this very program, as a process of its own.
final class DemoDaemon: Sendable {
    /// What it said of its ledger when it stopped, by column.
    typealias LastWord = [String: Int]

    private let process: Locked<Process>
    private let log: URL

    /// Starts `tailrace run` with a settings file in `directory`, where it also logs.
    init(directory: URL, settings: String, environment: [String: String]) throws {
        let file = directory.appendingPathComponent("tailrace.yaml")
        try Data(settings.utf8).write(to: file)
        log = directory.appendingPathComponent("daemon.log")
        try Data().write(to: log)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["run", "--config", file.path]
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        self.process = Locked(process)
    }

    var isRunning: Bool { process.withLock { $0.isRunning } }

    /// Stops it in order and returns its last word. Throws when it did not end well.
    func stop() throws -> LastWord {
        let status = process.withLock { process in
            if process.isRunning { process.terminate() }
            process.waitUntilExit()
            return process.terminationStatus
        }
        guard status == 0 else {
            throw CommandFailure(.failed, "the daemon ended with \(status); its log: \(log.path)")
        }
        return try lastWord()
    }

    /// Ends it at once, whatever it does: for a demo that fails half way.
    func kill() {
        process.withLock { process in
            if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
        }
    }

    private func lastWord() throws -> LastWord {
        let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
        for line in lines.reversed() {
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                object["message"] as? String == "stopped", let metadata = object["metadata"] as? [String: String]
            else { continue }
            return metadata.compactMapValues(Int.init)
        }
        throw CommandFailure(.failed, "the daemon said nothing of its ledger; its log: \(log.path)")
    }
}
