import Testing

@testable import FilterPatterns

/// Every example is tried before it is told, so what matters is which patterns have one, and what it looks like.
@Suite struct ExampleTests {
    @Test(arguments: [
        ("", "test event"), ("  ", "test event"),
        ("ERROR", "ERROR"), (#"ERROR "out of memory" -debug"#, "ERROR out of memory"), ("?warn ?ERROR", "warn"),
        ("?warn REQUEST", "REQUEST"), ("-ERROR", "test event"), ("-test", "TEST"),
        (#"ERROR REQUEST -" ""#, "ERROR_REQUEST"),
    ])
    func terms(pattern: String, example: String) throws { try check(pattern, example) }

    @Test(arguments: [
        (#"%^ERROR\s[0-9]{3}$%"#, "ERROR 000"), ("%ERROR|WARN%", "WARN"), ("%ERROR|WARN% -WARN", "ERROR"),
        ("%colou?r%", "color"), ("%^a{2,3}b$%", "aab"), ("%[^a-z]%", "0"), (#"%\x41\x25%"#, "A%"), ("%x*$%", "x"),
        ("REQUEST %^ERROR%", "ERROR REQUEST"), ("REQUEST %ERROR$%", "REQUEST ERROR"),
        ("%^A% %B$% x", "A x B"), ("%B$% %^A%", "A B"), (#"ERROR %^ERROR\s[0-9]{3}$%"#, "ERROR 000"),
        ("%.%", "a"),
    ])
    func regularExpressions(pattern: String, example: String) throws { try check(pattern, example) }

    @Test(arguments: [
        ("{ $.v = 1 }", #"{"v":1}"#), (#"{ $.v = "1" }"#, #"{"v":"1"}"#), ("{ $.v = 01 }", #"{"v":"01"}"#),
        (#"{ $.v != 1 }"#, #"{"v":2}"#), (#"{ $.v != "x" }"#, #"{"v":"other"}"#), ("{ $.v != * && $.v = 1 }", nil),
        (#"{ $.v != "other" && $.v != "another" }"#, #"{"v":""}"#),
        ("{ $.v > 1 }", #"{"v":2}"#), ("{ $.v >= 1.5 && $.v != 1.5 && $.v < 2 }", #"{"v":1.75}"#),
        ("{ $.v > 1 && $.v < 2 }", #"{"v":1.5}"#), ("{ $.v > 1e300 }", #"{"v":1.0000000000000002e+300}"#),
        ("{ $.v < -3 }", #"{"v":-4}"#),
        ("{ $.v > 1 && $.v < 1 }", nil), (#"{ $.v = "1*" && $.v > 90 }"#, #"{"v":100}"#),
        (#"{ $.v = "Alpha*" }"#, #"{"v":"Alpha"}"#), ("{ $.v = * }", #"{"v":"x"}"#),
        ("{ $.v = *pha* && $.v = Al* }", #"{"v":"AlphaAl"}"#), ("{ $.v = %^Al[a-z]+$% }", #"{"v":"Ala"}"#),
        (#"{ $.v = "é\"" }"#, #"{"v":"é\""}"#), ("{ $.v = true }", #"{"v":"true"}"#),
        ("{ $.v IS TRUE }", #"{"v":true}"#), ("{ $.v IS FALSE }", #"{"v":false}"#),
        ("{ $.v IS NULL }", #"{"v":null}"#), ("{ $.v IS NULL && $.v IS TRUE }", #"{"v":[null,true]}"#),
        ("{ $.v IS NULL && $.v = 1 }", nil), ("{ $.v NOT EXISTS }", "{}"), ("{ $.v NOT EXISTS && $.v = 1 }", nil),
        ("{ $.v NOT EXISTS && $.w = 1 }", #"{"w":1}"#),
    ])
    func jsonValues(pattern: String, example: String?) throws { try check(pattern, example) }

    @Test(arguments: [
        ("{ $.a.b = 1 && $.a.c = 2 && $.d = 3 }", #"{"a":{"b":1,"c":2},"d":3}"#), ("{ $.a = 1 && $.a.b = 2 }", nil),
        (#"{ $.['a.b'] = 1 && $["c'd"] = 2 }"#, #"{"a.b":1,"c'd":2}"#), (#"{ $.['a"b'] = 1 }"#, #"{"a\"b":1}"#),
        ("{ $.v[2] = 1 && $.v[0] = 2 }", #"{"v":[2,null,1]}"#), ("{ $.v[0] = 1 && $.v.a = 2 }", nil),
        ("{ $.v[*] = 1 && $.v[*] = 2 && $.v[0] = 3 }", #"{"v":[3,1,2]}"#), ("{ $.v[100000] = 1 }", nil),
        ("{ $.i[*].a = 1 && $.i[*].b = 2 }", #"{"i":[{"a":1},{"b":2}]}"#),
        ("{ $.* = 1 }", #"{"any1":1}"#), ("{ $.* = 1 && $.any1 = 2 }", #"{"any1_":1,"any1":2}"#),
        ("{ $.m.* = 1 && $.m.a = 2 }", #"{"m":{"any1":1,"a":2}}"#), ("{ $[0] = 1 }", nil),
        ("{ $.v IS NULL && $.v[0] = 1 }", #"{"v":[1,null]}"#),
        ("{ $.a = 1 && $.a = 2 || $.b = 3 }", #"{"b":3}"#),
        ("{ ($.a = 1 || $.b = 2) && ($.b = 3 || $.a = 4) }", #"{"a":1,"b":3}"#),
        ("{ ($.a IS TRUE || $.b = 2) && $.a.c = 1 }", #"{"b":2,"a":{"c":1}}"#),
        (
            #"{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }"#,
            #"{"userIdentity":{"type":"Root"},"eventType":"other"}"#
        ),
    ])
    func jsonSelectors(pattern: String, example: String?) throws { try check(pattern, example) }

    @Test(arguments: [
        ("[]", "test event"), ("[...]", "test event"), ("[ip, user, status = 404]", "ip user 404"),
        ("[ip, , status = 4*, bytes > 1000]", "ip - 4 1001"),
        ("[..., r = *.html*, s = 4*, bytes]", ".html 4 bytes"), ("[w1 != ERROR && w1 != WARNING, w2]", "other w2"),
        (#"[a = "two words", b]"#, #""two words" b"#), (#"[a = "", b]"#, #""" b"#),
        ("[a = 1 && a = 2 || a = 3]", "3"), ("[a = 1 && a = 2]", nil),
        (#"[ip = %127\.0\.0\.[1-3]%, ...]"#, "127.0.0.1"),
    ])
    func fields(pattern: String, example: String?) throws { try check(pattern, example) }

    /// The shortest first, and none that `^` or `$` rules out.
    @Test(arguments: [
        ("ab?", ["a", "ab"]), ("abc|ab|a", ["a", "ab", "abc"]), ("a^b|c$d|e", ["e"]), ("x*^a$$", ["a"]),
        ("[5-7]{3}", ["555"]), ("x+", ["x", "xx", "xxx"]), ("a^", []),
    ])
    func expressionsHaveTexts(expression: String, texts: [String]) throws {
        let found = try PatternRegex(Array(expression.utf8)).texts(max: 3)
        #expect(found.map { String(decoding: $0, as: UTF8.self) } == texts)
    }

    @Test func aSetHasAReadableCharacterIfItCan() {
        #expect(RegexSet.words.inverted.character == Array(" ".utf8))
        #expect(RegexSet([0x07, 0x21]).character == Array("!".utf8))
        #expect(RegexSet([0x07]).character == [0x07])
        #expect(RegexSet(0..<128).inverted.character == Array("é".utf8))
        #expect(RegexSet().character == nil)
    }

    /// However alternatives multiply, the search has an end.
    @Test func manyAlternativesHaveAnEnd() throws {
        let either = (0..<16).map { "($.a\($0)=1||$.b\($0)=1)" }.joined(separator: "&&")
        let pattern = try FilterPattern("{\(either)}")
        #expect(pattern.example() != nil)
        #expect(try FilterPattern("{\(either)&&$.z=1&&$.z=2}").example() == nil)
        guard case .json(let condition) = pattern.form else { preconditionFailure("in braces") }
        #expect(condition.ways(max: 100).count == 100)
    }

    private func check(_ pattern: String, _ example: String?) throws {
        let pattern = try FilterPattern(pattern)
        let found = pattern.example()
        #expect(found == example)
        if let found { #expect(pattern.matches(found)) }
    }
}
