import Core
import Testing

/// RFC 8259, as a value that the scanner skips, as an event's field, and everywhere else that a value may stand.
@Suite struct JSONIsJudgedByItsGrammar {
    static let accepted = [
        "null", "true", "false", "{}", "[]", "[ ]", "{ }", "[[],[]]", "[{}]", #"{"":0}"#, #"{"a":{"b":[{"c":null}]}}"#,
        "0", "-0", "7", "-7", "10", "0.0", "-0.5", "1.25", "1e5", "1E5", "1e+5", "1e-5", "0e0", "-1.5E-30",
        "123456789012345678901234567890", "1e999999", "0.000000000000000000000000000000000000001",
        #""""#, #""a""#, #""\"""#, #""\\""#, #""\/""#, #""\b\f\n\r\t""#, #""\u0000""#, #""\u001f\u00e9\u20AC""#,
        #""\ud83d\ude00""#, #""\uD83D\uDE00""#, #""\ud83d""#, #""\ude00""#, #""\ud83d\ud83d\ude00""#, #""\ud83dx""#,
        #""\ud83d\n""#, "\"\u{7F}\"", "\"é€😀\"", "\"\u{2028}\u{2029}\"", "\"\u{FEFF}\"", "\"\u{10FFFF}\"",
        "\"\u{800}\"",
        "[1,2]", "[ 1 , 2 ]", "\t[\n1\r,\n2 ]", #"{ "a" : 1 , "b" : 2 }"#, #"{"a":1,"a":2}"#, #"["]","}"]"#,
        "[1,\"a\",null,true,{},[]]", #""/""#, #""\\\\\"""#, "\"0123456789abcdef\"", "\"0123456789abcde\\n\"",
    ]

    static let refused = [
        "", " ", "nul", "nulll", "NULL", "True", "tru", "fals", "undefined", "NaN", "Infinity", "-Infinity",
        "01", "-01", "00", "+1", "-", "1.", ".5", "-.5", "1.e5", "1e", "1e+", "1e1.5", "0x10", "1_000", "--1", "1-",
        "１",
        "'a'", "\"", "\"a", #""\"#, #""\""#, #""\a""#, #""\x41""#, #""\u""#, #""\u12""#, #""\u12G4""#, #""\U0041""#,
        #""\ud83d\u""#, #""\ud83d\uZZZZ""#, "\"\n\"", "\"\t\"", "\"\u{0}\"", "\"\u{1F}\"",
        "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1 2]", "[1;2]", "[1,,2]", "[}", "[1}", "(1)",
        "{", "}", "{]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "{1:1}",
        "{\"a\" 1}", "{\"a\",1}", "{\"a\"::1}", "{\"a\":1 \"b\":2}", "{\"a\":1;}", "{\"a\":1]", "{null:1}", "{[]:1}",
        "/* */1", "1//", "#1", "[1]]", "1 2", "\u{A0}1", "\u{B}1", "\u{C}1", "\u{0}1", "\u{FEFF}1", "\u{2028}1", "a",
        "é",
    ]

