import Core
import Testing

@testable import Benchmarks

/// What is measured stays the same from one machine and year to the next, and is what CloudWatch Logs sends.
@Suite struct MadeCorpusTests {
    private static let textBytes = 2_000_000

    private static func records(_ corpus: MadeCorpus) throws -> [DecodedRecord] {
        let made = try corpus.make(textBytes: textBytes, startMilliseconds: LogTime.usualStart)
        return try DecodedCorpus(made).records
    }

    /// Whoever changes a corpus changes this: then results from before cannot be compared with those from after.
    private static let checksums: [MadeCorpus: UInt64] = [
        .cloudtrail: 0x5558_da29_43e9_dd5c,
        .vpcFlow: 0x0eb0_f402_3429_2ba7,
        .lambda: 0x6365_a35d_256a_2155,
        .application: 0xd301_40b7_0a90_25e4,
        .mixed: 0x67d6_6a80_8efe_d29a,
    ]

    @Test(arguments: MadeCorpus.allCases) func theTextsAreKnown(corpus: MadeCorpus) throws {
        var checksum: UInt64 = 0xcbf2_9ce4_8422_2325
        for record in try Self.records(corpus) {
            for byte in record.text.bytes { checksum = (checksum ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        #expect(checksum == Self.checksums[corpus])
    }

    @Test(arguments: MadeCorpus.allCases) func sizesAreAsAsked(corpus: MadeCorpus) throws {
        let lengths = try Self.records(corpus).map(\.text.bytes.count)
        #expect((Self.textBytes..<Self.textBytes + 40_000).contains(lengths.reduce(0, +)))
        #expect(lengths.allSatisfy { $0 < 1_010_000 })
    }

    @Test(arguments: MadeCorpus.allCases.filter { $0 != .mixed }) func idsGrow(corpus: MadeCorpus) throws {
        let ids = try Self.records(corpus).flatMap { record in
            record.events.map { event in event.id.map { String(decoding: record.text[$0], as: UTF8.self) } ?? "" }
        }
        #expect(ids.allSatisfy { $0.utf8.count == 56 })
        #expect(zip(ids, ids.dropFirst()).allSatisfy(<))
    }

    @Test func messagesAreOfTheirLength() throws {
        func mean(_ corpus: MadeCorpus) throws -> Int {
            let events = try Self.records(corpus).flatMap(\.events)
            return events.reduce(0) { $0 + $1.messageBytes } / events.count
        }
        #expect((1800...2200).contains(try mean(.cloudtrail)))
        #expect((105...125).contains(try mean(.vpcFlow)))
    }

    @Test func applicationsWriteUnicodeBothWays() throws {
        let texts = try Self.records(.application).map { String(decoding: $0.text.bytes, as: UTF8.self) }
        #expect(texts.contains { $0.contains("Jürgen") })
        #expect(texts.contains { $0.contains(#"J\u00fcrgen"#) })
        #expect(texts.contains { $0.contains(#"\ud83c\udf89"#) })
        #expect(texts.allSatisfy { $0.contains(#"\n\tat "#) || $0.utf8.count < 30_000 })
    }
}
