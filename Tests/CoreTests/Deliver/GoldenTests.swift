import Core
import Testing

/// The exact bytes that leave the program, for messages with everything a sender may put into them.
@Suite struct BytesAreExactly {
    private static let messages: [(escaped: String, unescapedBytes: Int)] = [
        (#"plain"#, 5),
        (#""#, 0),
        (#"say \"hi\" \\ back\/slash"#, 21),
        (#"\u0000\u0001\b\f\n\r\t\u001f\u007F"#, 9),
        ("caf\u{E9} \u{20AC} \u{1F600} \u{7F}", 16),
        (#"\u00e9\u20AC\ud83d\ude00"#, 9),
        (#"\ud800 \udc00 \ud83d\ud83d\ude00"#, 15),
        (String(repeating: "x", count: 1_000_000), 1_000_000),
    ]

    private static func record(fields: String = "") throws -> DecodedRecord {
        let events = messages.enumerated().map { index, message in
            #"{"id":"id\#(index)","timestamp":\#(1_763_632_800_000 + index),"message":"\#(message.escaped)"\#(fields)}"#
        }
        return try decoded(
            gzip(
                #"{"messageType":"DATA_MESSAGE","owner":"111111111111","logGroup":"/app\/\u00e9","logStream":"s\"1","#
                    + #""subscriptionFilters":["f"],"logEvents":[\#(events.joined(separator: ","))]}"#))
    }

    @Test func theUnescapedLengthIsKnown() throws {
        #expect(try Self.record().events.map(\.messageBytes) == Self.messages.map(\.unescapedBytes))
    }

    @Test func aPutLogEventsBody() throws {
        let record = try Self.record()
        var body = PutLogEventsBody(logGroup: "/central/\"\\\u{1}é", logStream: "s\n1")
        body.append(record.events.prefix(3), in: record.text)
        body.append(record.events.dropFirst(3), in: record.text)
        let events = Self.messages.enumerated().map { index, message in
            #"{"timestamp":\#(1_763_632_800_000 + index),"message":"\#(message.escaped)"}"#
        }
        let expected =
            #"{"logGroupName":"/central/\"\\\u0001é","logStreamName":"s\n1","logEvents":["#
            + events.joined(separator: ",") + "]}"
        #expect(body.finish() == Array(expected.utf8))
    }

    @Test func anNDJSONLine() throws {
        let record = try Self.record()
        var lines: [UInt8] = []
        NDJSONLine.append(record.events, of: record.messages[0], in: record.text, to: &lines)
        let expected = Self.messages.enumerated().map { index, message in
            #"{"owner":"111111111111","logGroup":"/app\/\u00e9","logStream":"s\"1","id":"id\#(index)","#
                + #""timestamp":\#(1_763_632_800_000 + index),"message":"\#(message.escaped)"}"# + "\n"
        }
        #expect(lines == Array(expected.joined().utf8))
    }

    @Test func anNDJSONLineWithAllItMayHave() throws {
        let fields = #","extractedFields":{"k" : "v\n", "n":{}}"#
        let record = try Self.record(fields: fields)
        var line: [UInt8] = []
        NDJSONLine.append(
            record.events.prefix(1), of: record.messages[0], in: record.text, withSubscriptionFilters: true, to: &line)
        let expected =
            #"{"owner":"111111111111","logGroup":"/app\/\u00e9","logStream":"s\"1","id":"id0","timestamp":1763632800000,"#
            + #""message":"plain","subscriptionFilters":["f"],"extractedFields":{"k" : "v\n", "n":{}}}"# + "\n"
        #expect(String(decoding: line, as: UTF8.self) == expected)
    }

    @Test func aTextLine() throws {
        let record = try Self.record()
        var lines: [UInt8] = []
        TextLine.append(record.events, in: record.text, to: &lines)
        let expected = [
            "plain", "", "say \"hi\" \\ back/slash", "\u{0}\u{1}\u{8}\u{C}\n\r\t\u{1F}\u{7F}", "café € 😀 \u{7F}", "é€😀",
            "\u{FFFD} \u{FFFD} \u{FFFD}😀", String(repeating: "x", count: 1_000_000),
        ]
        #expect(lines == Array(expected.map { $0 + "\n" }.joined().utf8))
    }
}

@Suite struct LinesAreLines {
    private func lines(of text: String) throws -> String {
        let record = try decoded(text)
        var lines: [UInt8] = []
        for message in record.messages {
            NDJSONLine.append(
                record.events[message.events], of: message, in: record.text, withSubscriptionFilters: true, to: &lines)
        }
        return String(decoding: lines, as: UTF8.self)
    }

    private let head = #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","#

    @Test func anIntegerIDIsQuotedAndAMissingOneLeftOut() throws {
        let text = try lines(
            of: head + #""logEvents":[{"id":12,"timestamp":0,"message":""},{"timestamp":0,"message":""}]}"#)
        #expect(
            text == #"{"owner":"1","logGroup":"g","logStream":"s","id":"12","timestamp":0,"message":""}"# + "\n"
                + #"{"owner":"1","logGroup":"g","logStream":"s","timestamp":0,"message":""}"# + "\n")
    }

    /// Line breaks between tokens would end the line too early.
    @Test func arraysAndObjectsStayOnTheLine() throws {
        let text = try lines(
            of: head
                + "\"subscriptionFilters\":[\r\n \"f\",\n\"g\" ],\"logEvents\":[{\"timestamp\":9223372036854775807,"
                + "\"message\":\"\",\n\"extractedFields\":{\n  \"a\": 1,\r\n  \"b\\n\":\t[2,\n3]\n}}]}")
        #expect(
            text == #"{"owner":"1","logGroup":"g","logStream":"s","timestamp":9223372036854775807,"message":"","#
                + #""subscriptionFilters":[ "f","g" ],"extractedFields":{  "a": 1,  "b\n":"# + "\t[2,3]}}\n")
    }

    @Test func eachMessageHasItsOwnOrigin() throws {
        let event = #""logEvents":[{"timestamp":0,"message":"m"}]}"#
        let other = head.replacing(#""s""#, with: #""t""#)
        #expect(
            try lines(of: head + event + other + event)
                == #"{"owner":"1","logGroup":"g","logStream":"s","timestamp":0,"message":"m"}"# + "\n"
                + #"{"owner":"1","logGroup":"g","logStream":"t","timestamp":0,"message":"m"}"# + "\n")
    }

    static let messages: [(escaped: String, line: String)] = [
        ("", "\n"), ("a", "a\n"), (#"a\n"#, "a\n"), (#"\n"#, "\n"), (#"a\nb"#, "a\nb\n"), (#"a\n\n"#, "a\n\n"),
        (#"a\r"#, "a\r\n"), (#"\u000a"#, "\n"), (#"\\n"#, "\\n\n"), (#"\\"#, "\\\n"), (#"\ud83d"#, "\u{FFFD}\n"),
        (#"\ud83d\u0041"#, "\u{FFFD}A\n"), (#"\ude00\ud83d"#, "\u{FFFD}\u{FFFD}\n"), (#"\uD83D\uDE00"#, "😀\n"),
        (#"\uFFFF\uDBFF\uDFFF"#, "\u{FFFF}\u{10FFFF}\n"), (#"\ud83d\u20ac\ud83d\u00e9"#, "\u{FFFD}€\u{FFFD}é\n"),
        (#"\ud83d\\ude00"#, "\u{FFFD}\\ude00\n"),
    ]

    @Test(arguments: messages)
    func textEndsWithOneNewline(escaped: String, line: String) throws {
        let record = try decoded(head + #""logEvents":[{"timestamp":0,"message":"\#(escaped)"}]}"#)
        var lines = Array("before".utf8)
        TextLine.append(record.events, in: record.text, to: &lines)
        #expect(String(decoding: lines, as: UTF8.self) == "before" + line)
        let message = JSONUnescape.string(record.text[record.events[0].message])
        #expect(record.events[0].messageBytes == message.utf8.count)
    }
}

@Suite struct OurStringsAreEscaped {
    static let rows: [(String, String)] = [
        ("", #""""#), ("a/b", #""a/b""#), (#"""#, #""\"""#), (#"\"#, #""\\""#), ("é😀\u{7F}", "\"é😀\u{7F}\""),
        ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#), ("\u{0}\u{B}\u{1F}", #""\u0000\u000b\u001f""#), ("a\"b", #""a\"b""#),
    ]

    @Test(arguments: rows)
    func each(string: String, written: String) {
        var out = [UInt8(ascii: ":")]
        JSONEscape.append(string, to: &out)
        #expect(String(decoding: out, as: UTF8.self) == ":" + written)
    }
}
