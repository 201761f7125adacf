import Core
import Foundation
import Testing

/// 2026-11-20T12:00:00.123Z, as AWS writes it.
private let moment = CBORItem.tagged(1, .integer(1_795_176_000_123))

private func record(
    _ sequence: String = "21269319989652663814458848515492872193", _ payload: [UInt8] = [1, 2, 3, 4, 5, 6, 7],
    arrival: CBORItem = moment
) -> CBORItem {
    .map([
        ("SequenceNumber", .text(sequence)), ("ApproximateArrivalTimestamp", arrival), ("Data", .bytes(payload)),
        ("PartitionKey", .text("käy")),
    ])
}

private func reply(
    _ records: [CBORItem] = [record()],
    _ rest: [(String, CBORItem)] = [("NextShardIterator", .text("AAAA+/=")), ("MillisBehindLatest", .integer(2100))]
) -> CBORItem {
    .map([("Records", .array(records))] + rest)
}

private func page(_ item: CBORItem, _ lengths: CBORItem.Lengths = .definite) throws -> RecordPage {
    try GetRecordsReply.page(fromCBOR: item.encoded(lengths))
}

private func payloads(_ page: RecordPage) -> [[UInt8]] { page.records.map { Array(page.bytes[$0.payload]) } }

@Suite struct PageOfCBORReply {
    @Test(arguments: CBORItem.Lengths.allCases)
    func everyPartIsRead(lengths: CBORItem.Lengths) throws {
        let records = [record(), record("7", []), record("8", (0..<1000).map { UInt8(truncatingIfNeeded: $0) })]
        let page = try page(reply(records), lengths)
        #expect(payloads(page) == [[1, 2, 3, 4, 5, 6, 7], [], (0..<1000).map { UInt8(truncatingIfNeeded: $0) }])
        #expect(page.records.map(\.sequence.digits) == ["21269319989652663814458848515492872193", "7", "8"])
        #expect(page.records.map { $0.arrival?.milliseconds } == Array(repeating: 1_795_176_000_123, count: 3))
        #expect(page.next == ShardIterator("AAAA+/="))
        #expect(page.behindLatest == .milliseconds(2100))
        #expect(page.children.isEmpty)
    }

    @Test func theBufferThatCameIsTheBufferThatGoes() throws {
        let body = reply().encoded(.indefinite)
        let (size, own) = (body.count, body.map { $0 })
        let address = own.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        let page = try GetRecordsReply.page(fromCBOR: consume own)
        #expect(page.bytes.count == size)
        #expect(page.bytes.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } == address)
    }

    @Test(arguments: CBORItem.Lengths.allCases)
    func theLastPageHasChildrenAndMayHaveRecords(lengths: CBORItem.Lengths) throws {
        let child = CBORItem.map([
            ("ShardId", .text("shardId-000000000002")),
            ("ParentShards", .array([.text("shardId-000000000000"), .text("shardId-000000000001")])),
            ("HashKeyRange", .map([("StartingHashKey", .text("0")), ("EndingHashKey", .text("1"))])),
        ])
        for iterator in [CBORItem.null, .raw([0xF7])] {
            let page = try page(
                reply([record()], [("NextShardIterator", iterator), ("ChildShards", .array([child]))]), lengths)
            #expect(page.next == nil)
            #expect(page.records.count == 1)
            #expect(page.behindLatest == nil)
            #expect(page.children.map(\.id.name) == ["shardId-000000000002"])
            #expect(page.children[0].parents.map(\.name) == ["shardId-000000000000", "shardId-000000000001"])
        }
    }

    @Test(arguments: CBORItem.Lengths.allCases)
    func unknownMembersOfAnyShapeAreSkipped(lengths: CBORItem.Lengths) throws {
        let odd = CBORItem.map([
            ("a", .array([.integer(-5), .double(1.5), .null, .raw([0xF5]), .map([]), .bytes([1, 2, 3, 4])])),
            ("b", .tagged(55_799, .tagged(24, .bytes([0xA0])))), ("", .array([])),
        ])
        let record = CBORItem.map([
            ("x", odd), ("Data", .bytes([9])), ("EncryptionType", .text("KMS")), ("SequenceNumber", .text("1")),
            ("y", odd),
        ])
        let page = try page(reply([record], [("z", odd), ("NextShardIterator", .text("n"))]), lengths)
        #expect(payloads(page) == [[9]])
        #expect(page.records[0].arrival == nil)
    }

