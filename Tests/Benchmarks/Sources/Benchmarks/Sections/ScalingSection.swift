internal import Core

/// Two threads that decode with one pool, beside one thread alone, and the same of zlib's inflate alone, whose threads
/// share nothing: what the machine gives to a second thread.
struct ScalingSection {
    struct Row: Encodable {
        let corpus: String
        let oneThreadMBps: Double
        let twoThreadsMBps: Double
        /// What two do over what one does, the median of the rounds.
        let ratio: Double
        let zlibRatio: Double
    }

    /// Two threads' rate over one's that is to be reached.
    static let mark = 1.9

    let effort: Effort

    func report(_ arguments: Arguments) throws {
        var report = Report<Row>(
            json: arguments.json,
            columns: [
                Column("corpus", width: 14, \.corpus), Column("1 thread MB/s") { $0.oneThreadMBps.text(places: 1) },
                Column("2 threads MB/s") { $0.twoThreadsMBps.text(places: 1) },
                Column("ratio") { $0.ratio.text(places: 3) }, Column("mark") { _ in Self.mark.text(places: 1) },
                Column("zlib's ratio") { $0.zlibRatio.text(places: 3) },
            ])
        for corpus in try arguments.corpora(orElse: [.mixed]) { report.add(try row(corpus)) }
        try report.finish()
    }

    private func row(_ corpus: Corpus) throws(BenchmarkFailure) -> Row {
        let pool = TextPool()
        let lengths = try DecodePass(pool: pool).textBytes(corpus.payloads)
        let decode = ThreadedPasses(lengths, by: (0..<2).map { _ in Decoding(corpus.payloads, pool: pool) })
        var inflating: [Inflating] = []
        for _ in 0..<2 { inflating.append(try Inflating(corpus.payloads, lengths)) }
        let inflate = ThreadedPasses(lengths, by: inflating)
        var rounds: [Round] = []
        for _ in 0..<effort.rounds { rounds.append(Round(decode, inflate, seconds: effort.secondsMin)) }
        return Row(
            corpus: corpus.name, oneThreadMBps: (rounds.map(\.decodeOne).median / 1e6).rounded(toPlaces: 1),
            twoThreadsMBps: (rounds.map(\.decodeTwo).median / 1e6).rounded(toPlaces: 1),
            ratio: rounds.map { $0.decodeTwo / $0.decodeOne }.median.rounded(toPlaces: 3),
            zlibRatio: rounds.map { $0.inflateTwo / $0.inflateOne }.median.rounded(toPlaces: 3))
    }

    /// Bytes of text a second, by the clock on the wall: a thread that waits for a lock uses no processor.
    private struct Round {
        let decodeOne: Double
        let decodeTwo: Double
        let inflateOne: Double
        let inflateTwo: Double

        init(_ decode: ThreadedPasses<Decoding>, _ inflate: ThreadedPasses<Inflating>, seconds: Double) {
            decodeOne = decode.bytesPerSecond(threads: 1, seconds: seconds)
            decodeTwo = decode.bytesPerSecond(threads: 2, seconds: seconds)
            inflateOne = inflate.bytesPerSecond(threads: 1, seconds: seconds)
            inflateTwo = inflate.bytesPerSecond(threads: 2, seconds: seconds)
        }
    }
}

private struct Decoding: ThreadWork {
    private let payloads: [[UInt8]]
    private let pass: DecodePass

    init(_ payloads: [[UInt8]], pool: TextPool) {
        self.payloads = payloads
        pass = DecodePass(pool: pool)
    }

    func does(_ index: Int) -> Bool {
        if case .decoded = pass.outcome(payloads[index]) { true } else { false }
    }
}

private struct Inflating: ThreadWork {
    private let payloads: [[UInt8]]
    private let lengths: [Int]
    private let inflate: InflateAlone

    init(_ payloads: [[UInt8]], _ lengths: [Int]) throws(BenchmarkFailure) {
        self.payloads = payloads
        self.lengths = lengths
        inflate = try InflateAlone(textBytesMax: lengths.max() ?? 0)
    }

    func does(_ index: Int) -> Bool {
        payloads[index].withUnsafeBytes { inflate.inflates($0, textBytes: lengths[index]) }
    }
}
