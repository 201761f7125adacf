import Core
import Foundation
import Testing

/// A reply of one record and a next iterator, with any part replaced.
private func reply(
    record: String = #"{"SequenceNumber":"1","Data":"aGk=","ApproximateArrivalTimestamp":1.5}"#,
    rest: String = #""NextShardIterator":"n","MillisBehindLatest":7"#
) -> String {
    #"{"Records":[\#(record)],\#(rest)}"#
}

private func page(_ text: String) throws -> RecordPage { try GetRecordsReply.page(from: Array(text.utf8)) }

private func payloads(_ page: RecordPage) -> [[UInt8]] { page.records.map { Array(page.bytes[$0.payload]) } }

private func arrival(_ number: String) throws -> Int64? {
    let record = #"{"Data":"","SequenceNumber":"1","ApproximateArrivalTimestamp":\#(number)}"#
    return try page(reply(record: record)).records[0].arrival?.milliseconds
}

@Suite struct PageOfReply {
    @Test func everyPartIsRead() throws {
        let page = try page(
            #"""
            {
              "MillisBehindLatest": 2100, "NextShardIterator": "AAAA+/=",
              "Records": [
                {"ApproximateArrivalTimestamp": 1441215410.867, "Data": "SGVsbG8sIFdvcmxkLg==", "PartitionKey": "käy",
                 "SequenceNumber": "21269319989652663814458848515492872193"},
                {"SequenceNumber": "21269319989652663814458848515492872194", "Data": "", "EncryptionType": "KMS"}
              ]
            }
            """#)
        #expect(payloads(page) == [Array("Hello, World.".utf8), []])
        #expect(
            page.records.map(\.sequence.digits) == [
                "21269319989652663814458848515492872193", "21269319989652663814458848515492872194",
            ])
        #expect(page.records.map { $0.arrival?.milliseconds } == [1_441_215_410_867, nil])
        #expect(page.next == ShardIterator("AAAA+/="))
        #expect(page.behindLatest == .milliseconds(2100))
        #expect(page.children.isEmpty)
    }

    @Test func theBufferThatCameIsTheBufferThatGoes() throws {
        let text = reply()
        let page = try page(text)
        #expect(page.bytes.count == text.utf8.count)
        #expect(page.bytes[page.records[0].payload] == Array("hi".utf8)[...])
    }

    @Test(arguments: [#""MillisBehindLatest":0"#, #""MillisBehindLatest":null"#, #""Unknown":1"#])
    func anEmptyPageIsNormal(distance: String) throws {
        let page = try page(#"{"Records":[],"NextShardIterator":"n",\#(distance)}"#)
        #expect(page.records.isEmpty)
        #expect(page.next != nil)
    }

    @Test(arguments: ["", #""NextShardIterator":null,"#])
    func theLastPageHasChildrenAndMayHaveRecords(iterator: String) throws {
        let child =
            #"{"ShardId":"shardId-000000000002","ParentShards":["shardId-000000000000","shardId-000000000001"],"#
            + #""HashKeyRange":{"StartingHashKey":"0","EndingHashKey":"1"}}"#
        let page = try page(reply(rest: iterator + #""ChildShards":[\#(child)]"#))
        let parents = ["shardId-000000000000", "shardId-000000000001"].compactMap(ShardID.init)
        #expect(page.next == nil)
        #expect(page.records.count == 1)
        #expect(
            page.children == [
                Shard(id: try #require(ShardID("shardId-000000000002")), parents: parents)
            ])
    }

    /// Servers that are not AWS name no children; whether the shard has ended is not this reply's to say alone.
    @Test(arguments: [#""NextShardIterator":null"#, #""ChildShards":[]"#])
    func aLastPageWithoutChildrenKeepsItsRecords(rest: String) throws {
        let page = try page(reply(rest: rest))
        #expect(page.next == nil)
        #expect(page.children.isEmpty)
        #expect(payloads(page) == [Array("hi".utf8)])
    }

    @Test(arguments: ["[]", "null"])
    func noChildrenWhileTheShardGoesOn(children: String) throws {
        #expect(try page(reply(rest: #""NextShardIterator":"n","ChildShards":\#(children)"#)).children.isEmpty)
    }

    @Test func unknownMembersOfAnyShapeAreSkipped() throws {
        let odd = #"{"a":[1,-2.5e+3,true,false,null,{"b":"\"\\\/\b\f\n\r\t\u00e9]}"}],"c":{}}"#
        let record = #"{"x":\#(odd),"SequenceNumber":"1","Data":"aGk=","y":[[],[[]]]}"#
        #expect(
            try payloads(page(reply(record: record, rest: #""z":\#(odd),"NextShardIterator":"n""#))) == [
                Array("hi".utf8)
            ])
    }

    @Test func ofARepeatedMemberTheLastCounts() throws {
        let record = #"{"SequenceNumber":"1","Data":"AAAA","SequenceNumber":"2","Data":"aGk="}"#
        let page = try page(reply(record: record, rest: #""NextShardIterator":"m","NextShardIterator":"n""#))
        #expect(payloads(page) == [Array("hi".utf8)])
        #expect(page.records[0].sequence.digits == "2")
        #expect(page.next == ShardIterator("n"))
    }

    @Test func namesAndTextMayBeEscaped() throws {
        let record = #"{"\u0044ata":"aGk=","SequenceNumber":"\u0031\u0032"}"#
        let page = try page(reply(record: record, rest: #""NextShardIterator":"a\/b\ud83d\ude00\"""#))
        #expect(payloads(page) == [Array("hi".utf8)])
        #expect(page.records[0].sequence.digits == "12")
        #expect(page.next == ShardIterator("a/b😀\""))
    }
}

@Suite struct ArrivalTimes {
    @Test(arguments: [
        ("1441215410", 1_441_215_410_000), ("1441215410.867", 1_441_215_410_867), ("1441215410.8", 1_441_215_410_800),
        ("1441215410.8670001", 1_441_215_410_867), ("1441215410.8669999", 1_441_215_410_867),
        ("1441215410.86750", 1_441_215_410_868), ("1441215410.8674999", 1_441_215_410_867),
        ("1.441215410867E9", 1_441_215_410_867), ("1.441215410867e+9", 1_441_215_410_867),
        ("14412154108670e-4", 1_441_215_410_867), ("1441215410867e-3", 1_441_215_410_867), ("0", 0), ("-0", 0),
        ("0.0004", 0), ("0.0005", 1), ("0.001", 1), ("-1.5", -1500), ("1e-99999999999", 0), ("0e99999999999", 0),
        ("1441215410.86700000000000000000000000000000001", 1_441_215_410_867),
        ("922337203685477.580", 922_337_203_685_477_580),
    ])
    func areExactToTheMillisecond(number: String, milliseconds: Int64) throws {
        #expect(try arrival(number) == milliseconds)
    }

    /// Many of these have no exact binary fraction, where arithmetic in floating point would be a millisecond off.
    @Test func noMillisecondOfASecondIsLost() throws {
        for fraction in 0..<1000 {
            let digits = String(fraction + 1000).dropFirst()
            #expect(try arrival("1763632800.\(digits)") == 1_763_632_800_000 + Int64(fraction))
        }
    }

    @Test func mayBeMissing() throws {
        #expect(try arrival("null") == nil)
    }

    @Test(arguments: [
        "9223372036854776", "1e30", "1e99999999999", #""2026-01-01""#, "01", "1.", ".5", "1e", "+1", "NaN",
    ])
    func nonsenseIsRefused(number: String) {
        #expect(throws: BrokenReply.self) { try arrival(number) }
    }
}

@Suite struct PayloadsInBase64 {
    private func decode(_ symbols: String) throws -> [UInt8] {
        try payloads(page(reply(record: #"{"SequenceNumber":"1","Data":"\#(symbols)"}"#)))[0]
    }

    @Test func everyLengthDecodesToWhatWasEncoded() throws {
        for count in 0...100 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ count) }
            #expect(try decode(Data(bytes).base64EncodedString()) == bytes)
        }
    }

    @Test func everyByteValueSurvives() throws {
        let bytes = (UInt8.min...UInt8.max).flatMap { first -> [UInt8] in [first, 0xFF, 255 - first] }
        #expect(try decode(Data(bytes).base64EncodedString()) == bytes)
    }

    /// Some writers escape every slash, and JSON lets any symbol be written as `\u`.
    @Test func escapesWithinAreUnderstoodWherever() throws {
        let bytes = [UInt8](repeating: 0xFF, count: 30)
        let symbols = Data(bytes).base64EncodedString()
        #expect(symbols == String(repeating: "/", count: 40))
        for position in 0..<40 {
            let escaped =
                String(repeating: "/", count: position) + #"\/"# + String(repeating: "/", count: 39 - position)
            #expect(try decode(escaped) == bytes)
        }
        #expect(try decode(#"aGk\u003d"#) == Array("hi".utf8))
    }

    @Test(arguments: [
        "aGk", "aGk==", "aG=k", "a", "a===", "=", "====", "aGkK=", "aGkKaGkKa", "aGkKaGkK aGkK", "aGkKaGkKaG-K", "aGé=",
        #"aGk\n"#, #"aGkKaGkK\n"#, #"aGk\x"#, #"aGk\u00"#, #"aGk\u0141"#, "aGk=aGk=",
    ])
    func whatIsNotBase64IsRefused(symbols: String) {
        #expect(throws: BrokenReply.self) { try decode(symbols) }
    }

    @Test func manyLargeRecordsKeepTheirBytes() throws {
        let wanted = (0..<50).map { number in
            (0..<20_000 + number).map { UInt8(truncatingIfNeeded: $0 &* (number + 3)) }
        }
        let records = wanted.enumerated().map { number, bytes in
            #"{"Data":"\#(Data(bytes).base64EncodedString())","PartitionKey":"k","SequenceNumber":"\#(number + 1)"}"#
        }
        let page = try page(reply(record: records.joined(separator: ",")))
        #expect(payloads(page) == wanted)
    }
}