    @Test func ofARepeatedMemberTheLastCounts() throws {
        let record = CBORItem.map([
            ("SequenceNumber", .text("1")), ("Data", .bytes([1])), ("SequenceNumber", .text("2")),
            ("Data", .bytes([2, 3])),
        ])
        let page = try page(
            reply([record], [("NextShardIterator", .text("m")), ("NextShardIterator", .text("n"))]))
        #expect(payloads(page) == [[2, 3]])
        #expect(page.records[0].sequence.digits == "2")
        #expect(page.next == ShardIterator("n"))
    }

    @Test func theWholeMayBeTagged() throws {
        #expect(try page(.tagged(55_799, reply())).records.count == 1)
    }

    /// A server that answers a CBOR request in JSON is understood, whatever it says its answer is.
    @Test func theFirstByteTellsTheEncoding() throws {
        let json = #" {"Records":[{"SequenceNumber":"1","Data":"aGk="}],"NextShardIterator":"n"}"#
        for body in [json, String(json.dropFirst()), "\n" + json, "\r\t" + json] {
            #expect(try payloads(GetRecordsReply.page(fromEither: Array(body.utf8))) == [Array("hi".utf8)])
        }
        for lengths in CBORItem.Lengths.allCases {
            #expect(try GetRecordsReply.page(fromEither: reply().encoded(lengths)).records.count == 1)
        }
        #expect(throws: BrokenReply.self) { try GetRecordsReply.page(fromEither: []) }
        #expect(throws: BrokenReply.self) { try GetRecordsReply.page(fromEither: Array("<html></html>".utf8)) }
    }
}

@Suite struct BrokenCBORReplies {
    private static let next = [("NextShardIterator", CBORItem.text("n"))]

    @Test(arguments: [
        CBORItem.raw([]), .null, .array([]), .text("Records"), .map([]), .map(Self.next),
        .map([("Records", .null)] + Self.next), .map([("Records", .map([]))] + Self.next),
        .map([("Records", .array([.integer(1)]))] + Self.next), reply([], [("NextShardIterator", .text(""))]),
        reply([], [("NextShardIterator", .integer(1))]),
        reply([], [("NextShardIterator", .bytes([0x6E]))]), reply([], [("NextShardIterator", .raw([0x61, 0xFF]))]),
        reply([], Self.next + [("MillisBehindLatest", .integer(-1))]),
        reply([], Self.next + [("MillisBehindLatest", .text("7"))]),
        reply([], Self.next + [("MillisBehindLatest", .double(.nan))]),
        reply([], Self.next + [("ChildShards", .array([.map([("ShardId", .text("s2"))])]))]),
        reply([], [("ChildShards", .array([.map([("ShardId", .text("s2"))])]))]),
        reply([], [("ChildShards", .array([.map([("ParentShards", .array([.text("s1")]))])]))]),
        reply([.map([("Data", .bytes([]))])], Self.next), reply([.map([("SequenceNumber", .text("1"))])], Self.next),
        reply([.map([("SequenceNumber", .text("1")), ("Data", .null)])], Self.next),
        // Base64 in a text is JSON's way.
        reply([.map([("SequenceNumber", .text("1")), ("Data", .text("aGk="))])], Self.next),
        reply([.map([("SequenceNumber", .text("01")), ("Data", .bytes([]))])], Self.next),
        reply([.map([("SequenceNumber", .integer(1)), ("Data", .bytes([]))])], Self.next),
        .raw(reply().encoded() + [0xFF]), .raw(reply().encoded() + [0x00]),
    ])
    func areRefused(item: CBORItem) {
        #expect(throws: BrokenReply.self) { try page(item) }
    }

    @Test(arguments: CBORItem.Lengths.allCases)
    func everyCutReplyIsRefused(lengths: CBORItem.Lengths) throws {
        let bytes = reply().encoded(lengths)
        _ = try GetRecordsReply.page(fromCBOR: bytes)
        for count in 0..<bytes.count {
            #expect(throws: BrokenReply.self) { try GetRecordsReply.page(fromCBOR: Array(bytes[..<count])) }
        }
    }

    /// Any one byte replaced by any other: a page or an error, never a crash, never a payload outside the buffer.
    @Test(arguments: CBORItem.Lengths.allCases)
    func noSingleByteCanDoHarm(lengths: CBORItem.Lengths) {
        let bytes = reply().encoded(lengths)
        for index in bytes.indices {
            for value in UInt8.min...UInt8.max {
                var changed = bytes
                changed[index] = value
                expectHarmless(changed)
            }
        }
    }

