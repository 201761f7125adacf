import Core
import Testing

/// What a reply's only record has for its arrival time, in milliseconds.
private func arrival(_ item: CBORItem) throws -> Int64? {
    let record = CBORItem.map([
        ("SequenceNumber", .text("1")), ("ApproximateArrivalTimestamp", item), ("Data", .bytes([1])),
    ])
    let reply = CBORItem.map([("Records", .array([record])), ("NextShardIterator", .text("n"))])
    return try GetRecordsReply.page(fromCBOR: reply.encoded(.definite)).records[0].arrival?.milliseconds
}

@Suite struct ArrivalTimesInCBOR {
    private static let wanted: Int64 = 1_441_215_410_867

    /// The same moment in every form that either protocol has for it.
    @Test(arguments: [
        CBORItem.tagged(1, .integer(wanted)), .integer(wanted), .tagged(55_799, .tagged(1, .integer(wanted))),
        .tagged(1, .double(1_441_215_410.867)), .double(1_441_215_410.867), .tagged(1, .double(1_441_215_410_867)),
        .tagged(1, .raw([0x1B] + CBORItem.head(0, UInt64(wanted)).dropFirst())),
    ])
    func everyFormIsOneInstant(item: CBORItem) throws {
        #expect(try arrival(item) == Self.wanted)
    }

    @Test(arguments: [
        "1441215410.867", "1.441215410867e9", "1441215410867e-3", "14412154108670E-4", "1441215410.86700",
    ])
    func soIsEveryFormInJSON(number: String) throws {
        let json =
            #"{"Records":[{"Data":"","SequenceNumber":"1","ApproximateArrivalTimestamp":\#(number)}],"#
            + #""NextShardIterator":"n"}"#
        #expect(try GetRecordsReply.page(from: Array(json.utf8)).records[0].arrival?.milliseconds == Self.wanted)
    }

    @Test(arguments: [
        (CBORItem.tagged(1, .integer(0)), Int64(0)), (.tagged(1, .integer(1500)), 1500), (.tagged(1, .integer(-1)), -1),
        (.tagged(1, .raw([UInt8](hex: "1b000001a013accc38"))), 1_787_036_486_712), (.tagged(1, .float(1.5)), 1500),
        (.tagged(1, .raw([0xF9, 0x3E, 0x00])), 1500), (.tagged(1, .double(-1.5)), -1500),
        (.tagged(1, .double(0.0005)), 1), (.tagged(1, .double(0.0004)), 0),
        (.tagged(1, .double(99_999_999_999)), 99_999_999_999_000),
        (.tagged(1, .double(1e11)), 100_000_000_000),
    ])
    func integersAreMillisecondsAndFloatsAreSeconds(item: CBORItem, milliseconds: Int64) throws {
        #expect(try arrival(item) == milliseconds)
    }

    @Test func noMillisecondOfASecondIsLost() throws {
        for fraction in 0..<1000 {
            let seconds = 1_763_632_800 + Double(fraction) / 1000
            #expect(try arrival(.tagged(1, .double(seconds))) == 1_763_632_800_000 + Int64(fraction))
        }
    }

    @Test func mayBeMissing() throws {
        #expect(try arrival(.null) == nil)
        #expect(try arrival(.raw([0xF7])) == nil)
    }

    @Test(arguments: [
        CBORItem.tagged(1, .double(.nan)), .tagged(1, .double(.infinity)), .tagged(1, .double(1e30)),
        .tagged(1, .raw([UInt8](hex: "1bffffffffffffffff"))), .text("2026-01-01"),
        .tagged(0, .text("2026-01-01T00:00:00Z")),
        .tagged(2, .bytes([1])), .tagged(100, .integer(1)), .tagged(1, .text("1")), .tagged(1, .null), .raw([0xF5]),
        .array([]),
    ])
    func nonsenseIsRefused(item: CBORItem) {
        #expect(throws: BrokenReply.self) { try arrival(item) }
    }
}
