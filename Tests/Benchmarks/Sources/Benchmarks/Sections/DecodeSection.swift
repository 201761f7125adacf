internal import Core

/// The decoder beside zlib's inflate alone, on the same payloads in turn; and beside libdeflate's alone when it is what
/// the decoder inflates with.
struct DecodeSection {
    struct Row: Encodable {
        let corpus: String
        let decodeMBps: Double
        let zlibMBps: Double
        /// The median of the rounds' ratios.
        let ratio: Double
        /// Both are `nil`, and absent from JSON, without libdeflate.
        let libdeflateMBps: Double?
        let libdeflateRatio: Double?
        let eventsPerSecond: Double
    }

    /// The decoder's rate over libdeflate's that is to be reached, whatever the corpus.
    private static let libdeflateMark = 0.80

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
        let textBytesMax = lengths.max() ?? 0
        let zlib = try InflateAlone(textBytesMax: textBytesMax)
        let events = try decode.run(corpus.payloads)
        let besideZlib = try compare(decode, corpus.payloads, lengths, zlib.inflates)
        let besideLibdeflate = try LibdeflateAlone(textBytesMax: textBytesMax).map {
            try compare(decode, corpus.payloads, lengths, $0.inflates)
        }
        let megabytes = Double(lengths.reduce(0, +)) / 1e6
        return Row(
            corpus: corpus.name, decodeMBps: (megabytes * besideZlib.ourPassesPerSecond).rounded(toPlaces: 1),
            zlibMBps: (megabytes * besideZlib.theirPassesPerSecond).rounded(toPlaces: 1),
            ratio: besideZlib.ratio.rounded(toPlaces: 3),
            libdeflateMBps: besideLibdeflate.map { (megabytes * $0.theirPassesPerSecond).rounded(toPlaces: 1) },
            libdeflateRatio: besideLibdeflate.map { $0.ratio.rounded(toPlaces: 3) },
            eventsPerSecond: (Double(events) * besideZlib.ourPassesPerSecond).rounded())
    }

    private func compare(
        _ decode: DecodePass, _ payloads: [[UInt8]], _ lengths: [Int], _ inflates: (UnsafeRawBufferPointer, Int) -> Bool
    ) throws -> Comparison {
        func inflate() throws {
            for index in payloads.indices {
                guard payloads[index].withUnsafeBytes({ inflates($0, lengths[index]) }) else {
                    throw BenchmarkFailure(
                        "payload \(index) decodes but is not one gzip member, so nothing can inflate it beside")
                }
            }
        }
        try inflate()
        return try Comparison(effort, ours: { _ = try decode.run(payloads) }, theirs: inflate)
    }
}

extension DecodeSection {
    /// Of the corpora that have a mark, unless others were asked for.
    func report(_ arguments: Arguments) throws {
        var report = Report<Row>(json: arguments.json, columns: Self.columns)
        for corpus in try arguments.corpora(orElse: MadeCorpus.allCases.filter { $0.mark != nil }) {
            report.add(try row(corpus))
        }
        try report.finish()
    }

    private static var columns: [Column<Row>] {
        [
            Column("corpus", width: 14, \.corpus), Column("decode MB/s") { $0.decodeMBps.text(places: 1) },
            Column("zlib MB/s") { $0.zlibMBps.text(places: 1) }, Column("ratio") { $0.ratio.text(places: 3) },
            Column("mark") { MadeCorpus(rawValue: $0.corpus)?.mark?.text(places: 2) ?? "" },
        ] + (LibdeflateAlone.isThere ? libdeflateColumns : []) + [
            Column("events/s", width: 10) { $0.eventsPerSecond.text(places: 0) }
        ]
    }

    private static var libdeflateColumns: [Column<Row>] {
        [
            Column("libdeflate MB/s") { $0.libdeflateMBps?.text(places: 1) ?? "" },
            Column("ratio") { $0.libdeflateRatio?.text(places: 3) ?? "" },
            Column("mark") { _ in libdeflateMark.text(places: 2) },
        ]
    }
}
