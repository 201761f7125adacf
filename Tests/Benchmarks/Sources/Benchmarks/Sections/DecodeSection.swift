internal import Core

/// The decoder beside zlib's inflate alone, on the same payloads in turn.
struct DecodeSection {
    struct Row: Encodable {
        let corpus: String
        let decodeMBps: Double
        let zlibMBps: Double
        /// The median of the rounds' ratios.
        let ratio: Double
        let eventsPerSecond: Double
    }

    let effort: Effort

    func row(_ corpus: Corpus) throws -> Row {
        do {
            return try measured(corpus)
        } catch let failure as BenchmarkFailure {
            throw BenchmarkFailure("\(corpus.name): \(failure)")
        }
    }

    private func measured(_ corpus: Corpus) throws -> Row {
        let decode = DecodePass(pool: TextPool())
        let lengths = try decode.textBytes(corpus.payloads)
        let inflate = try InflateAlone(textBytesMax: lengths.max() ?? 0)
        let events = try decode.run(corpus.payloads)
        try Self.inflate(corpus.payloads, lengths, with: inflate)
        var rounds: [Round] = []
        for _ in 0..<effort.rounds {
            var round = Round()
            while min(round.decodeSeconds, round.zlibSeconds) < effort.secondsMin {
                round.decodeSeconds += try CPUTime.spent { _ = try decode.run(corpus.payloads) }
                round.zlibSeconds += try CPUTime.spent { try Self.inflate(corpus.payloads, lengths, with: inflate) }
                round.passes += 1
            }
            rounds.append(round)
        }
        let textBytes = Double(lengths.reduce(0, +))
        return Row(
            corpus: corpus.name,
            decodeMBps: (rounds.map { $0.passes * textBytes / $0.decodeSeconds }.median / 1e6).rounded(toPlaces: 1),
            zlibMBps: (rounds.map { $0.passes * textBytes / $0.zlibSeconds }.median / 1e6).rounded(toPlaces: 1),
            ratio: rounds.map { $0.zlibSeconds / $0.decodeSeconds }.median.rounded(toPlaces: 3),
            eventsPerSecond: rounds.map { $0.passes * Double(events) / $0.decodeSeconds }.median.rounded())
    }

    /// Both sides pass over the corpus as often.
    private struct Round {
        var decodeSeconds = 0.0
        var zlibSeconds = 0.0
        var passes = 0.0
    }

    private static func inflate(_ payloads: [[UInt8]], _ lengths: [Int], with inflate: InflateAlone) throws {
        for index in payloads.indices {
            guard payloads[index].withUnsafeBytes({ inflate.inflates($0, textBytes: lengths[index]) }) else {
                throw BenchmarkFailure("payload \(index) decodes but is not one gzip member, so zlib cannot run beside")
            }
        }
    }
}

extension DecodeSection {
    /// Of the corpora that have a mark, unless others were asked for.
    func report(_ arguments: Arguments) throws {
        var report = Report<Row>(
            json: arguments.json,
            columns: [
                Column("corpus", width: 14, \.corpus), Column("decode MB/s") { $0.decodeMBps.text(places: 1) },
                Column("zlib MB/s") { $0.zlibMBps.text(places: 1) }, Column("ratio") { $0.ratio.text(places: 3) },
                Column("mark") { MadeCorpus(rawValue: $0.corpus)?.mark?.text(places: 2) ?? "" },
                Column("events/s", width: 10) { $0.eventsPerSecond.text(places: 0) },
            ])
        for corpus in try arguments.corpora(orElse: MadeCorpus.allCases.filter { $0.mark != nil }) {
            report.add(try row(corpus))
        }
        try report.finish()
    }
}
