internal import FoundationEssentials

/// Writes the made corpora as files, for whatever reads that framing: `tailrace decode`, `tailrace emulate --corpus`.
struct WriteSection {
    struct Row: Encodable {
        let file: String
        let payloads: Int
        let bytes: Int
    }

    func report(_ arguments: Arguments) throws {
        let directory = arguments.directory
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var report = Report<Row>(
            json: arguments.json,
            columns: [
                Column("file", width: 40, \.file), Column("payloads") { String($0.payloads) },
                Column("bytes", width: 9) { String($0.bytes) },
            ])
        for corpus in try arguments.corpora(orElse: MadeCorpus.allCases) {
            let path = "\(directory)/\(corpus.name).corpus"
            try CorpusFile.write(corpus, to: path)
            report.add(
                Row(file: path, payloads: corpus.payloads.count, bytes: corpus.payloads.reduce(0) { $0 + 4 + $1.count })
            )
        }
        try report.finish()
    }
}
