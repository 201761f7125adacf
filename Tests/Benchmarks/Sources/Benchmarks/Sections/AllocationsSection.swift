private import CAllocations
internal import Core

/// How often memory is asked for and given back while payloads are decoded, once the decoder is warm.
struct AllocationsSection {
    /// Before counting: what the decoder keeps from one payload to the next has then found its size.
    private static let passesBefore = 3

    struct Row: Encodable {
        let corpus: String
        let payloads: Int
        let events: Int
        let allocations: UInt64
        let frees: UInt64
        let allocationsPerPayload: Double
        let allocationsPerEvent: Double
    }

    func report(_ arguments: Arguments) throws {
        var report = Report<Row>(
            json: arguments.json,
            columns: [
                Column("corpus", width: 14, \.corpus), Column("payloads") { String($0.payloads) },
                Column("events", width: 8) { String($0.events) }, Column("allocations") { String($0.allocations) },
                Column("frees", width: 11) { String($0.frees) },
                Column("per payload") { $0.allocationsPerPayload.text(places: 3) },
                Column("per event") { $0.allocationsPerEvent.text(places: 4) }, Column("mark") { _ in "0" },
            ])
        for corpus in try arguments.corpora(orElse: MadeCorpus.allCases) { report.add(try row(corpus)) }
        try report.finish()
    }

    private func row(_ corpus: Corpus) throws(BenchmarkFailure) -> Row {
        let decode = DecodePass(pool: TextPool())
        for _ in 0..<Self.passesBefore { _ = try decode.run(corpus.payloads) }
        callocations_start()
        let events = try decode.run(corpus.payloads)
        let counts = callocations_stop()
        return Row(
            corpus: corpus.name, payloads: corpus.payloads.count, events: events, allocations: counts.allocations,
            frees: counts.frees,
            allocationsPerPayload: (Double(counts.allocations) / Double(corpus.payloads.count)).rounded(toPlaces: 3),
            allocationsPerEvent: (Double(counts.allocations) / Double(max(events, 1))).rounded(toPlaces: 4))
    }
}
