import Testing

@testable import FilterPatterns

@Suite struct MarkedExampleTests {
    private static let marker = "probe-7"

    @Test(arguments: [
        ("", "test event probe-7"), ("ERROR -debug", "ERROR probe-7"), ("-probe", nil), ("?warn", "warn probe-7"),
        ("%ERROR$%", "probe-7 ERROR"), ("%^ERROR%", "ERROR probe-7"), (#"%^ERROR\s[0-9]{3}$%"#, nil),
        ("%^A.*B$%", "A probe-7 B"), ("%^[a-z0-9-]+$%", "aprobe-7"), (#"ERROR -" ""#, "ERRORprobe-7"),
    ])
    func terms(pattern: String, example: String?) throws { try check(pattern, example) }

    @Test(arguments: [
        ("{ $.v = 1 }", #"{"v":1,"tailrace":"probe-7"}"#), ("{ $.v NOT EXISTS }", #"{"tailrace":"probe-7"}"#),
        ("{ $.tailrace NOT EXISTS }", #"{"tailrace-test":"probe-7"}"#),
        ("{ $.tailrace = 1 }", #"{"tailrace":1,"tailrace-test":"probe-7"}"#), ("{ $.* NOT EXISTS }", nil),
        ("{ $.a = 1 && $.a = 2 }", nil),
    ])
    func json(pattern: String, example: String?) throws { try check(pattern, example) }

    @Test(arguments: [
        ("[]", "test event probe-7"), ("[ip, user, status = 404]", "ip probe-7 404"), ("[..., bytes]", "probe-7"),
        ("[a = 1, ...]", "1 probe-7"), ("[..., a = 1]", "probe-7 1"), ("[a = 1*]", "1 probe-7"), ("[a = 1]", nil),
        ("[a = 1 && a = 2, b]", nil),
    ])
    func fields(pattern: String, example: String?) throws { try check(pattern, example) }

    /// A marker that would be escaped could not be found again.
    @Test func theMarkerStandsAsItIs() throws {
        #expect(try FilterPattern("{ $.v = 1 }").example(marked: #"a"b"#) == nil)
        #expect(try FilterPattern("[a, b = 1]").example(marked: "two words") == #""two words" 1"#)
    }

    private func check(_ pattern: String, _ example: String?) throws {
        let pattern = try FilterPattern(pattern)
        let found = pattern.example(marked: Self.marker)
        #expect(found == example)
        if let found { #expect(pattern.matches(found) && found.contains(Self.marker)) }
    }
}
