import Testing

@testable import Emulator

@Suite struct JSONScannerTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "10", "-1.5e+10", "1E0", #""""#, #""plain""#, "[]", "{}", " [ 1 , 2 ] ",
        #"{"a":{"b":[{}]},"a":1}"#, #""\u00e9\"\\\/\b\f\n\r\t""#, #""\ud800""#, "\"é😀 and more than eight bytes\"",
    ])
    func isJSON(text: String) {
        #expect(throws: Never.self) { _ = try JSONDocument(Array(text.utf8)) }
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "01", "-", "1.", ".5", "1e", "+1", "'a'", "\"", #""\x""#, #""\u12g4""#, "\"\u{1}\"",
        "\"seven..\u{1f}\"", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{} {}", "[", "{",
        "\"no end of it here",
    ])
    func isNotJSON(text: String) {
        #expect(throws: JSONFault.self) { _ = try JSONDocument(Array(text.utf8)) }
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        #expect(throws: JSONFault.self) { _ = try JSONDocument([0x22, 0xff, 0x22]) }
        #expect(throws: JSONFault.self) { _ = try JSONDocument([0x22, 0xed, 0xa0, 0x80, 0x22]) }
    }

    @Test func nestingHasAnEnd() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSONDocument(nested(JSONScanner.depthMax))
        #expect(throws: JSONFault.self) { _ = try JSONDocument(nested(JSONScanner.depthMax + 1)) }
    }

    /// A quote, a backslash or a control character is found at every place of an eight-byte step.
    @Test(arguments: 0..<20)
    func whereverAStringEnds(length: Int) throws {
        let text = String(repeating: "x", count: length)
        #expect(try JSONDocument(Array("\"\(text)\"".utf8)).root.string == text)
        #expect(try JSONDocument(Array("\"\(text)\\n\(text)\"".utf8)).root.string == text + "\n" + text)
        #expect(throws: JSONFault.self) { _ = try JSONDocument(Array("\"\(text)\u{1f}\(text)\"".utf8)) }
    }
}
