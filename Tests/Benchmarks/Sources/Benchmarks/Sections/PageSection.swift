internal import Core

/// What the body of a GetRecords reply takes to become a page.
struct PageSection {
    struct Row: Encodable {
        let encoding: Encoding
        let records: Int
        let bodyBytes: Int
        let bodyMBps: Double
        /// The same by the bytes of the payloads alone, by which encodings can be compared.
        let payloadMBps: Double
        /// What the payloads take of the time: the difference to a page with as many records that have none.
        let payloadShare: Double
    }

    /// What the protocol writes a reply in.
    enum Encoding: String, CaseIterable, Encodable {
        case json, cbor
    }

    let effort: Effort

    func report(_ arguments: Arguments) throws {
        var report = Report<Row>(
            json: arguments.json,
            columns: [
                Column("page of", \.encoding.rawValue), Column("records") { String($0.records) },
                Column("body bytes") { String($0.bodyBytes) }, Column("body MB/s") { $0.bodyMBps.text(places: 1) },
                Column("payload MB/s") { $0.payloadMBps.text(places: 1) },
                Column("share of payloads") { $0.payloadShare.text(places: 2) },
            ])
        for encoding in Encoding.allCases { report.add(try row(encoding)) }
        try report.finish()
    }

    private func row(_ encoding: Encoding) throws -> Row {
        let full = PageTimer(encoding, isEmpty: false)
        let empty = PageTimer(encoding, isEmpty: true)
        var rounds: [(full: Double, empty: Double)] = []
        for _ in 0..<effort.rounds {
            rounds.append((try full.secondsPerPage(effort), try empty.secondsPerPage(effort)))
        }
        let pagesPerSecond = 1 / rounds.map(\.full).median
        return Row(
            encoding: encoding, records: PageBody.usualRecords, bodyBytes: full.body.bytes.count,
            bodyMBps: (Double(full.body.bytes.count) * pagesPerSecond / 1e6).rounded(toPlaces: 1),
            payloadMBps: (Double(full.body.payloadBytes) * pagesPerSecond / 1e6).rounded(toPlaces: 1),
            payloadShare: rounds.map { 1 - $0.empty / $0.full }.median.rounded(toPlaces: 2))
    }
}

/// Reads the same body again and again.
private struct PageTimer {
    let body: PageBody
    private let encoding: PageSection.Encoding

    init(_ encoding: PageSection.Encoding, isEmpty: Bool) {
        self.encoding = encoding
        switch encoding {
        case .json: body = .json(records: PageBody.usualRecords, isEmpty: isEmpty)
        case .cbor: body = .cbor(records: PageBody.usualRecords, isEmpty: isEmpty)
        }
    }

    /// The mean of as many pages as `effort` asks for. Each is read from a copy, which it overwrites and which is not
    /// counted.
    func secondsPerPage(_ effort: Effort) throws -> Double {
        var spent = 0.0
        var pages = 0.0
        while spent < effort.secondsMin {
            let copy = body.bytes.withUnsafeBytes { [UInt8]($0) }
            let began = CPUTime.ofThread()
            let page = try page(from: consume copy)
            spent += CPUTime.ofThread() - began
            pages += 1
            guard page.records.count == PageBody.usualRecords else { throw BenchmarkFailure("records are missing") }
        }
        return spent / pages
    }

    private func page(from body: consuming [UInt8]) throws(BrokenReply) -> RecordPage {
        switch encoding {
        case .json: try GetRecordsReply.page(from: consume body)
        case .cbor: try GetRecordsReply.page(fromCBOR: consume body)
        }
    }
}
