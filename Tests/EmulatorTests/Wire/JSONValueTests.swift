import Testing

@testable import Emulator

@Suite struct JSONValueTests {
    @Test func membersAreFoundByName() throws {
        let root = try document(#"{"a":1,"b":[true,null,"x"],"c":{"d":"é"},"a":2,"n":null,"\u0065":"escaped name"}"#)
            .root
        #expect(root["a"]?.integer == 2)
        #expect(root["b"]?.elements?.map(\.kind) == [.yes, .null, .string])
        #expect(root["c"]?["d"]?.string == "é")
        #expect(root["e"]?.string == "escaped name")
        #expect(root["n"] == nil)
        #expect(root["missing"] == nil)
        #expect(root.members?.map(\.name) == ["a", "b", "c", "a", "n", "e"])
        #expect(root["c"].map { String(decoding: $0.source, as: UTF8.self) } == #"{"d":"é"}"#)
    }

    @Test(arguments: [
        ("0", 0), ("-1", -1), ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
        ("9223372036854775808", nil), ("1.0", nil), ("1e3", nil), ("\"1\"", nil),
    ])
    func integers(text: String, value: Int64?) throws {
        #expect(try document(text).root.integer == value)
    }

    /// What a message holds comes out as it went in, lone surrogates too.
    @Test(arguments: [
        (#"say \"hi\" \\ /"#, #"say \"hi\" \\ /"#), (#"\/"#, "/"), (#"\u0000\u001f\u007f"#, "\\u0000\\u001f\u{7f}"),
        (#"\b\f\n\r\t"#, #"\b\f\n\r\t"#), (#"\u00e9\ud83d\ude00"#, "é😀"), (#"\ud800x\udc00"#, #"\ud800x\udc00"#),
        (#"\ud83d\ud83d\ude00"#, #"\ud83d😀"#), ("", ""),
    ])
    func escapesSurvive(escaped: String, again: String) throws {
        let text = try document("\"\(escaped)\"").root.text
        var json: [UInt8] = []
        text.withUnsafeBufferPointer { JSONStrings.append($0, to: &json) }
        #expect(String(decoding: json, as: UTF8.self) == "\"\(again)\"")
    }

    @Test func aLoneSurrogateCountsThreeBytes() throws {
        #expect(try document(#""\ud800""#).root.text == [0xed, 0xa0, 0x80])
    }

    @Test func theWriterPutsTheCommas() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("a", "x{")
            writer.member("none", String?.none)
            writer.member("b", Int64.min)
            writer.member(
                "c",
                array: { writer in
                    writer.object { _ in }
                    writer.array { _ in }
                    writer.boolean(true)
                })
            writer.member("d", strings: [(key: "k\"", value: "v"), (key: "l", value: "")])
        }
        let expected = #"{"a":"x{","b":-9223372036854775808,"c":[{},[],true],"d":{"k\"":"v","l":""}}"#
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    }

    private func document(_ text: String) throws -> JSONDocument { try JSONDocument(Array(text.utf8)) }
}
