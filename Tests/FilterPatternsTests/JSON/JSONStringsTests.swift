import Testing

@testable import FilterPatterns

@Suite struct JSONStringsTests {
    /// What a message holds comes out as it went in, lone surrogates too.
    @Test(arguments: [
        (#"say \"hi\" \\ /"#, #"say \"hi\" \\ /"#), (#"\/"#, "/"), (#"\u0000\u001f\u007f"#, "\\u0000\\u001f\u{7f}"),
        (#"\b\f\n\r\t"#, #"\b\f\n\r\t"#), (#"\u00e9\ud83d\ude00"#, "é😀"), (#"\ud800x\udc00"#, #"\ud800x\udc00"#),
        (#"\ud83d\ud83d\ude00"#, #"\ud83d😀"#), ("", ""),
    ])
    func escapesSurvive(escaped: String, again: String) {
        var json: [UInt8] = []
        unescaped(escaped).withUnsafeBufferPointer { JSONStrings.append($0, to: &json) }
        #expect(String(decoding: json, as: UTF8.self) == "\"\(again)\"")
    }

    @Test func aLoneSurrogateHasThreeBytes() {
        #expect(unescaped(#"\ud800"#) == [0xed, 0xa0, 0x80])
    }

    private func unescaped(_ text: String) -> [UInt8] {
        var unescaped: [UInt8] = []
        Array(text.utf8).withUnsafeBufferPointer { JSONStrings.unescape($0, into: &unescaped) }
        return unescaped
    }
}
