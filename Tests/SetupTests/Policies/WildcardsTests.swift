import Testing

@testable import Setup

@Suite struct WildcardsTests {
    /// Every pattern of up to five signs against every text of up to five, by a matcher that tries everything.
    @Test func agreesWithTryingEverything() {
        let patterns = Self.words(of: ["a", "b", "*", "?"], upTo: 5)
        let texts = Self.words(of: ["a", "b"], upTo: 5)
        var differing: [String] = []
        for pattern in patterns {
            for text in texts
            where Wildcards.match(String(pattern), String(text)) != Self.naive(pattern[...], text[...]) {
                differing.append("\(String(pattern)) on \(String(text))")
            }
        }
        #expect(differing == [])
        #expect(patterns.count == 1365 && texts.count == 63)
    }

    @Test(arguments: [
        (
            "arn:aws:kinesis:*:999999999999:stream/Recipient*",
            "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream", true
        ),
        ("arn:aws:kinesis:*:999999999999:stream/?", "arn:aws:kinesis:us-east-1:999999999999:stream/RS", false),
        ("*", "", true), ("?", "", false), ("", "", true), ("", "a", false),
        ("?", "é", true), ("A*", "abc", false), ("[a]", "a", false),
        // What a text holds is no pattern.
        ("a", "*", false), ("a*c", "a*bc", true), (#"a\*"#, "a*", false),
    ]) func cases(pattern: String, text: String, matches: Bool) {
        #expect(Wildcards.match(pattern, text) == matches)
    }

    /// A hostile pattern costs the product of both lengths and no more: tried naively, this ends in no life.
    @Test func manyStarsAreNoTrap() {
        let pattern = String(repeating: "*a", count: 60) + "b"
        #expect(!Wildcards.match(pattern, String(repeating: "a", count: 2000)))
    }

    private static func words(of letters: [Character], upTo length: Int) -> [[Character]] {
        var (all, longest): ([[Character]], [[Character]]) = ([[]], [[]])
        for _ in 0..<length {
            longest = longest.flatMap { word in letters.map { word + [$0] } }
            all += longest
        }
        return all
    }

    private static func naive(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" { return (0...text.count).contains { naive(pattern.dropFirst(), text.dropFirst($0)) } }
        guard let letter = text.first, first == "?" || first == letter else { return false }
        return naive(pattern.dropFirst(), text.dropFirst())
    }
}
