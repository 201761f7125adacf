import CAllocations
import Core
import Testing

@testable import Benchmarks

/// What the numbers are made of.
@Suite(.serialized) struct MeasureTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
        (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (1_763_632_800_000, "2025-11-20T10:00:00.000Z"),
        (1_767_225_600_000, "2026-01-01T00:00:00.000Z"),
    ]) func timesAreWritten(milliseconds: Int, text: String) {
        #expect(LogTime(milliseconds: milliseconds).precise == text)
    }

    @Test(arguments: [([3], 3), ([1, 9, 2], 2), ([4, 1, 2, 9], 3)]) func theMedianIsInTheMiddle(
        numbers: [Double], median: Double
    ) {
        #expect(numbers.median == median)
    }

    @Test(arguments: [
        (0.7349, 2, "0.73"), (12.0, 1, "12.0"), (-0.06, 1, "-0.1"), (-0.04, 1, "0.0"), (1234.5, 0, "1235"),
    ])
    func numbersAreRounded(number: Double, places: Int, text: String) {
        #expect(number.text(places: places) == text)
    }

    @Test func zlibMustFindOneMemberOfThatLength() throws {
        let payload = try Gzip.compress(Array("some text".utf8))
        let inflate = try InflateAlone(textBytesMax: 100)
        func inflates(_ payload: [UInt8], _ bytes: Int) -> Bool {
            payload.withUnsafeBytes { inflate.inflates($0, textBytes: bytes) }
        }
        #expect(inflates(payload, 9))
        #expect(!inflates(payload, 8))
        #expect(!inflates(payload, 10))
        #expect(!inflates(payload + payload, 9))
        #expect(!inflates(payload.dropLast(), 9))
        #expect(inflates(payload, 9))
    }

    @Test(.enabled(if: LibdeflateAlone.isThere)) func libdeflateMustFindThatLength() throws {
        let payload = try Gzip.compress(Array("some text".utf8))
        let inflate = try #require(try LibdeflateAlone(textBytesMax: 100))
        func inflates(_ payload: [UInt8], _ bytes: Int) -> Bool {
            payload.withUnsafeBytes { inflate.inflates($0, textBytes: bytes) }
        }
        #expect(inflates(payload, 9))
        #expect(!inflates(payload, 8))
        #expect(!inflates(payload, 10))
        #expect(!inflates(payload.dropLast(), 9))
        #expect(inflates(payload, 9))
    }

    /// Other threads may allocate as well, so there may be more.
    @Test func allocationsAreCounted() {
        callocations_start()
        for size in 1...100 { UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16).deallocate() }
        for size in 1...100 { UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64).deallocate() }
        let counts = callocations_stop()
        #expect(counts.allocations >= 200)
        #expect(counts.frees >= 200)
    }

    @Test func aBrokenPayloadIsNamed() throws {
        let payload = try Gzip.compress(Array("{}".utf8))
        let failure = #expect(throws: BenchmarkFailure.self) {
            try DecodedCorpus(Corpus(name: "x", payloads: [payload]))
        }
        #expect(failure?.description.contains("payload 0 is undecodable: not-a-subscription-message") == true)
    }

    @Test func aPageHasItsRecordsInBothEncodings() throws {
        let json = PageBody.json(records: 20, isEmpty: false)
        let cbor = PageBody.cbor(records: 20, isEmpty: false)
        for page in [try GetRecordsReply.page(from: json.bytes), try GetRecordsReply.page(fromCBOR: cbor.bytes)] {
            #expect(page.records.count == 20)
            #expect(page.records.reduce(0) { $0 + $1.payload.count } == json.payloadBytes)
        }
    }
}
