import Testing

@testable import FilterPatterns

/// Each row was tried on AWS with TestMetricFilter, or stands in its guide.
@Suite struct FilterPatternTests {
    @Test(arguments: [
        Row("", ["anything", " "], []),
        Row("ERROR", ["TERROR x", "ERROR_A"], ["error"]),
        Row("ERROR ARGUMENTS", ["ARGUMENTS ERROR", "ERROR\nARGUMENTS"], ["ERROR BAD"]),
        Row("?ERROR ?ARGUMENTS", ["INFO ARGUMENTS"], ["INFO REQUEST"]),
        Row("?ERROR ?ARGUMENTS REQUEST", ["INFO REQUEST"], ["INFO ARGUMENTS"]),
        Row("?ERROR ?ARGUMENTS -REQUEST", ["plain"], ["ERROR BAD REQUEST"]),
        Row("ERROR -ARGUMENTS", ["[ERROR] x"], ["ERROR_ARGUMENTS"]),
        Row("-ERROR", ["plain"], ["TERROR x"]),
        Row(#""SERVER ERROR""#, ["x SERVER ERROR"], ["SERVER  ERROR", "SERVER error"]),
        Row(#"" ""#, ["a b"], ["plain"]),
        Row(#""say \"hi\"""#, [#"he may say "hi" now"#], ["say hi"]),
        Row("hello-world", ["a hello-world b"], ["hello world"]),
    ])
    func terms(row: Row) throws { try check(row) }

    @Test(arguments: [
        Row(#"%^ERROR\s[0-9]{3}$%"#, ["ERROR 500", "ERROR\n500"], ["ERROR 5000", "ERROR 50", "xERROR 500"]),
        Row("%10.10.0.1%", ["10010,051", "10.10.0.1"], ["10.10.0"]),
        Row(#"%10\.10\.0\.1%"#, ["10.10.0.1"], ["10010,051"]),
        Row("%ERROR|WARN%", ["WARN 404", "xERROR 500"], ["error 500"]),
        Row("%colou?r%", ["color", "colour"], ["colouur"]),
        Row("%^a{2,3}b$%", ["aab", "aaab"], ["ab", "aaaab"]),
        Row("%^[^a-c]+$%", ["xyz", "é"], ["xaz"]),
        Row(#"%^\w\W\d\D\s\S$%"#, ["a-1b c"], ["a-1b cc"]),
        Row(#"%\x41\x25%"#, ["xA%"], ["A"]),
        Row("%^.$%", ["é", "😀", "x"], ["xy", "\n"]),
        Row("%x*$%", ["", "y"], []),
        Row("%[]a]b%", ["]b", "ab"], ["bb"]),
        Row("%ERROR% -%[0-9]%", ["ERROR"], ["ERROR 1"]),
    ])
    func regularExpressions(row: Row) throws { try check(row) }

    @Test(arguments: [
        Row("{ $.v = 1 }", v("1", "1.0", "1e0", #""1""#), v(#""1.0""#, "[1]", "true")),
        Row(#"{ $.v = "1" }"#, v("1", #""1""#), v("1.0")),
        Row(
            "{ $.v != 1 }", v("0", #""1.0""#, #""x""#, #""""#),
            v(#""1""#, "null", "true", "[]", "{}") + ["{}", "not JSON"]),
        Row("{ $.v > 1 }", v("1.5", "10"), v("1", #""10""#)),
        Row("{ $.v >= 1 && $.v <= 2 }", v("1", "2.0"), v("0.9", "2.1")),
        Row("{ $.v < -1.5e0 }", v("-2"), v("-1")),
        Row(#"{ $.v = "Alpha*" }"#, v(#""Alphabet""#, #""Alpha""#), v(#""xAlpha""#, #""alpha""#)),
        Row("{ $.v = *pha* }", v(#""Alphabet""#), v(#""Alp""#)),
        Row("{ $.v = a?b }", [], [], isInvalid: true),
        Row(#"{ $.v = "a?b" }"#, v(#""a?b""#), v(#""axb""#)),
        Row("{ $.v = * }", v(#""""#, "0"), v("null", "true", "[1]")),
        Row("{ $.v = true }", v(#""true""#), v("true")),
        Row("{ $.v IS TRUE }", v("true"), v(#""true""#, "false")),
        Row("{ $.v IS FALSE }", v("false"), v("true", "null")),
        Row("{ $.v IS NULL }", v("null", "[1,null]"), v(#""null""#, "{}", "[]") + ["{}"]),
        Row("{ $.v NOT EXISTS }", ["{}"], v("null") + ["not JSON", #"[{"v":1}]"#]),
        Row("{ $.v = %^Al[a-z]+$% }", v(#""Alpha""#), v(#""Al-pha""#, "null")),
        Row(#"{ $.v = "é\"" }"#, v(#""\u00e9\"""#), v(#""e""#)),
        Row("{ $.v = 1 }", [#"{"v":2,"v":1}"#, " {\"v\":1}\n"], [#"{"v":1,"v":2}"#, "{broken", #"{"v":1} x"#]),
    ])
    func jsonValues(row: Row) throws { try check(row) }

    @Test(arguments: [
        Row(#"{ $.v[*] = "hit" }"#, v(#"["a","hit"]"#, #"{"0":"hit"}"#), v(#""hit""#, #"[["hit"]]"#)),
        Row(#"{ $.v[0] = "hit" }"#, v(#"["hit","a"]"#), v(#"["a","hit"]"#, #"{"0":"hit"}"#)),
        Row(#"{ $.* = "hit" }"#, [#"{"a":{},"b":"hit"}"#], [#"{"a":{"b":"hit"}}"#]),
        Row(#"{ $.['a.b'] = 1 || $['c d'] = 1 }"#, [#"{"a.b":1}"#, #"{"c d":1}"#], [#"{"a":{"b":1}}"#]),
        Row("{ $.i[*].a = 1 && $.i[*].b = 2 }", [#"{"i":[{"a":1},{"b":2}]}"#], [#"{"i":[{"a":1}]}"#]),
        Row(#"{ $.nested.value = "hit" }"#, [#"{"nested":{"value":"hit"}}"#], [#"{"nested":[{"value":"hit"}]}"#]),
        Row("{ $.a = 1 || $.b = 2 && $.c = 3 }", [#"{"a":1,"b":0,"c":0}"#], [#"{"a":0,"b":2,"c":0}"#]),
        Row("{ ($.a = 1 || $.b = 2) && $.c = 3 }", [#"{"a":1,"c":3}"#], [#"{"a":1,"b":0,"c":0}"#]),
        Row(
            "{$.userIdentity.type = Root}", [#"{"userIdentity":{"type":"Root"}}"#],
            [#"{"userIdentity":{"type":"IAMUser"}}"#]),
    ])
    func jsonSelectors(row: Row) throws { try check(row) }

    @Test(arguments: [
        Row(
            "[..., r = *.html*, s = 4*, bytes]", [#"h [t] "GET /i.html" 404 9"#],
            [#"h [t] "GET /i.html" 200 9"#]),
        Row("[a, b > 1000]", ["x 1534", "\tx  1534 "], ["x 1534 extra", "x 1000", "x"]),
        Row("[w1=ERROR, w2]", ["ERROR a b", #"ERROR "two words""#], ["ERROR", "INFO a"]),
        Row("[w1!=ERROR && w1!=WARNING, w2]", ["INFO a"], ["WARNING a", "ERROR a"]),
        Row("[a, s = 404 || s = 410]", ["x 404", "x 410"], ["x 200"]),
        Row("[]", ["a b", ""], []),
        Row(#"[ip = %127\.0\.0\.[1-3]%, ...]"#, ["127.0.0.3 - x"], ["127.0.0.4 - x"]),
    ])
    func fields(row: Row) throws { try check(row) }

    private func check(_ row: Row) throws {
        if row.isInvalid {
            #expect(throws: FilterPatternFault.self) { _ = try FilterPattern(row.pattern) }
            return
        }
        let pattern = try FilterPattern(row.pattern)
        #expect(row.matching.filter { pattern.extracted(from: $0) == nil } == [])
        #expect(row.others.filter { pattern.extracted(from: $0) != nil } == [])
    }
}

struct Row: Sendable {
    let pattern: String
    let matching: [String]
    let others: [String]
    let isInvalid: Bool

    init(_ pattern: String, _ matching: [String], _ others: [String], isInvalid: Bool = false) {
        (self.pattern, self.matching, self.others) = (pattern, matching, others)
        self.isInvalid = isInvalid
    }
}

/// `{"v":…}` for each value.
private func v(_ values: String...) -> [String] { values.map { #"{"v":\#($0)}"# } }

extension FilterPattern {
    func extracted(from message: String) -> [String: String]? {
        var message = message
        var room: [JSONNode] = []
        return message.withUTF8 { match($0, room: &room) }.map {
            Dictionary(uniqueKeysWithValues: $0.map { ($0.key, $0.value) })
        }
    }
}
