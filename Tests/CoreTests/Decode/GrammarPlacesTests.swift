import Core
import Testing

/// A place for a value nobody knows, in a message with one event that is to be found whatever the value is.
struct Place: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let before: String
    let after: String
    /// How many objects and arrays are around it.
    let depth: Int

    static let all = [
        Place(document: "the document"), Place(event: "the event", #""x":"#, ",", depth: 3),
        Place(event: "extractedFields", #""extractedFields":{"x":"#, "},", depth: 4),
    ]

    private init(document name: String) {
        testDescription = name
        before = #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","x":"#
        after = #","logEvents":[{"timestamp":1,"message":"m"}]}"#
        depth = 1
    }

    private init(event name: String, _ before: String, _ after: String, depth: Int) {
        testDescription = name
        self.before =
            #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[{"# + before
        self.after = after + #""timestamp":1,"message":"m"}]}"#
        self.depth = depth
    }

    func text(with value: some Sequence<UInt8>) -> [UInt8] { Array(before.utf8) + value + Array(after.utf8) }

    func expectAccepted(_ value: some Sequence<UInt8>, _ comment: Comment? = nil) throws {
        let record = try decoded(text(with: value))
        try #require(record.events.count == 1, comment)
        #expect(record.text[record.events[0].message].elementsEqual("m".utf8), comment)
        #expect((record.events[0].extractedFields != nil) == before.contains("extractedFields"), comment)
    }

    func expectRefused(
        _ value: some Sequence<UInt8>, _ reason: Undecodable.Reason = .notJSON, _ comment: Comment? = nil
    ) throws {
        #expect(try undecodable(text(with: value)).reason == reason, comment)
        #expect(try undecodable(gzip(text(with: value))).reason == reason, comment)
    }
}

@Suite struct TheGrammarHoldsInEveryPlace {
    static let accepted =
        JSONIsJudgedByItsGrammar.accepted + [
            "-0.0", "-0e-0", "0E+00", "1E400", "-1E-400", "1e0000000000000000000000000000001", "9007199254740993",
            "0.1e1", #""\u0022\u005C\u002f""#, #""\\u12G4""#, #""\uDFFF\uD800""#, #""\uDBFF\uDFFF""#, "\"\u{85}\"",
            "\"\u{A0}\"",
            #"{"\u0000":{"":[]}}"#, #"{"x":1,"\u0078":2}"#, "\r\n{}", "[[[[[]]]],[],{}]", #"["\"","\\"]"#,
        ]

    static let refused =
        JSONIsJudgedByItsGrammar.refused + [
            "-00", "-01.5", "1.2.3", "1.e", "0.e1", "1e1e1", "1ee1", "1e+-1", "1e 1", "1 e1", "- 1", "1,", "0b1",
            "0o7", "1f", "1L", "∞", "1\u{0}", "\u{7F}", "t", "f", "n", "nullx", "null0", "true1", "falsey",
            "truefalse", "n ull", "Null", "FALSE", "nan", "inf", "-NaN", "+Infinity", #""\'""#, #""\0""#, #""\v""#,
            #""\ ""#, #""\u{41}""#, #""\u00""#, #""\u 041""#, #""\u+041""#, #""\u-041""#, #""\u0x41""#,
            #""\uD83D\u12""#, "\"\\\n\"", "\"a\u{8}b\"", "“a”", "`a`", #""a" "b""#, #""a"b"#, #"a"b""#, "\"\\",
            "[1,\n]", "[,]", "[1,,]", "[[]", "[]]", "[1:2]", #"["a":1]"#, "[{]}", "{[}]", #"{"a":}"#, #"{"a"}"#,
            #"{"a":1,,"b":2}"#, #"{,"a":1}"#, #"{"a":1,"b"}"#, #"{"a":1:2}"#, #"{"a":1 ,}"#, #"{"a" "b":1}"#,
            #"{true:1}"#, #"{"a":1}}"#, "{{}}", #"{{"a":1}}"#, "{1}", "[1]{", "1/**/", "[/**/]", "[1//\n]",
            "<!-- -->1", "\u{2003}1", "\u{85}1", "1\u{A0}", "[\u{C}]", "[1\u{B}]", "{\u{0}}", "...", "$", "*", "&a",
            "{a}", "()", ":", ",", ";", "=", "@", "\\", "|",
        ]

    @Test(arguments: accepted)
    func aValueIsAccepted(value: String) throws {
        for place in Place.all { try place.expectAccepted(value.utf8, "\(place.testDescription)") }
    }

    @Test(arguments: refused)
    func aValueIsRefused(value: String) throws {
        for place in Place.all { try place.expectRefused(value.utf8, .notJSON, "\(place.testDescription)") }
    }

    @Test(arguments: TextIsUTF8.refused)
    func whatIsNotUTF8HasItsOwnReason(bytes: [UInt8]) throws {
        for place in Place.all {
            let quote = [UInt8(ascii: "\"")]
            try place.expectRefused(quote + bytes + quote, .notUTF8, "\(place.testDescription), as a string")
            try place.expectRefused(bytes, .notUTF8, "\(place.testDescription), as a value")
            try place.expectRefused(Array(#"{"a"#.utf8) + bytes + Array(#"":1}"#.utf8), .notUTF8, "a name")
        }
    }

    /// Every string of the table is a message too, or is none.
    @Test(arguments: (accepted + refused).filter { $0.hasPrefix("\"") })
    func stringsAreMessages(value: String) throws {
        let text = Array(
            (#"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[{"timestamp":1,"message":"#
                + value + "}]}").utf8)
        let outcome = Judgement(decode(text))
        #expect(outcome.difference(to: Judgement(strictly: text)) == nil)
        guard Self.accepted.contains(value) else { return #expect(outcome == .refused(.notJSON)) }
        guard case .says(let reading) = outcome else { return }
        let range = try #require(reading.messages.first?.events.first?.message.range)
        #expect(text[range].elementsEqual(value.utf8.dropFirst().dropLast()))
    }

    // MARK: - Nesting

    static let towers: [(name: String, open: [String], close: [String])] = [
        ("arrays", ["["], ["]"]), ("objects", [#"{"a":"#], ["}"]), ("both", ["[", #"{"a":"#], ["]", "}"]),
        ("spaced", ["[ [],\n", #"{ "b" : {} , "a" :"#], [" ]", "\t}"]),
    ]

    @Test(arguments: Place.all, towers.indices)
    func nestingEndsAt128(place: Place, row: Int) throws {
        let tower = Self.towers[row]
        for (levels, isAccepted) in [(126, true), (127, true), (128, true), (129, false), (130, false), (5000, false)] {
            let kinds = (0..<levels - place.depth - (tower.name == "spaced" ? 1 : 0)).map { $0 % tower.open.count }
            let value = kinds.map { tower.open[$0] }.joined() + "0" + kinds.reversed().map { tower.close[$0] }.joined()
            let comment: Comment = "\(tower.name), \(levels) levels"
            if isAccepted {
                try place.expectAccepted(value.utf8, comment)
            } else {
                try place.expectRefused(value.utf8, .notJSON, comment)
            }
        }
    }

    /// A thousand beside each other are no deeper than one.
    @Test(arguments: Place.all)
    func nestingIsDepthAndNotCount(place: Place) throws {
        let levels = 128 - place.depth - 1
        let tower = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        let value = "[" + repeatElement(tower, count: 300).joined(separator: ",") + "]"
        try place.expectAccepted(value.utf8)
        try place.expectRefused(("[" + value + "]").utf8)
    }
}
