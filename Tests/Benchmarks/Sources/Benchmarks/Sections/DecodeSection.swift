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
        let comparison = try Comparison(
            effort, ours: { _ = try decode.run(corpus.payloads) },
            theirs: { try Self.inflate(corpus.payloads, lengths, with: inflate) })
        let megabytes = Double(lengths.reduce(0, +)) / 1e6
        return Row(
            corpus: corpus.name, decodeMBps: (megabytes * comparison.ourPassesPerSecond).rounded(toPlaces: 1),
            zlibMBps: (megabytes * comparison.theirPassesPerSecond).rounded(toPlaces: 1),
            ratio: comparison.ratio.rounded(toPlaces: 3),
            eventsPerSecond: (Double(events) * comparison.ourPassesPerSecond).rounded())
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
