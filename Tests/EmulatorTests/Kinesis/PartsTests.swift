import Foundation
import Hummingbird
import NIOCore
import Testing

@testable import Emulator

@Suite struct HashKeys {
    /// The test suite of RFC 1321, and a length of each kind of padding.
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"), ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
        (
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            "d174ab98d277d9f5a5611c2c9f419d9f"
        ),
        (String(repeating: "1234567890", count: 8), "57edf4a22be3c955ac49da2e2107b67a"),
        (String(repeating: "x", count: 55), "04364420e25c512fd958a70738aa8f72"),
        (String(repeating: "x", count: 56), "668a72d5ba17f08e62dabcafad6db14b"),
        (String(repeating: "x", count: 64), "c1bb4f81d892b2d57947682aeb252456"),
    ])
    func areMD5(text: String, digest: String) {
        #expect(MD5.digest(Array(text.utf8)).map { String(format: "%02x", $0) }.joined() == digest)
        #expect(String(HashKey.of(partitionKey: text), radix: 16) == String(digest.drop { $0 == "0" }))
    }

    @Test(arguments: [
        (1, ["0", "340282366920938463463374607431768211455"]),
        (
            2,
            [
                "0", "170141183460469231731687303715884105727", "170141183460469231731687303715884105728",
                "340282366920938463463374607431768211455",
            ]
        ),
        (
            3,
            [
                "0", "113427455640312821154458202477256070484", "113427455640312821154458202477256070485",
                "226854911280625642308916404954512140969", "226854911280625642308916404954512140970",
                "340282366920938463463374607431768211455",
            ]
        ),
    ])
    func areSharedEqually(count: Int, bounds: [String]) {
        #expect(HashKeyRange.parts(count).flatMap { [String($0.first), String($0.last)] } == bounds)
    }

    @Test(arguments: [1, 2, 3, 7, 1001])
    func allBelongToOneShard(count: Int) {
        let parts = HashKeyRange.parts(count)
        #expect(parts.first?.first == 0 && parts.last?.last == .max && parts.count == count)
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.last + 1 == $1.first })
    }

    @Test(arguments: ["", "-1", "01", "1e3", "340282366920938463463374607431768211456", "٣"])
    func outOfRangeAreRefused(text: String) { #expect(HashKey.parse(text) == nil) }
}

@Suite struct SequenceNumbersOfAShard {
    let numbers = SequenceNumbers(shardMade: ManualClock.start, shardNumber: 3)

    @Test func have56DigitsAndGrow() {
        let all = [numbers.starting] + (0..<1000).map(numbers.number) + [numbers.ending(recordCount: 1000)]
        #expect(all.allSatisfy { $0.count == 56 && $0.first != "0" })
        #expect(all == all.sorted() && Set(all).count == all.count)
    }

    @Test func findTheirRecords() {
        for index in [0, 1, 2, 999, 123_456_789] {
            let number = numbers.number(ofRecord: index)
            #expect(numbers.index(of: number, after: false) == index)
            #expect(numbers.index(of: number, after: true) == index + 1)
        }
        #expect(numbers.index(of: numbers.starting, after: true) == 0)
        #expect(numbers.index(of: numbers.ending(recordCount: 5), after: false) == 5)
    }

    @Test func doNotKeepARegularDistance() {
        let counts = (0..<20).compactMap { UInt64(numbers.number(ofRecord: $0).dropFirst(15).prefix(20)) }
        #expect(Set(zip(counts, counts.dropFirst()).map { $1 - $0 }).count > 1)
    }

    @Test func ofOtherShardsAreNotOurs() {
        let others = [
            SequenceNumbers(shardMade: ManualClock.start, shardNumber: 4),
            SequenceNumbers(shardMade: ManualClock.start + 1, shardNumber: 3),
        ]
        for other in others { #expect(numbers.index(of: other.number(ofRecord: 1), after: false) == nil) }
        #expect(numbers.index(of: "1", after: false) == nil)
    }
}

@Suite struct ShardIteratorTokens {
    let token = IteratorToken(stream: 5, shard: 1001, record: 123_456_789, issued: ManualClock.start)

