import Core
import Testing

/// Buffers, events and messages go round. Nothing of one record may be seen in another, before it or after it.
@Suite struct NothingLeaksFromRecordToRecord {
    // MARK: - Each after each

    private static func data(_ events: String, before: String = "", after: String = "") -> String {
        #"{"messageType":"DATA_MESSAGE",\#(before)"owner":"1","logGroup":"g","logStream":"s","logEvents":[\#(events)]\#(after)}"#
    }

    private static let control =
        #"{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"","timestamp":1,"message":"c"}]}"#
    private static let bare = #"{"timestamp":1,"message":"bare"}"#
    private static let full = #"{"id":"7","timestamp":2,"message":"full","extractedFields":{"a":"b"}}"#
    private static let filters = #","subscriptionFilters":["f"]"#

    /// Records with and without each thing that a member, a document or a record may have, and ones that break off in it.
    private static let texts = [
        data(bare), data(full), data(bare + "," + full), data(full + "," + bare), data(""), data(bare, after: filters),
        data("", after: filters) + data(bare), data(full, after: filters) + data(full),
        data(bare) + data("", after: filters),
        control, control + control + control, control + data(full) + control, data(full) + control,
        data(#"{"id":null,"id":"2","timestamp":"x","timestamp":3,"message":1,"message":"m"},"# + bare),
        data(#"{"id":null,"timestamp":1,"message":"m"}"#), data(full + #",{"extractedFields":1}"#), data(full + ",1"),
        data(full, after: filters) + "1", control + "1", data(full) + "{}", control + data(full) + "[",
        data(full) + "{\"",
        data(full).dropLast() + #","logEvents":[]}"#, data(full).dropLast() + #","logEvents":1}"#, "", " ", "{}", "[]",
        data(full).dropLast() + #","owner":null}"#, data(full, before: filters.dropFirst() + ",") + "\u{1}",
    ].map { KnownPayload(text: $0.utf8) }

    private static let broken = [
        KnownPayload(broken: [], .truncated), KnownPayload(broken: Array(gzip(data(full)).dropLast()), .truncated),
        KnownPayload(broken: Array(gzip(data(full)).dropLast(20)), .truncated),
        KnownPayload(broken: gzip(data(full)) + [1], .trailingBytes),
        KnownPayload(broken: gzip(data(full)).dropLast(5) + [0, 0, 0, 0, 0], .badChecksum),
        KnownPayload(broken: Array("hello".utf8), .notGzip),
        KnownPayload(broken: gzip("\u{FEFF}" + data(full)), .notUTF8),
    ]

    @Test(arguments: [false, true])
    func whateverComesAfterWhat(isHeld: Bool) {
        let all = Self.texts + Self.broken
        for pool in [TextPool(), TextPool(retainedBytesMax: 0)] {
            let decoder = RecordDecoder(pool: pool)
            for (place, first) in all.enumerated() {
                for (next, second) in all.enumerated() {
                    var before = first.decode(by: decoder)
                    #expect(before.difference == nil, "\(place)")
                    if !isHeld { before.record = nil }
                    #expect(second.decode(by: decoder).difference == nil, "\(next) after \(place)")
                    guard let record = before.record else { continue }
                    let change = Judgement(.decoded(record)).difference(to: first.judgement)
                    #expect(change == nil, "\(place) before \(next)")
                }
            }
        }
    }

    // MARK: - What a text lacks

    /// Behind a text that breaks off stand the bytes of the one before it, such as would complete it.
    @Test(arguments: ["}", "]}", #"\""#, " ", "0", "a", #"\\"#, "é", #"\"}]}"#, #"{\"a\":"#, "\u{7F}"])
    func aTextThatBreaksOffIsNotCompletedByTheOneBefore(filling: String) throws {
        let text = Self.data(Self.full + "," + Self.bare, after: #","x":[-1.5e3,true,null,"\ud83d\ude00é"]"#)
        let event = #"{"timestamp":1,"message":"\#(String(repeating: filling, count: 4000 / filling.utf8.count))"}"#
        let decoder = RecordDecoder(pool: TextPool())
        for before in [text, Self.data(event)] {
            for length in 0..<text.utf8.count {
                for isPlain in [false, true] where length > 0 || !isPlain {
                    _ = try decoded(before, by: decoder)
                    let known = KnownPayload(text: text.utf8.prefix(length), isPlain: isPlain)
                    #expect(known.decode(by: decoder).difference == nil, "\(length) bytes, plain: \(isPlain)")
                }
            }
        }
    }

    // MARK: - Names

    private static let names = [
        "a", "b", "ab", "ba", "aa", #"\u0061"#, #"\u0061\u0062"#, #"a\u0000"#, "é", "e\u{301}", #"\u00e9"#, #"\ud83d"#,
        "\u{FFFD}", "a name of sixteen", "b name of sixteen", String(repeating: "n", count: 2048),
        String(repeating: "n", count: 2049), String(repeating: "n", count: 2047) + "m", "\u{2009}",
    ]

    @Test func aNameIsNeverTheOneBefore() {
        let decoder = RecordDecoder(pool: TextPool())
        func known(_ owner: String, _ group: String, _ stream: String) -> KnownPayload {
            let origin = #""owner":"\#(owner)","logGroup":"\#(group)","logStream":"\#(stream)""#
            return KnownPayload(text: #"{"messageType":"DATA_MESSAGE",\#(origin),"logEvents":[]}"#.utf8)
        }
        for first in Self.names {
            for second in Self.names {
                for next in [known(first, second, first), known(second, first, first), known(first, first, second)] {
                    #expect(next.decode(by: decoder).difference == nil, "\(first) and \(second)")
                }
            }
        }
    }

    // MARK: - Whatever comes

    /// Records of every size, some broken, some with an allowance that is too small; some are held while others come.
    @Test(arguments: UInt64(1)...40)
    func whateverIsHeldStaysAsItWas(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let decoder = RecordDecoder(pool: TextPool(retainedBytesMax: [0, 50_000, 16 << 20][Int(seed % 3)]))
        var held: [HeldRecord] = []
        for _ in 0..<80 {
            let known = PayloadStock.all.randomElement(using: &random) ?? Self.texts[0]
            if case .says = known.judgement, Int.random(in: 0...9, using: &random) == 0 {
                let allowance = Int.random(in: 0..<known.text.count, using: &random)
                #expect(Judgement(decode(known.payload, by: decoder, allowance: allowance)) == .needsMore)
            }
            let (difference, record) = known.decode(by: decoder)
            #expect(difference == nil)
            if let record, Bool.random(using: &random) { held.append(HeldRecord(record, of: known, by: &random)) }
            if held.count > 12 { held.remove(at: Int.random(in: held.indices, using: &random)) }
            if Int.random(in: 0...4, using: &random) == 0 { held.shuffle(using: &random) }
            if let one = held.randomElement(using: &random) { #expect(one.change() == nil) }
        }
        #expect(held.compactMap { $0.change() } == [])
    }

    @Test func aRecordOutlivesItsDecoderAndItsPool() throws {
        for known in PayloadStock.all {
            var random = SplitMix(seed: UInt64(known.payload.count))
            let held = known.decode(by: RecordDecoder(pool: TextPool())).record.map {
                HeldRecord($0, of: known, by: &random)
            }
            #expect(held?.change() == nil)
        }
    }
}

/// Payloads of every kind and size, made once.
enum PayloadStock {
    static let all: [KnownPayload] =
        (UInt64(1)...30).map { KnownPayload(RandomRecord(seed: $0, size: .small)) }
        + (UInt64(31)...50).map { KnownPayload(RandomRecord(seed: $0)) }
        + (UInt64(51)...52).map { KnownPayload(RandomRecord(seed: $0, size: .manyEvents)) }
        + (UInt64(55)...56).map { KnownPayload(RandomRecord(seed: $0, size: .longStrings)) }
        + (UInt64(58)...75).map { damaged(RandomRecord(seed: $0, size: .small).text, seed: $0) }
        + (UInt64(76)...80).map {
            KnownPayload(broken: Array(gzip(RandomRecord(seed: $0).text).dropLast(9)), .truncated)
        }

    /// Cut off, or with a byte changed.
    private static func damaged(_ text: [UInt8], seed: UInt64) -> KnownPayload {
        var random = SplitMix(seed: seed)
        let place = Int.random(in: text.indices, using: &random)
        return KnownPayload(
            text: seed.isMultiple(of: 2) ? Array(text[..<place]) : text[..<place] + [0xFF] + text[place...])
    }
}
