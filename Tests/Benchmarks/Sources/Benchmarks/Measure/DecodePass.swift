internal import Core

/// Decodes all payloads of a corpus, one after the other, and drops what comes of each.
final class DecodePass {
    /// As the program's default.
    static let maxRecord = 64 << 20

    private let decoder: RecordDecoder

    init(pool: TextPool) { decoder = RecordDecoder(pool: pool) }

    /// How many events there were.
    func run(_ payloads: [[UInt8]]) throws(BenchmarkFailure) -> Int {
        var events = 0
        for index in payloads.indices { events += try decoded(payloads[index], index).events.count }
        return events
    }

    /// The length of each text, of which there is to be one a payload.
    func textBytes(_ payloads: [[UInt8]]) throws(BenchmarkFailure) -> [Int] {
        var lengths: [Int] = []
        for index in payloads.indices { lengths.append(try decoded(payloads[index], index).text.bytes.count) }
        return lengths
    }

    private func decoded(_ payload: [UInt8], _ index: Int) throws(BenchmarkFailure) -> DecodedRecord {
        let outcome = payload.withUnsafeBytes {
            decoder.decode($0, allowance: Self.maxRecord, maxRecord: Self.maxRecord)
        }
        switch outcome {
        case .decoded(let record): return record
        case .undecodable(let why):
            throw BenchmarkFailure("payload \(index) is undecodable: \(why.reason.rawValue), \(why.detail)")
        case .needsMore: throw BenchmarkFailure("payload \(index) wants more than \(Self.maxRecord) bytes")
        }
    }
}
