import Core
import Testing

@Suite struct GlobTests {
    @Test(arguments: [
        ("*", "/aws/lambda/x"), ("*", "a"), ("***", "a"),
        ("/app", "/app"), ("/aws/cloudtrail/*", "/aws/cloudtrail/"), ("/aws/cloudtrail/*", "/aws/cloudtrail/a/b"),
        ("*/prod", "/a/prod"), ("/a*z", "/az"), ("/a*z", "/abzz"), ("*a*b*", "xxaxxbxx"), ("a*ab", "aab"),
        ("a?c", "abc"), ("a?c", "aéc"), ("a?c", "a😀c"), ("?", "é"), ("?*", "é"), ("??", "éa"), ("é*", "éa"),
        ("*é", "aé"), ("*?", "aé"), ("a?c", "a*c"),
    ])
    func matches(pattern: String, name: String) throws {
        #expect(try #require(Glob(pattern)).matches(name))
    }

    @Test(arguments: [
        ("/app", "/app2"), ("/app", "app"), ("/app", "/App"), ("/app*", "/ap"), ("*/prod", "/a/prod/x"),
        ("a?c", "ac"), ("a?c", "abbc"), ("?", ""), ("??", "é"), ("*a*b", "ba"), ("a*ab", "ab"), ("a", ""),
        ("\u{e9}", "e\u{301}"),
    ])
    func doesNotMatch(pattern: String, name: String) throws {
        #expect(try !#require(Glob(pattern)).matches(name))
    }

    @Test func theEmptyPatternIsNone() { #expect(Glob("") == nil) }

    /// A pattern that would take exponential time by trying every split.
    @Test func aHostileNameCostsNoMoreThanNameTimesPattern() throws {
        let glob = try #require(Glob("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b"))
        #expect(!glob.matches(String(repeating: "a", count: 4096)))
    }

    /// Every pattern and name of up to four letters, judged by the definition written down as a recursion.
    @Test func agreesWithTheDefinition() throws {
        for pattern in words(of: ["a", "b", "*", "?"], upTo: 4) where !pattern.isEmpty {
            let glob = try #require(Glob(pattern))
            for name in words(of: ["a", "b", "é"], upTo: 4) {
                #expect(glob.matches(name) == defined(Array(pattern)[...], Array(name)[...]), "\(pattern) on \(name)")
            }
        }
    }

    private func words(of letters: [String], upTo count: Int) -> [String] {
        var (all, longest) = ([""], [""])
        for _ in 0..<count {
            longest = longest.flatMap { word in letters.map { word + $0 } }
            all += longest
        }
        return all
    }

    private func defined(_ pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        if first == "*" {
            return defined(pattern.dropFirst(), name) || (!name.isEmpty && defined(pattern, name.dropFirst()))
        }
        guard let letter = name.first, first == "?" || first == letter else { return false }
        return defined(pattern.dropFirst(), name.dropFirst())
    }
}