    /// Bytes changed, taken out and put in at random, several at a time.
    @Test(arguments: UInt64(1)...20)
    func noMutationCanDoHarm(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let child = CBORItem.map([("ShardId", .text("s2")), ("ParentShards", .array([.text("s1")]))])
        let originals = CBORItem.Lengths.allCases.flatMap { lengths in
            [
                reply().encoded(lengths),
                reply([record()], [("x", .tagged(1, .double(1.5))), ("ChildShards", .array([child]))]).encoded(lengths),
            ]
        }
        for _ in 0..<2000 {
            var bytes = originals.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1 where bytes.count > 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
                }
            }
            expectHarmless(bytes)
        }
    }

    private func expectHarmless(_ bytes: [UInt8]) {
        guard let page = try? GetRecordsReply.page(fromCBOR: bytes) else { return }
        #expect(page.bytes.count == bytes.count)
        #expect(page.records.allSatisfy { $0.payload.lowerBound >= 0 && $0.payload.upperBound <= page.bytes.count })
    }

    @Test func nestingIsLimited() throws {
        func nested(_ depth: Int, _ open: [UInt8], _ close: [UInt8]) -> CBORItem {
            let (opens, closes) = (Array(repeatElement(open, count: depth)), Array(repeatElement(close, count: depth)))
            return reply([], [("x", .raw(opens.flatMap(\.self) + closes.flatMap(\.self)))] + Self.next)
        }
        _ = try page(nested(128, [0x9F], [0xFF]))
        for open: [UInt8] in [[0x9F], [0xBF, 0x60]] {
            #expect(throws: BrokenReply.self) { try page(nested(129, open, [0xFF])) }
            #expect(throws: BrokenReply.self) { try page(nested(1_000_000, open, [0xFF])) }
        }
        #expect(throws: BrokenReply.self) { try page(nested(1_000_000, [0x81], [])) }
    }

    @Test func anErrorSaysWhereAndNothingOfTheContent() {
        let error = #expect(throws: BrokenReply.self) { try page(reply([.text("secret")])) }
        #expect(error?.description == "byte 10 of the reply: expected a map")
    }
}

/// The same page through both protocols.
@Suite struct BothEncodings {
    @Test(arguments: UInt64(1)...30)
    func sayTheSame(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let records = (0..<Int.random(in: 0...20, using: &random)).map { number in
            (
                sequence: String(UInt64.random(in: 1 ... .max, using: &random)),
                arrival: Int64.random(in: 1_400_000_000_000..<2_000_000_000_000, using: &random),
                payload: (0..<Int.random(in: 0...400, using: &random)).map { _ in
                    UInt8.random(in: .min ... .max, using: &random)
                }
            )
        }
        let json = records.map { record in
            #"{"SequenceNumber":"\#(record.sequence)","Data":"\#(Data(record.payload).base64EncodedString())","#
                + #""ApproximateArrivalTimestamp":\#(record.arrival)e-3}"#
        }
        let items = records.map { record in
            CBORItem.map([
                ("SequenceNumber", .text(record.sequence)), ("Data", .bytes(record.payload)),
                ("ApproximateArrivalTimestamp", .tagged(1, .integer(record.arrival))),
            ])
        }
        let wanted = try GetRecordsReply.page(
            from: Array(
                #"{"Records":[\#(json.joined(separator: ","))],"NextShardIterator":"n","MillisBehindLatest":5}"#.utf8))
        let rest: [(String, CBORItem)] = [("NextShardIterator", .text("n")), ("MillisBehindLatest", .integer(5))]
        for lengths in CBORItem.Lengths.allCases {
            let page = try page(reply(items, rest), lengths)
            #expect(payloads(page) == payloads(wanted) && payloads(page) == records.map(\.payload))
            #expect(page.records.map(\.sequence) == wanted.records.map(\.sequence))
            #expect(page.records.map(\.arrival) == wanted.records.map(\.arrival))
            #expect(page.next == wanted.next && page.behindLatest == wanted.behindLatest)
        }
    }
}

@Suite struct TextsInCBOR {
    @Test(arguments: CBORItem.Lengths.allCases)
    func areFoundAmongOtherMembers(lengths: CBORItem.Lengths) throws {
        let item = CBORItem.map([
            ("__type", .text("A")), ("code", .integer(7)), ("message", .text("m")),
            ("x", .map([("message", .text("no"))])),
            ("message", .null), ("__type", .text("B")),
        ])
        #expect(try CBORTexts.members(of: item.encoded(lengths)) == ["__type": "B", "message": "m"])
    }

    @Test(arguments: ["", "80", "f6", "6161", "a16161", "bf", "a000", "3c68746d6c3e"])
    func areOnlyInMaps(hex: String) {
        #expect(throws: BrokenReply.self) { try CBORTexts.members(of: [UInt8](hex: hex)) }
    }
}
