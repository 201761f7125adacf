internal import Core
internal import FoundationEssentials

/// A corpus in a file, an emulator and a daemon for each run, and what must come of it.
final class PipelineScene {
    struct Run {
        let destination: Destination
        let shards: Int
        /// User and system time, per 10^9 bytes of decompressed JSON.
        let cpuSecondsPerGB: Double
        let systemSecondsPerGB: Double
        /// Of the plain decode loop, on the same payloads, just before.
        let decodeSecondsPerGB: Double
        var peakResidentBytes: Int
        let eventsPerSecond: Double
    }

    private let corpus: Corpus
    private let effort: Effort
    private let tailrace: String
    private let directory: ScratchDirectory
    private let decode = DecodePass(pool: TextPool())
    private let times: Int
    private let textBytes: Int
    /// In all records of the stream.
    private let events: Int

    init(_ corpus: Corpus, effort: Effort, tailrace: String) throws {
        self.corpus = corpus
        self.effort = effort
        self.tailrace = tailrace
        directory = try ScratchDirectory()
        textBytes = try decode.textBytes(corpus.payloads).reduce(0, +)
        times = max(1, effort.streamBytes / textBytes)
        events = try decode.run(corpus.payloads) * times
        try CorpusFile.write(corpus, to: "\(directory.path)/corpus")
    }

    /// Decompressed JSON in all records of the stream.
    private var gigabytes: Double { Double(textBytes * times) / 1e9 }

    func run(to destination: Destination, shards: Int) throws -> Run {
        let place = "\(directory.path)/\(destination.rawValue)-\(shards)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let emulator = try Emulator(
            tailrace, corpus: "\(directory.path)/corpus", times: times, shards: shards, log: "\(place)/emulator.log")
        let decode = try decodeSecondsPerGB()
        let outcome = try Daemon(tailrace, to: destination, of: emulator, below: place).finish(shards: shards)
        try check(outcome.ledger, of: destination)
        try FileManager.default.removeItem(atPath: place)
        return Run(
            destination: destination, shards: shards,
            cpuSecondsPerGB: (outcome.userSeconds + outcome.systemSeconds) / gigabytes,
            systemSecondsPerGB: outcome.systemSeconds / gigabytes, decodeSecondsPerGB: decode,
            peakResidentBytes: outcome.peakResidentBytes, eventsPerSecond: Double(events) / outcome.busySeconds)
    }

    private func decodeSecondsPerGB() throws -> Double {
        var (seconds, passes) = (0.0, 0.0)
        while seconds < effort.secondsMin {
            seconds += try CPUTime.spent { _ = try decode.run(corpus.payloads) }
            passes += 1
        }
        return seconds / passes / (Double(textBytes) / 1e9)
    }

    /// Every record read and settled, every event where it should be.
    private func check(_ ledger: [String: Int], of destination: Destination) throws(BenchmarkFailure) {
        var expected = [
            "records-read": corpus.payloads.count * times, "events-read": events, "records-pending": 0,
            "records-dead-lettered": 0,
        ]
        switch destination {
        case .nothing: expected["events-filtered"] = events
        case .files: expected["archive-delivered"] = events
        case .logGroup: expected["central-delivered"] = events
        }
        for (column, count) in expected.sorted(by: { $0.key < $1.key }) where ledger[column] != count {
            throw BenchmarkFailure(
                "the daemon's ledger has \(column) \(ledger[column] ?? 0), not \(count), delivering to "
                    + "\(destination.rawValue). A log group takes no events older than 14 days.")
        }
    }
}
