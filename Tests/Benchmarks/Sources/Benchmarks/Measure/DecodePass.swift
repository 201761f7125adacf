internal import Core

/// Decodes payloads one after the other, and drops what comes of each unless it is asked for.
final class DecodePass {
    /// As the program's default.
    private static let maxRecord = 64 << 20

    private let decoder: RecordDecoder

    init(pool: TextPool) { decoder = RecordDecoder(pool: pool) }

    func outcome(_ payload: [UInt8]) -> DecodeOutcome {
        payload.withUnsafeBytes { decoder.decode($0, allowance: Self.maxRecord, maxRecord: Self.maxRecord) }
    }

    /// How many events there were in all payloads.
    func run(_ payloads: [[UInt8]]) throws(BenchmarkFailure) -> Int {
        var events = 0
        for index in payloads.indices { events += try record(payloads[index], index).events.count }
        return events
    }

    /// The length of each payload's text.
    func textBytes(_ payloads: [[UInt8]]) throws(BenchmarkFailure) -> [Int] {
        var lengths: [Int] = []
        for index in payloads.indices { lengths.append(try record(payloads[index], index).text.bytes.count) }
        return lengths
    }

    func records(_ payloads: [[UInt8]]) throws(BenchmarkFailure) -> [DecodedRecord] {
        var records: [DecodedRecord] = []
        for index in payloads.indices { records.append(try record(payloads[index], index)) }
        return records
    }

    private func record(_ payload: [UInt8], _ index: Int) throws(BenchmarkFailure) -> DecodedRecord {
        switch outcome(payload) {
        case .decoded(let record): return record
        case .undecodable(let why):
            throw BenchmarkFailure("payload \(index) is undecodable: \(why.reason.rawValue), \(why.detail)")
        case .needsMore: throw BenchmarkFailure("payload \(index) wants more than \(Self.maxRecord) bytes")
        }
    }
}
