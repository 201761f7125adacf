import Testing

@testable import Emulator

@Suite struct JSONValueTests {
    @Test func membersAreFoundByName() throws {
        let root = try document(#"{"a":1,"b":[true,null,"x"],"c":{"d":"é"},"a":2,"n":null,"\u0065":"escaped name"}"#)
            .root
        #expect(root["a"]?.integer == 2)
        #expect(root["b"]?.elements?.map(\.isNull) == [false, true, false])
        #expect(root["b"]?.elements?.map(\.boolean) == [true, nil, nil])
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

    @Test func bytesThatAreNotUTF8AreRefused() {
        #expect(throws: (any Error).self) { _ = try JSONDocument([0x22, 0xff, 0x22]) }
        #expect(throws: (any Error).self) { _ = try JSONDocument([0x22, 0xed, 0xa0, 0x80, 0x22]) }
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
