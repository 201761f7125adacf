import Testing

@testable import FilterPatterns

@Suite struct JSONScannerTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "10", "-1.5e+10", "1E0", #""""#, #""plain""#, "[]", "{}", " [ 1 , 2 ] ",
        #"{"a":{"b":[{}]},"a":1}"#, #""\u00e9\"\\\/\b\f\n\r\t""#, #""\ud800""#, "\"é😀 and more than eight bytes\"",
    ])
    func isJSON(text: String) {
        #expect(throws: Never.self) { _ = try nodes(text) }
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "01", "-", "1.", ".5", "1e", "+1", "'a'", "\"", #""\x""#, #""\u12g4""#, "\"\u{1}\"",
        "\"seven..\u{1f}\"", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{} {}", "[", "{",
        "\"no end of it here",
    ])
    func isNotJSON(text: String) {
        #expect(throws: JSONFault.self) { _ = try nodes(text) }
    }

    @Test func nestingHasAnEnd() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try nodes(nested(JSONScanner.depthMax))
        #expect(throws: JSONFault.self) { _ = try nodes(nested(JSONScanner.depthMax + 1)) }
    }

    /// A quote, a backslash or a control character is found at every place of an eight-byte step.
    @Test(arguments: 0..<20)
    func whereverAStringEnds(length: Int) throws {
        let text = String(repeating: "x", count: length)
        #expect(try nodes("\"\(text)\"").map(\.range) == [1..<1 + length])
        let escaped = try nodes("\"\(text)\\n\(text)\"")
        #expect(escaped.map(\.range) == [1..<3 + 2 * length])
        #expect(escaped.map(\.isEscaped) == [true])
        #expect(throws: JSONFault.self) { _ = try nodes("\"\(text)\u{1f}\(text)\"") }
    }

    /// Each value knows where the values inside it end.
    @Test func valuesLieInTheOrderTheyBegin() throws {
        let nodes = try nodes(#"{"a":[1,{}],"b":null}"#)
        #expect(nodes.map(\.kind) == [.object, .string, .array, .number, .object, .string, .null])
        #expect(nodes.map(\.next) == [7, 2, 5, 4, 5, 6, 7])
    }

    private func nodes(_ text: String) throws(JSONFault) -> [JSONNode] {
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBufferPointer { text throws(JSONFault) in
            var scanner = JSONScanner(text)
            try scanner.scan()
            return scanner.nodes
        }
    }
}