    /// Texts around a value that make it skipped, a field, an element that is no event, an id, a wrong member.
    static let places: [(before: String, after: String)] = [
        (#"{"messageType":"CONTROL_MESSAGE","x":"#, "}"),
        (#"{"messageType":"CONTROL_MESSAGE","owner": "#, " }"),
        (#"{"messageType":"CONTROL_MESSAGE","logEvents":"#, "}"),
        (#"{"messageType":"CONTROL_MESSAGE","logEvents":["#, "]}"),
        (#"{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"#, "}]}"),
        (#"{"messageType":"CONTROL_MESSAGE","logEvents":[{"timestamp":"#, #","message":""}]}"#),
        (#"{"messageType":"CONTROL_MESSAGE","logEvents":[{"message":"#, "}]}"),
        (#"{"messageType":"CONTROL_MESSAGE","logEvents":[{"extractedFields":"#, "}]}"),
        (#"{"messageType":"CONTROL_MESSAGE","logEvents":[{"other":"#, "}]}"),
        (#"{"messageType":"CONTROL_MESSAGE","subscriptionFilters":"#, "}"),
        (#"{"messageType":"#, #","messageType":"CONTROL_MESSAGE"}"#),
    ]

    @Test(arguments: accepted)
    func aValueIsAccepted(value: String) throws {
        for place in Self.places {
            #expect(try decoded(place.before + value + place.after).controlMessages == 1, "\(place)")
        }
    }

    @Test(arguments: refused)
    func aValueIsRefused(value: String) throws {
        // Where an array's elements or the value's end stand open, nothing and "1]]" and the like are not what is meant.
        for place in Self.places where !(place.before.hasSuffix("[") && value.allSatisfy(\.isWhitespace)) {
            let text = place.before + value + place.after
            #expect(try undecodable(text.utf8).reason == .notJSON, "\(text)")
        }
    }

    /// Whatever is cut off or put in: a text that JSON's grammar refuses is never decoded.
    @Test func everyBeginningOfADocumentIsRefused() throws {
        let text =
            #"{ "messageType" : "CONTROL_MESSAGE" , "a\n" : [ -1.5e+3 , true , null , { "b" : "\ud83d\ude00" } , "é€" ] }"#
        _ = try decoded(text)
        for length in 1..<text.utf8.count {
            let reason = try undecodable(text.utf8.prefix(length)).reason
            #expect(reason == .notJSON || reason == .notUTF8)
        }
    }

    @Test(arguments: [1, 2, 127, 128, 129, 130, 1000, 100_000])
    func nestingEndsAt128(levels: Int) throws {
        let opened = (0..<levels - 1).map { $0.isMultiple(of: 2) ? "[" : #"{"a":"# }
        let closed = (0..<levels - 1).reversed().map { $0.isMultiple(of: 2) ? "]" : "}" }
        let text = #"{"messageType":"CONTROL_MESSAGE","x":\#(opened.joined())1\#(closed.joined())}"#
        if levels <= 128 {
            #expect(try decoded(text).controlMessages == 1)
        } else {
            #expect(try undecodable(text.utf8).reason == .notJSON)
        }
    }

    @Test func nestingCountsTheDocumentAndItsEvents() throws {
        let open = String(repeating: "[", count: 124)
        let close = String(repeating: "]", count: 124)
        let before = #"{"messageType":"CONTROL_MESSAGE","logEvents":[{"extractedFields":{"a":"#
        #expect(try decoded(before + open + close + "}}]}").controlMessages == 1)
        #expect(try undecodable((before + "[" + open + close + "]" + "}}]}").utf8).reason == .notJSON)
    }

    @Test func aFaultTellsItsPlace() throws {
        let fault = try undecodable(#"{"messageType":1 "a"}"#.utf8)
        #expect(fault == Undecodable(.notJSON, "byte 17 of the text: expected ',' or '}'"))
        let end = try undecodable(#"{"messageType":"#.utf8)
        #expect(end == Undecodable(.notJSON, "the text ends after 15 bytes: expected a value"))
    }
}

@Suite struct TextIsUTF8 {
    private static let before = Array(#"{"messageType":"CONTROL_MESSAGE","x":""#.utf8)
    private static let after = Array(#""}"#.utf8)

    static let refused: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xC2, 0xC2], [0xE0, 0x80, 0x80],
        [0xE0, 0x9F, 0xBF], [0xE1, 0x80], [0xE1, 0x80, 0x41], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xEF, 0xBF],
        [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x90, 0x80], [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xC3, 0xA9, 0xFF],
    ]

    @Test(arguments: refused)
    func notOtherwise(bytes: [UInt8]) throws {
        #expect(try undecodable(Self.before + bytes + Self.after).reason == .notUTF8)
        #expect(try undecodable(gzip(Self.before + bytes)).reason == .notUTF8, "at the text's end")
        #expect(try undecodable(Self.before + Self.after + bytes).reason == .notUTF8, "outside of strings")
    }

    /// Every scalar value but the surrogates, at shifting places.
    @Test func everyCharacterPasses() throws {
        for first in stride(from: UInt32(0x80), to: 0x11_0000, by: 0x4000) {
            let scalars = (first..<min(first + 0x4000, 0x11_0000)).compactMap(Unicode.Scalar.init)
            let text = String(String.UnicodeScalarView(scalars))
            #expect(try decoded(Self.before + Array(text.utf8) + Self.after).controlMessages == 1)
        }
    }

    @Test func aFaultOfTheTextComesBeforeOneOfItsGrammar() throws {
        #expect(try undecodable(Array("{,".utf8) + [0xFF]).reason == .notUTF8)
        let place = try undecodable(Self.before + [0xC3, 0xA9, 0xFF] + Self.after)
        #expect(place.detail == "byte \(Self.before.count + 2) of the text: not UTF-8")
    }

    @Test func aByteOrderMarkIsRefused() throws {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        #expect(try undecodable(mark + Self.before + Self.after).reason == .notUTF8)
        #expect(try undecodable(gzip(mark + Self.before + Self.after)).reason == .notUTF8)
    }
}
