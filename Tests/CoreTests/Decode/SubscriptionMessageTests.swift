import Core
import Testing

private let origin = #""owner":"1","logGroup":"g","logStream":"s""#

private func data(_ events: String) -> String {
    #"{"messageType":"DATA_MESSAGE",\#(origin),"logEvents":[\#(events)]}"#
}

private let event = #"{"id":"1","timestamp":1,"message":"m"}"#
private let control =
    #"{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],"#
    + #""logEvents":[{"id":"","timestamp":1,"message":"CWL CONTROL MESSAGE: Checking health of destination."}]}"#

private func text(_ range: ByteRange?, _ record: DecodedRecord) -> String? {
    range.map { String(decoding: record.text[$0], as: UTF8.self) }
}

@Suite struct DocumentsAreSubscriptionMessages {
    static let refused = [
        "1", "null", #""a""#, "[]", "[\(data(event))]", "{}", #"{"messageType":null}"#,
        #"{"messageType":"data_message"}"#, #"{"messageType":"OTHER"}"#, #"{"messageType":["DATA_MESSAGE"]}"#,
        #"{"messageType":"DATA_MESSAGE","logGroup":"g","logStream":"s","logEvents":[]}"#,
        #"{"messageType":"DATA_MESSAGE","owner":"","logGroup":"g","logStream":"s","logEvents":[]}"#,
        #"{"messageType":"DATA_MESSAGE","owner":1,"logGroup":"g","logStream":"s","logEvents":[]}"#,
        #"{"messageType":"DATA_MESSAGE","owner":"1","logStream":"s","logEvents":[]}"#,
        #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"","logStream":"s","logEvents":[]}"#,
        #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logEvents":[]}"#,
        #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"","logEvents":[]}"#,
        #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":null,"logEvents":[]}"#,
        #"{"messageType":"DATA_MESSAGE",\#(origin)}"#,
        #"{"messageType":"DATA_MESSAGE",\#(origin),"logEvents":null}"#,
        #"{"messageType":"DATA_MESSAGE",\#(origin),"logEvents":{}}"#,
        #"{"messageType":"DATA_MESSAGE",\#(origin),"logEvents":[],"logEvents":1}"#,
        #"{"messageType":"DATA_MESSAGE",\#(origin),"logEvents":[],"owner":null}"#,
        #"{"messageType":"CONTROL_MESSAGE","messageType":"DATA_MESSAGE"}"#,
        data("1"), data("null"), data("[]"), data("{}"),
        data(#"{"timestamp":1}"#), data(#"{"timestamp":1,"message":null}"#), data(#"{"timestamp":1,"message":5}"#),
        data(#"{"message":"m"}"#), data(#"{"message":"m","timestamp":null}"#), data(#"{"message":"m","timestamp":-1}"#),
        data(#"{"message":"m","timestamp":1.0}"#), data(#"{"message":"m","timestamp":1e3}"#),
        data(#"{"message":"m","timestamp":9223372036854775808}"#), data(#"{"message":"m","timestamp":""}"#),
        data(#"{"message":"m","timestamp":"-1"}"#), data(#"{"message":"m","timestamp":"1.0"}"#),
        data(#"{"message":"m","timestamp":" 1"}"#), data(#"{"message":"m","timestamp":"9223372036854775808"}"#),
        data(#"{"message":"m","timestamp":"１"}"#), data(#"{"message":"m","timestamp":[1]}"#),
        data(#"{"message":"m","timestamp":1,"id":null}"#), data(#"{"message":"m","timestamp":1,"id":1.5}"#),
        data(#"{"message":"m","timestamp":1,"id":1e2}"#), data(#"{"message":"m","timestamp":1,"id":{}}"#),
        data(#"{"message":"m","timestamp":1,"extractedFields":null}"#),
        data(#"{"message":"m","timestamp":1,"extractedFields":[]}"#),
        data(#"{"message":"m","timestamp":1,"extractedFields":"a"}"#),
        data(#"{"message":"m","timestamp":1,"timestamp":"x"}"#), data(#"{"message":"m","message":1,"timestamp":1}"#),
        data(event + ",1," + event), data(event) + data("1") + data(event), data(event) + "{}", "{}" + data(event),
        control + "1", "1" + control,
    ]

    @Test(arguments: refused)
    func orTheRecordIsRefused(text: String) throws {
        #expect(try undecodable(gzip(text)).reason == .notASubscriptionMessage)
    }

    /// One bad document makes the record bad, but worse grammar behind it is the reason that counts.
    @Test func grammarComesBeforeMeaning() throws {
        #expect(try undecodable((data("1") + "{").utf8).reason == .notJSON)
        #expect(try undecodable(("{}" + data("[01]")).utf8).reason == .notJSON)
    }

    @Test func aFaultTellsItsPlace() throws {
        #expect(
            try undecodable((control + data(event + #",{"message":"m"}"#)).utf8).detail
                == "the document at byte \(control.utf8.count) of the text: event 1: timestamp is not an integer from 0 to "
                + "9223372036854775807")
    }

    @Test func emptyTextIsNoDocument() throws {
        for text in ["", " ", "\n\t\r "] { #expect(try undecodable(gzip(text)).reason == .notJSON) }
    }
}

@Suite struct MembersMayComeInAnyWay {
    @Test func inAnyOrder() throws {
        let members = [
            #""messageType":"DATA_MESSAGE""#, #""owner":"1""#, #""logGroup":"g""#, #""logEvents":[\#(event)]"#,
        ]
        for order in permutations(members) {
            let record = try decoded(#"{\#(order.joined(separator: ",")),"logStream":"s"}"#)
            #expect(record.messages.map(\.origin) == [Origin(owner: "1", logGroup: "g", logStream: "s")])
            #expect(record.messages.map(\.events) == [0..<1])
        }
    }

    @Test func escapedNamesAndValues() throws {
        let record = try decoded(
            #"{"\u006dessageType":"DATA\u005FMESSAGE","owner":"1","log\u0047roup":"\/a\u00e9","logStream":"s\ud800","#
                + #""logEvents":[{"t\u0069mestamp":"\u00315","\u0069d":7,"mess\u0061ge":"\u0041"}]}"#)
        #expect(record.messages.map(\.origin) == [Origin(owner: "1", logGroup: "/aé", logStream: "s\u{FFFD}")])
        #expect(text(record.messages[0].logGroup, record) == #"\/a\u00e9"#)
        #expect(record.events[0].timestamp == Instant(milliseconds: 15))
        #expect(text(record.events[0].id, record) == "7")
        #expect(text(record.events[0].message, record) == #"\u0041"#)
        #expect(record.events[0].messageBytes == 1)
    }

    @Test func theLastOfANameWins() throws {
        let record = try decoded(
            #"{"messageType":1,"owner":[],"logEvents":[{"bad":1}],"messageType":"DATA_MESSAGE","owner":"1","logGroup":"x","#
                + #""logGroup":"g","logStream":"s","subscriptionFilters":1,"subscriptionFilters":["f"],"logEvents":["#
                + #"{"id":null,"id":"2","timestamp":"x","timestamp":3,"message":1,"message":"m","extractedFields":1,"#
                + #""extractedFields":{}}]}"#)
        #expect(record.messages.map(\.origin) == [Origin(owner: "1", logGroup: "g", logStream: "s")])
        #expect(text(record.messages[0].subscriptionFilters, record) == #"["f"]"#)
        #expect(record.events.count == 1)
        #expect(text(record.events[0].id, record) == "2")
        #expect(record.events[0].timestamp == Instant(milliseconds: 3))
        #expect(text(record.events[0].extractedFields, record) == "{}")
        let emptied = try decoded(data(event).dropLast() + #","logEvents":[]}"#)
        #expect(emptied.events.isEmpty && emptied.messages.map(\.events) == [0..<0])
    }

    @Test func unknownMembersAreSkipped() throws {
        let record = try decoded(
            #"{"policyLevel":"ACCOUNT_LEVEL_POLICY","x":{"logEvents":[1],"owner":2},"messageType":"DATA_MESSAGE",\#(origin),"#
                + #""logEvents":[{"ingestionTime":5,"id":"1","timestamp":1,"y":["message",{"message":2}],"message":"m"}]}"#
        )
        #expect(record.events.count == 1)
        #expect(text(record.events[0].message, record) == "m")
    }

    @Test func subscriptionFiltersOfAWrongTypeAreAbsent() throws {
        for value in ["null", #""f""#, "{}", "1"] {
            let record = try decoded(data(event).dropLast() + #","subscriptionFilters":\#(value)}"#)
            #expect(record.messages[0].subscriptionFilters == nil)
        }
    }

    static let timestamps: [(String, Int64)] = [
        ("0", 0), ("-0", 0), ("1763632800000", 1_763_632_800_000), ("9223372036854775807", .max),
        (#""0""#, 0), (#""1763632800000""#, 1_763_632_800_000), (#""9223372036854775807""#, .max), (#""007""#, 7),
    ]

    @Test(arguments: timestamps)
    func aTimestampIsAnInteger(written: String, milliseconds: Int64) throws {
        let record = try decoded(data(#"{"timestamp":\#(written),"message":""}"#))
        #expect(record.events.map(\.timestamp) == [Instant(milliseconds: milliseconds)])
    }

    static let ids: [(String, String?)] = [
        (#""id":"a\n","#, #"a\n"#), (#""id":"","#, ""), (#""id":-5,"#, "-5"), ("", nil),
        (
            #""id":39900000000000000000000000000000000000000000000000000000,"#,
            "39900000000000000000000000000000000000000000000000000000"
        ),
    ]

    @Test(arguments: ids)
    func anIDIsAStringOrAnInteger(written: String, id: String?) throws {
        let record = try decoded(data(#"{\#(written)"timestamp":1,"message":""}"#))
        #expect(text(record.events[0].id, record) == id)
    }

    private func permutations(_ items: [String]) -> [[String]] {
        guard items.count > 1 else { return [items] }
        return items.indices.flatMap { index in
            var rest = items
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }
}

@Suite struct ControlMessagesDeliverNothing {
    @Test func whateverElseTheyHold() throws {
        for text in [
            control, #"{"messageType":"CONTROL_MESSAGE"}"#, #"{"logEvents":[1],"messageType":"CONTROL_MESSAGE"}"#,
        ] {
            let record = try decoded(gzip(text))
            #expect(record.controlMessages == 1 && record.messages.isEmpty && record.events.isEmpty)
        }
    }

    @Test func firstLastAndBetween() throws {
        for documents in [[control, data(event)], [data(event), control], [data(event), control, data(event)]] {
            for separator in ["", " ", "\n", "\r\n\t "] {
                let record = try decoded(separator + documents.joined(separator: separator) + separator)
                let expected = documents.count - 1
                #expect(record.controlMessages == 1)
                #expect(record.messages.map(\.events) == (0..<expected).map { $0..<$0 + 1 })
                #expect(record.events.count == expected)
            }
        }
    }
}

@Suite struct SeveralDocumentsAreOneRecord {
    @Test func eachWithItsOwnEvents() throws {
        let first = data(event + "," + event)
        let second = first.replacing(#""logStream":"s""#, with: #""logStream":"t""#)
        let record = try decoded(gzip(first) + gzip(second) + gzip(data("")))
        #expect(record.messages.map(\.origin.logStream) == ["s", "t", "s"])
        #expect(record.messages.map(\.events) == [0..<2, 2..<4, 4..<4])
    }

    @Test func aDocumentMayBeginInOneMemberAndEndInTheNext() throws {
        let text = data(event) + data(event)
        let record = try decoded(gzip(text.utf8.prefix(100)) + gzip(text.utf8.dropFirst(100)))
        #expect(record.events.count == 2)
    }
}

/// Each line of an event repeats them, so that a small payload could make any amount of lines.
@Suite struct NamesHaveALength {
    @Test(arguments: ["owner", "logGroup", "logStream"])
    func upTo64KiB(member: String) throws {
        func document(_ bytes: Int) -> String {
            let name = String(repeating: "n", count: bytes)
            return data(event).dropLast() + #","\#(member)":"\#(name)"}"#
        }
        #expect(try decoded(document(65_536)).events.count == 1)
        let refusal = try undecodable(Array(document(65_537).utf8))
        #expect(refusal.reason == .notASubscriptionMessage)
        #expect(refusal.detail.hasSuffix("\(member) is not a string of 1 to 65536 bytes"))
    }

    @Test func orTheyAreNotKept() throws {
        func document(_ bytes: Int) -> String {
            data(event).dropLast() + #","subscriptionFilters":["\#(String(repeating: "f", count: bytes - 4))"]}"#
        }
        #expect(try decoded(document(65_536)).messages[0].subscriptionFilters?.count == 65_536)
        #expect(try decoded(document(65_537)).messages[0].subscriptionFilters == nil)
    }
}