    @Test func comeBackAsTheyWere() {
        let text = token.text(seal: 7)
        #expect((1...512).contains(text.count))
        #expect(IteratorToken(text, seal: 7) == token)
    }

    @Test func madeUpOnesAreRefused() {
        var bytes = Array(token.text(seal: 7).utf8)
        bytes[10] = bytes[10] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        for text in [String(decoding: bytes, as: UTF8.self), "", "AAAA", token.text(seal: 8)] {
            #expect(IteratorToken(text, seal: 7) == nil)
        }
    }
}

@Suite struct ReadAllowances {
    @Test func areFiveCallsInAnySecond() {
        var reads = ReadAllowance()
        let times: [(Int64, Bool)] = [
            (0, true), (100, true), (200, true), (300, true), (400, true), (500, false), (999, false), (1000, true),
            (1001, false), (1100, true),
        ]
        for (time, isAdmitted) in times {
            let admitted = reads.admit(at: time)
            #expect(admitted == isAdmitted, "at \(time)")
        }
    }

    @Test func areTwoMegabytesASecond() {
        var reads = ReadAllowance()
        for time in [Int64(0), 100] {
            reads.spent(ReadAllowance.bytesPerSecond / 2, at: time)
        }
        let admitted = [Int64(200), 999, 1000].map { reads.admit(at: $0) }
        #expect(admitted == [false, false, true])
    }

    @Test func pauseFiveSecondsAfterAFullPage() {
        var reads = ReadAllowance()
        reads.spent(StreamLimits.pageBytesMax, at: 0)
        let admitted = [Int64(1500), 4999, 5000].map { reads.admit(at: $0) }
        #expect(admitted == [false, false, true])
    }
}

@Suite struct RecordLogs {
    /// A log of `sizes`, record by record, `seconds` apart.
    private func log(_ sizes: [Int], seconds: Int64 = 1) -> RecordLog {
        var log = RecordLog()
        for (index, size) in sizes.enumerated() {
            log.append(
                record("\(index)" + String(repeating: ".", count: size)), payloadBytes: size,
                arrival: Int64(index) * seconds * 1000)
        }
        return log
    }

    /// In JSON one byte longer than in CBOR, so that segments end at other records.
    private func record(_ text: String) -> RecordText {
        RecordText(json: ByteBuffer(string: "{\(text)}"), cbor: ByteBuffer(string: "<\(text)"))
    }

    private func text(_ pieces: [ByteBuffer]) -> String { pieces.map { String(buffer: $0) }.joined() }

    @Test func givePagesOfAnySizeFromAnyRecord() {
        let log = log(Array(repeating: 0, count: 20))
        for start in 0..<20 {
            for limit in [1, 3, 100] {
                let end = min(start + limit, 20)
                let (json, cbor) = (
                    log.page(from: start, limit: limit, payloadBytesMax: .max, in: .json),
                    log.page(from: start, limit: limit, payloadBytesMax: .max, in: .cbor)
                )
                #expect(json.end == end && cbor.end == end)
                #expect(text(json.pieces) == (start..<end).map { "{\($0)}" }.joined(separator: ","))
                #expect(text(cbor.pieces) == (start..<end).map { "<\($0)" }.joined())
            }
        }
        #expect(log.page(from: 20, limit: 1, payloadBytesMax: .max, in: .cbor).end == 20)
    }

    @Test func stopAPageBeforeItIsTooLarge() {
        let log = log([10, 10, 30, 50])
        #expect((0..<4).map { log.page(from: $0, limit: 100, payloadBytesMax: 40, in: .json).end } == [2, 3, 3, 4])
        #expect(log.payloadBytes(from: 1, to: 3) == 40)
    }

