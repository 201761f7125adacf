import Testing

@testable import FilterPatterns

@Suite struct FilterPatternFaultTests {
    /// AWS's texts, each seen there.
    @Test(arguments: [
        ("ERR*", "Invalid character(s) in term '*'"),
        ("\"ERROR", "Invalid character(s) in term '\"ERROR'"),
        ("%^(a|b)%", "Invalid character(s) in term '%^('"),
        ("%caf\u{e9}%", "Invalid character(s) in term '%caf\u{e9}'"),
        ("{ $.v = %(Alpha|Beta)% }", "Invalid character(s) in term '%('"),
        ("{ $..value = 1 }", "Invalid character(s) in term '$..'"),
        ("{ $.arr[-1] = \"hit\" }", "Invalid character(s) in term '[-'"),
        ("{ $.arr[0:2] = \"hit\" }", "Invalid character(s) in term '[0:'"),
        ("{ !($.v = 1) }", "Invalid character(s) in term '!('"),
        ("{ $.v IS NOT NULL }", "Invalid character(s) in term 'NOT'"),
        ("{ $.v > \"Alpha\" }", "Invalid character(s) in term '\"Alpha\"'"),
        ("{ \"v\": [1] }", "Invalid character(s) in term ':'"),
        ("{ $.v EXISTS }", "Invalid metric filter pattern"),
        ("{ $.v == 1 }", "Invalid metric filter pattern"),
        ("{ $.v = null }", "Invalid metric filter pattern"),
        ("{ $.v > 0 AND $.v < 2 }", "Invalid metric filter pattern"),
        ("%[a%", "Failed to compile regular expression."),
        (
            "{ $.v = %A% || $.v = %B% || $.v = %C% }",
            "Your input has exceeded the maximum of 2 regular expressions per filter pattern."
        ),
        (
            "{ $.items[*].* = 1 }",
            "Your filter pattern has a JSON path selector that exceeds the maximum of 1 wildcard allowed per json selector."
        ),
        (
            "{ $.a[*] = 1 || $.b[*].a = 1 || $.* = 1 || $.m[*][0] = 0 }",
            "Your input has exceeded the maximum of 3 JSON wildcard selectors allowed per filter pattern."
        ),
        ("[..., status, ...]", "Duplicate field '...'"), ("[word, word]", "Duplicate field 'word'"),
        ("[a, b", "If a filter pattern starts with '[' it must end with ']'"),
    ])
    func theTextsOfAWS(pattern: String, text: String) {
        #expect(fault(pattern)?.message(subject: "metric filter pattern") == text)
    }

    @Test(arguments: [
        "- t", "?", "a.b", "{}", "{ }", "{ $.v }", "{ $.v = }", "{ $.v = 1 && }", "{ ($.v = 1 }", "{ $ = 1 }",
        "{ $.v = 1 } x",
        "{ $.v = 1", "{ $.a[0 = 1 }", "{ $.['a = 1 }", "{ $.v = 1 & $.v = 2 }", "{ $.v NOT 1 }", "[a b]",
        "[a = 1 && b = 2]",
        "[a.b]", "[(a = 1]", "[a IS NULL, b]", "[a] x", "%*a%", "%a{3,2}%", "%a{1001}%", "%a{x}%", #"%\q%"#, #"%\x4%"#,
        "%a\\%",
        "%[z-a]%", "%abc",
    ])
    func isRefused(pattern: String) { #expect(fault(pattern) != nil) }

    @Test func aPatternHasAtMost1024Characters() {
        #expect(fault("\"\(String(repeating: "é", count: 1022))\"") == nil)
        #expect(fault(String(repeating: "x", count: 1024)) == nil)
        #expect(fault(String(repeating: "x", count: 1025)) == .tooLong)
        #expect(FilterPatternFault.tooLong.description == "Member must have length less than or equal to 1024")
    }

    @Test func asTextAFaultIsWhatPutSubscriptionFilterSays() {
        #expect(fault("{ $.v == 1 }")?.description == "Invalid filter pattern")
        #expect(fault("ERR*")?.description == "Invalid character(s) in term '*'")
    }

    /// An expression that would take a backtracking search for ever takes none of ours.
    @Test func noExpressionIsSlow() throws {
        let pattern = try FilterPattern("%a*a*a*a*a*a*a*a*a*a*a*a*b%")
        #expect(pattern.extracted(from: String(repeating: "a", count: 5000)) == nil)
    }

    private func fault(_ pattern: String) -> FilterPatternFault? {
        do throws(FilterPatternFault) {
            _ = try FilterPattern(pattern)
            return nil
        } catch {
            return error
        }
    }
}
