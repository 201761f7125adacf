import Core
import Testing

/// Places where a grammar has few choices, tried with all that there are.
@Suite struct EveryByteIsJudged {
    private func reason(_ byte: UInt8) -> Undecodable.Reason { byte < 0x80 ? .notJSON : .notUTF8 }

    /// Puts each byte between `before` and `after`, in every place; `accepted` are the only ones that may stand there.
    private func expect(_ accepted: some Sequence<UInt8>, between before: String, and after: String) throws {
        let accepted = Set(accepted)
        for byte in UInt8.min...UInt8.max {
            let value = Array(before.utf8) + [byte] + Array(after.utf8)
            for place in Place.all {
                let comment: Comment = "byte \(byte) between \(before) and \(after) in \(place.testDescription)"
                if accepted.contains(byte) {
                    try place.expectAccepted(value, comment)
                } else {
                    try place.expectRefused(value, reason(byte), comment)
                }
            }
        }
    }

    @Test func asWhiteSpace() throws {
        for (before, after) in [
            ("", "true"), ("true", ""), ("[", "[]]"), ("[[]", "]"), ("{", #""a":[]}"#), (#"{"a""#, ":[]}"),
            (#"{"a":[]"#, "}"),
        ] {
            try expect(" \n\r\t".utf8, between: before, and: after)
        }
    }

    @Test func inAString() throws {
        // A quote would end it, a backslash would escape what comes next.
        try expect((UInt8(0x20)...0x7F).filter { !#""\"#.utf8.contains($0) }, between: "\"a", and: "ä\"")
    }

    @Test func asAnEscape() throws { try expect(#""\/bfnrt"#.utf8, between: #""\"#, and: #"x""#) }

    @Test func asAHexadecimalDigit() throws {
        let digits = "0123456789abcdefABCDEF".utf8
        for (before, after) in [("", "12F"), ("1", "2F"), ("12", "F"), ("12F", "")] {
            try expect(digits, between: #""\u"# + before, and: after + "\"")
            try expect(digits, between: #""\ud83d\u"# + before, and: after + "\"")
        }
    }

    @Test func betweenElementsAndMembers() throws {
        try expect(",".utf8, between: "[[]", and: "[]]")
        try expect(",".utf8, between: #"{"a":[]"#, and: #""b":[]}"#)
        try expect(":".utf8, between: #"{"a""#, and: "[]}")
        try expect("]".utf8, between: "[[]", and: "")
        try expect("}".utf8, between: #"{"a":[]"#, and: "")
    }

    @Test func insteadOfALettersOfALiteral() throws {
        for word in ["true", "false", "null"] {
            for index in word.indices {
                try expect(
                    word[index].utf8, between: String(word[..<index]), and: String(word[word.index(after: index)...]))
            }
        }
    }

    /// What begins no object is no payload at all when it comes plain; in gzip it is a text to be judged.
    @Test func aroundTheDocument() throws {
        let control = #"{"messageType":"CONTROL_MESSAGE"}"#
        for byte in UInt8.min...UInt8.max {
            let isSpace = " \n\r\t".utf8.contains(byte)
            let isNumber = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            let refusal = isNumber ? .notASubscriptionMessage : reason(byte)
            let expected = isSpace ? Judgement.says(Reading(controlMessages: 1)) : .refused(refusal)
            #expect(Judgement(decode(Array(control.utf8) + [byte])) == expected, "\(byte) behind")
            #expect(Judgement(decode(gzip(Array(control.utf8) + [byte]))) == expected, "\(byte) behind, in gzip")
            #expect(Judgement(decode(gzip([byte] + Array(control.utf8)))) == expected, "\(byte) before, in gzip")
            guard byte != UInt8(ascii: "{") else { continue }
            #expect(Judgement(decode([byte] + Array(control.utf8))) == (isSpace ? expected : .refused(.notGzip)))
        }
    }

    /// All texts of up to five of these characters, as an id: an integer, another number, or no JSON.
    @Test func inANumber() throws {
        let number = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/
        let integer = /-?(0|[1-9][0-9]*)/
        let before =
            #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[{"timestamp":1,"id":"#
        var texts = [""]
        for _ in 1...5 {
            texts = texts.flatMap { text in "-+01.eE".map { text + String($0) } }
            for text in texts {
                let isInteger = text.wholeMatch(of: integer) != nil
                let refusal: Undecodable.Reason =
                    text.wholeMatch(of: number) != nil ? .notASubscriptionMessage : .notJSON
                switch Judgement(decode(Array((before + text + #","message":""}]}"#).utf8))) {
                case .says(let reading):
                    #expect(isInteger, "\(text)")
                    #expect(reading.messages.first?.events.first?.id?.unescaped == Array(text.utf8))
                case .refused(let reason): #expect(!isInteger && reason == refusal, "\(text)")
                case .needsMore: Issue.record("needs more than there may be")
                }
            }
        }
    }
}