    @Test func forgetWholeSegmentsAndKeepTheRestRight() {
        let megabyte = 1024 * 1024
        var log = log([megabyte, megabyte, 1, 2, 3])
        log.forget(before: 3500)
        #expect(log.firstHeld == 2 && log.count == 5)
        #expect(log.firstRecord(arrivedAt: 3500) == 4)
        let page = log.page(from: 2, limit: 10, payloadBytesMax: .max, in: .json)
        #expect(text(page.pieces) == "{2.},{3..},{4...}" && page.end == 5)
        #expect(text(log.page(from: 2, limit: 10, payloadBytesMax: .max, in: .cbor).pieces) == "<2.<3..<4...")
        #expect(log.payloadBytes(from: 2, to: 5) == 6)
        log.append(record("5"), payloadBytes: 0, arrival: 9000)
        #expect(text(log.page(from: 4, limit: 10, payloadBytesMax: .max, in: .json).pieces) == "{4...},{5}")
        #expect(text(log.page(from: 4, limit: 10, payloadBytesMax: .max, in: .cbor).pieces) == "<4...<5")
    }

    @Test func keepASliceAsItWasWhenMoreIsWritten() {
        var log = log([1, 1])
        let json = log.page(from: 0, limit: 10, payloadBytesMax: .max, in: .json)
        let cbor = log.page(from: 0, limit: 10, payloadBytesMax: .max, in: .cbor)
        log.append(record("2"), payloadBytes: 0, arrival: 9000)
        #expect(text(json.pieces) == "{0.},{1.}")
        #expect(text(cbor.pieces) == "<0.<1.")
    }
}

@Suite struct RecordTexts {
    @Test func areWhatGetRecordsAnswers() {
        let text = RecordText(
            sequence: "49", arrival: 1_795_176_000_007, partitionKey: "a\"\\\n\u{1F}é", payload: [0],
            base64: Array("AA==".utf8))
        #expect(
            String(buffer: text.json)
                == #"{"SequenceNumber":"49","ApproximateArrivalTimestamp":1795176000.007,"PartitionKey":"a\"\\\u000a\u001fé","Data":"AA=="}"#
        )
        let cbor =
            [0xBF, 0x6E] + Array("SequenceNumber".utf8) + [0x62] + Array("49".utf8)
            + [0x78, 0x1B] + Array("ApproximateArrivalTimestamp".utf8)
            + [0xC1, 0x1B, 0x00, 0x00, 0x01, 0xA1, 0xF8, 0xD3, 0xEA, 0x07] + [0x6C] + Array("PartitionKey".utf8)
            + [0x67] + Array("a\"\\\n\u{1F}é".utf8) + [0x64] + Array("Data".utf8) + [0x41, 0x00, 0xFF]
        #expect(Array(text.cbor.readableBytesView) == cbor)
    }
}

@Suite struct Corpora {
    private func framed(_ payloads: [String]) -> Data {
        payloads.reduce(into: Data()) { file, payload in
            file.append(contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: payload.utf8.count >> (24 - 8 * $0)) })
            file.append(contentsOf: payload.utf8)
        }
    }

    @Test func areSplitByTheirLengths() throws {
        let payloads = ["a", "", String(repeating: "b", count: 70_000)]
        #expect(try Corpus.split(framed(payloads)).map { String(decoding: $0, as: UTF8.self) } == payloads)
        #expect(try Corpus.split(Data()).isEmpty)
    }

    @Test(arguments: [1, 4, 5, 7, 10])
    func cutShortAreRefused(bytesLeft: Int) {
        let file = framed(["ab", "cde"]).prefix(bytesLeft)
        #expect(throws: CorpusError.truncated(at: bytesLeft < 6 ? 0 : 6)) {
            _ = try Corpus.split(file)
        }
    }

    @Test func thatAreNoneAreToldApart() {
        #expect(throws: CorpusError.tooLarge(at: 0, length: 0x7b22_6122)) {
            _ = try Corpus.split(Data(#"{"a":1}"#.utf8))
        }
    }
}
