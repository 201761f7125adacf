import Core
import Testing

/// A scanner looks at blocks of up to 64 bytes. Whatever stands in a string, it may stand anywhere in a block or in two.
@Suite struct BlocksHaveNoBoundaries {
    private static let before =
        #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":["#
    private static let plain = [UInt8](repeating: UInt8(ascii: "x"), count: 200)

    /// What may stand in a string, and what it stands for.
    private static let passing: [(written: String, means: String)] =
        [
            ("", ""), ("\u{7F}", "\u{7F}"), ("é", "é"), ("€", "€"), ("😀", "😀"), ("é€😀", "é€😀"),
            ("\u{10FFFF}", "\u{10FFFF}"),
            (#"\""#, "\""), (#"\\"#, "\\"), (#"\/"#, "/"), (#"\b\f\n\r\t"#, "\u{8}\u{C}\n\r\t"), (#"\u0041"#, "A"),
            (#"\u007F\u0080\u07ff\u0800\uFFFF"#, "\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}"),
            (#"\u00e9"#, "é"), (#"\u20AC"#, "€"), (#"\ud83D\uDe00"#, "😀"), (#"\\u0041"#, #"\u0041"#),
            (#"\ud83d"#, "\u{FFFD}"), (#"\ude00"#, "\u{FFFD}"), (#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀"),
            (#"\ud83d\n"#, "\u{FFFD}\n"), (#"\ud83d\\ude00"#, "\u{FFFD}\\ude00"), (#"\ud83dude00"#, "\u{FFFD}ude00"),
            (#"\"\"\""#, #"""""#), ("{\\\"a\\\":[1,2]}", #"{"a":[1,2]}"#),
        ] + runs

    /// Backslashes in even number before something plain, in odd number before what they escape.
    private static let runs = [1, 2, 3, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65].flatMap { pairs in
        let written = String(repeating: #"\\"#, count: pairs)
        let means = String(repeating: "\\", count: pairs)
        return [(written, means), (written + #"\""#, means + "\""), (written + #"\u00E9"#, means + "é")]
    }

    /// What may not, and why.
    private static let refused: [(written: [UInt8], reason: Undecodable.Reason)] =
        (UInt8(0)..<0x20).map { ([$0], .notJSON) }
        + [#"\a"#, #"\u"#, #"\u12"#, #"\u12G4"#, #"\U0041"#, #"\\\"#, #"\ud83d\uZZZZ"#, #"""#].map {
            (Array($0.utf8), .notJSON)
        }
        + [
            [0x80], [0xC0, 0x80], [0xC3], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
            [0xF4, 0x90, 0x80, 0x80], [0xFF],
        ]
        .map { ($0, .notUTF8) }

    private func event(_ message: some Sequence<UInt8>) -> [UInt8] {
        Array(#"{"message":""#.utf8) + message + Array(#"","timestamp":1}"#.utf8)
    }

    /// A message that has `inside` at `offset`, and one behind it that shows whether its end was found.
    private func text(_ inside: some Sequence<UInt8>) -> [UInt8] {
        Array(Self.before.utf8) + event(inside) + Array(",".utf8) + event("next".utf8) + Array("]}".utf8)
    }

    @Test(arguments: passing.indices)
    func forWhatAStringHolds(row: Int) throws {
        let (written, means) = Self.passing[row]
        for offset in 0...130 {
            for behind in [0, 1, 70] {
                let message = Self.plain[..<offset] + written.utf8 + Self.plain[..<behind]
                let record = try decoded(text(message))
                let place: Comment = "\(offset) before, \(behind) behind"
                try #require(record.events.count == 2, place)
                #expect(record.text[record.events[0].message].elementsEqual(message), place)
                #expect(record.text[record.events[1].message].elementsEqual("next".utf8), place)
                #expect(record.events[0].messageBytes == offset + means.utf8.count + behind, place)
                let unescaped = JSONUnescape.string(record.text[record.events[0].message])
                #expect(unescaped.utf8.elementsEqual(Self.plain[..<offset] + means.utf8 + Self.plain[..<behind]), place)
            }
        }
    }

    @Test(arguments: refused.indices)
    func forWhatItMayNot(row: Int) throws {
        let (written, reason) = Self.refused[row]
        for offset in 0...130 {
            for behind in [0, 1, 70] {
                let message = Self.plain[..<offset] + written + Self.plain[..<behind]
                #expect(try undecodable(text(message)).reason == reason, "\(offset) before, \(behind) behind")
            }
        }
    }

    /// White space as long as blocks, of each kind, before each token.
    @Test func forWhiteSpace() throws {
        let tokens = [
            "{", #""messageType""#, ":", #""DATA_MESSAGE""#, ",", #""owner""#, ":", #""1""#, ",", #""logGroup""#, ":",
            #""g""#, ",", #""logStream""#, ":", #""s""#, ",", #""x""#, ":", "[", "-1.5e3", ",", "null", "]", ",",
            #""logEvents""#, ":", "[", "{", #""message""#, ":", #""m""#, ",", #""timestamp""#, ":", "1", "}", "]", "}",
        ]
        for place in 1...tokens.count {
            for count in 0...140 {
                let space = String(repeating: [" ", "\t", "\n", "\r"][count % 4], count: count)
                let text = tokens[..<place].joined() + space + tokens[place...].joined()
                let record = try decoded(text)
                #expect(record.events.count == 1 && record.messages.count == 1, "\(count) before token \(place)")
            }
        }
    }
}
