import Testing

@testable import FilterPatterns

@Suite struct PatternTextTests {
    /// A pattern written again reads as itself: once more makes no difference.
    @Test(arguments: [
        ("{$.a=1}", "{ $.a = 1 }"), ("{ $.a IS TRUE || $.b IS FALSE }", "{ ($.a IS TRUE) || ($.b IS FALSE) }"),
        ("{ $.a = 1 || $.b <= 2 && $.c NOT EXISTS }", "{ ($.a = 1) || (($.b <= 2) && ($.c NOT EXISTS)) }"),
        ("{ ($.a >= 1 || $.b < 2) && $.c IS NULL }", "{ (($.a >= 1) || ($.b < 2)) && ($.c IS NULL) }"),
        (#"{ $.a.['b c'][0].* = x* }"#, #"{ $.a['b c'][0][*] = "x*" }"#),
        (#"{ $.["it's"] != "a\"b" }"#, #"{ $["it's"] != "a\"b" }"#), ("{ $.a > -1.5e3 }", "{ $.a > -1.5e3 }"),
        (#"{ $.a = %^\d+\%$% }"#, #"{ $.a = %^\d+\%$% }"#),
    ])
    func json(pattern: String, text: String) throws {
        for source in [pattern, text] {
            guard case .json(let condition) = try FilterPattern(source).form else {
                Issue.record("no pattern in braces: \(source)")
                return
            }
            #expect(condition.patternText == text)
        }
    }
}
