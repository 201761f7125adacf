internal import Core

/// What writes log events for sinks, beside memcpy of the same output.
struct WritersSection {
    struct Row: Encodable {
        let corpus: String
        let writer: Writer
        let outputGBps: Double
        let memcpyGBps: Double
        /// The writer's rate over memcpy's.
        let ratio: Double
    }

    enum Writer: String, CaseIterable, Encodable {
        case ndjson, text
        case putLogEvents = "put-log-events"
    }

    let effort: Effort

    func report(_ arguments: Arguments) throws {
        var report = Report<Row>(
            json: arguments.json,
            columns: [
                Column("corpus", width: 14, \.corpus), Column("writer", width: 14, \.writer.rawValue),
                Column("output GB/s") { $0.outputGBps.text(places: 2) },
                Column("memcpy GB/s") { $0.memcpyGBps.text(places: 2) }, Column("ratio") { $0.ratio.text(places: 3) },
            ])
        for corpus in try arguments.corpora(orElse: MadeCorpus.allCases.filter { $0.mark != nil }) {
            let decoded = try DecodedCorpus(corpus)
            for writer in Writer.allCases { report.add(row(decoded, writer)) }
        }
        try report.finish()
    }

    private func row(_ corpus: DecodedCorpus, _ writer: Writer) -> Row {
        var pass = WriterPass(writer)
        let outputs = corpus.records.map { record in
            pass.write(record)
            return pass.output
        }
        let outputBytes = outputs.reduce(0) { $0 + $1.count }
        let copy = CopyPass(outputs)
        let comparison = Comparison(
            effort, ours: { for record in corpus.records { pass.write(record) } }, theirs: { copy.run() })
        let gigabytes = Double(outputBytes) / 1e9
        return Row(
            corpus: corpus.name, writer: writer,
            outputGBps: (gigabytes * comparison.ourPassesPerSecond).rounded(toPlaces: 2),
            memcpyGBps: (gigabytes * comparison.theirPassesPerSecond).rounded(toPlaces: 2),
            ratio: comparison.ratio.rounded(toPlaces: 3))
    }
}

/// Writes one record after the other as a sink does: lines into a buffer that is used again, requests each into their own.
private struct WriterPass {
    private let writer: WritersSection.Writer
    /// What the last record became.
    private(set) var output: [UInt8] = []

    init(_ writer: WritersSection.Writer) { self.writer = writer }

    mutating func write(_ record: DecodedRecord) {
        switch writer {
        case .ndjson: writeLines(record, .ndjson)
        case .text: writeLines(record, .text)
        case .putLogEvents: writeRequest(record)
        }
    }

    private mutating func writeLines(_ record: DecodedRecord, _ format: LineFormat) {
        output.removeAll(keepingCapacity: true)
        for message in record.messages {
            format.append(record.events[message.events], of: message, in: record.text, to: &output)
        }
    }

    private mutating func writeRequest(_ record: DecodedRecord) {
        guard let origin = record.messages.first?.origin else { return }
        var body = PutLogEventsBody(
            logGroup: origin.logGroup, logStream: origin.logStream, reserving: record.text.bytes.count)
        body.append(record.events[...], in: record.text)
        output = body.finish()
    }
}

/// Copies the same bytes, from as far away in memory, into a buffer that is used again.
private final class CopyPass {
    private let outputs: [[UInt8]]
    private let room: UnsafeMutableRawBufferPointer

    init(_ outputs: [[UInt8]]) {
        self.outputs = outputs
        room = .allocate(byteCount: outputs.map(\.count).max() ?? 0, alignment: 64)
    }

    deinit { room.deallocate() }

    func run() {
        for output in outputs { output.withUnsafeBytes { room.copyMemory(from: $0) } }
    }
}
