internal import FoundationEssentials

/// Where a daemon delivers to.
enum Destination: String, CaseIterable, Encodable {
    /// Every event is read, decoded and filtered.
    case nothing
    case files
    case logGroup = "log-group"

    /// A ratio to the decoder's CPU time that is not to be passed.
    var mark: Double? {
        switch self {
        case .nothing: nil
        case .files: 1.6
        case .logGroup: 2.0
        }
    }

    fileprivate func settings(below directory: String) -> String {
        let files = #"sinks: {archive: {files: {directory: "\#(directory)/files"}}}"#
        return switch self {
        case .nothing: files + "\n" + #"routes: [{match: {owner: "000000000000"}, to: [archive]}]"#
        case .files: files
        case .logGroup: #"sinks: {central: {log-group: {group: "/central/{owner}{log-group}"}}}"#
        }
    }
}

/// A `tailrace run` that reads a stream from its beginning.
final class Daemon {
    static let memory = "128MiB"
    /// As much as that much memory allows.
    private static let maxRecord = "32MiB"
    private static let startSecondsMax = 60.0
    private static let runSecondsMax = 300.0
    private static let stopSecondsMax = 60.0
    /// This long it must use less than this share of one core, and this for every shard, which it polls once a second,
    /// to have nothing left to do. A log group sink waits for more events for a second.
    private static let quietSeconds = 2.0
    private static let quietShare = 0.03
    private static let quietShareOfShard = 0.001

    struct Outcome {
        /// Of its whole life and all its threads.
        let userSeconds: Double
        let systemSeconds: Double
        /// From its start until it had nothing left to do, by the clock on the wall.
        let busySeconds: Double
        let peakResidentBytes: Int
        /// What it said of its ledger when it stopped, by column.
        let ledger: [String: Int]
    }

    private let process: ChildProcess
    private let log: String
    private let started = ContinuousClock.now

    init(_ tailrace: String, to destination: Destination, of emulator: Emulator, below directory: String) throws {
        let settings = """
            stream: {name: \(Emulator.stream), shard-rate: unlimited}
            checkpoints: {sqlite: "\(directory)/state.db"}
            \(destination.settings(below: directory))
            dead-letters: {directory: "\(directory)/dead-letters"}
            memory: \(Self.memory)
            max-record: \(Self.maxRecord)
            log: {format: json}

            """
        let file = "\(directory)/tailrace.yaml"
        try Data(settings.utf8).write(to: URL(filePath: file))
        log = "\(directory)/daemon.log"
        process = try ChildProcess(
            tailrace, ["run", "--config", file], environment: emulator.environment, errors: log)
    }

    /// Waits until it has nothing left to do, and stops it.
    func finish(shards: Int) throws -> Outcome {
        let quietShare = Self.quietShare + Self.quietShareOfShard * Double(shards)
        try wait(for: "its first shard", atMost: Self.startSecondsMax) { try told().contains("reading shard") }
        let figures = ProcessFigures(process.pid)
        var samples: [Sample] = []
        try wait(for: "its rest", atMost: Self.runSecondsMax) {
            let now = Sample(at: started.duration(to: .now) / .seconds(1), cpuSeconds: try figures.cpuSeconds())
            samples.append(now)
            while samples.count > 2, samples[1].at <= now.at - Self.quietSeconds { samples.removeFirst() }
            return now.at - samples[0].at >= Self.quietSeconds
                && now.cpuSeconds - samples[0].cpuSeconds <= quietShare * (now.at - samples[0].at)
        }
        let peak = try figures.peakResidentBytes()
        let ending = try process.stop(within: Self.stopSecondsMax)
        guard ending.exitCode == 0 else {
            throw BenchmarkFailure("tailrace run stopped with \(ending.exitCode): \(try told())")
        }
        return Outcome(
            userSeconds: ending.userSeconds, systemSeconds: ending.systemSeconds, busySeconds: samples[0].at,
            peakResidentBytes: peak, ledger: try ledger())
    }

    private func wait(for what: String, atMost seconds: Double, until isDone: () throws -> Bool) throws {
        try Interruption.wait(for: "tailrace run: \(what)", atMost: seconds) {
            if let ending = process.ended() {
                throw BenchmarkFailure("tailrace run ended with \(ending.exitCode): \(try told())")
            }
            return try isDone()
        }
    }

    private struct Sample {
        /// Seconds since it was started.
        let at: Double
        let cpuSeconds: Double
    }

    private func told() throws -> String { try String(contentsOfFile: log, encoding: .utf8) }

    private struct LastWord: Decodable {
        let message: String
        let metadata: [String: String]?
    }

    private func ledger() throws -> [String: Int] {
        let last = try told().split(separator: "\n").last ?? ""
        let line = try JSONDecoder().decode(LastWord.self, from: Data(last.utf8))
        guard line.message == "stopped", let columns = line.metadata else {
            throw BenchmarkFailure("tailrace run ended without a ledger: \(last)")
        }
        return columns.compactMapValues(Int.init)
    }
}
