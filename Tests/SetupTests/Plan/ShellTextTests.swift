import Foundation
import Testing

@testable import Setup

/// A shell reads back exactly what was quoted.
@Suite struct ShellTextTests {
    private static let nasty: [String] =
        [
            "", " ", "a b", "'", "''", "'a'", #"""#, #"\"#, #"\'"#, #"\\n"#, "$HOME", "$(id)", "`id`", "${x}", "!",
            "!!",
            "a\nb", "\n", "a\n", "\t", "*", "?", "[a-z]", "~", "~root", "#", "a#b", "-n", "--", "-", "a=b", "=", "|",
            "&",
            ";", "(", ")", "{a,b}", "<", ">", "%s", "é", "😀", "\u{7F}", "\u{1}", "a\rb", "{$.userIdentity.type = Root}",
            #"{ ($.a = "it's") && ($.b != '*') }"#, "arn:aws:logs:us-east-1:1:log-group:a:*", "file://x", "\u{301}",
            "'\\''", "$'a'", "a'b\"c$d`e\\f",
        ] + (1...127).map { String(UnicodeScalar(UInt8($0))) } + (1...127).map { "a\(UnicodeScalar(UInt8($0)))b" }

    @Test func readBackByAShell() throws {
        let shell = try Shell()
        defer { try? shell.remove() }
        let ended = try shell.run(
            "printf '%s\\0' " + Self.nasty.map(ShellText.quoted).joined(separator: " "))
        #expect(ended.status == 0 && ended.errors == "")
        let words = ended.output.split(separator: 0, omittingEmptySubsequences: false).dropLast()
        #expect(words.map { String(decoding: $0, as: UTF8.self) } == Self.nasty)
    }

    /// What needs no quotes has none.
    @Test(arguments: [
        ("us-east-1", "us-east-1"), ("arn:aws:iam::1:role/a_b.c@d,e+f", "arn:aws:iam::1:role/a_b.c@d,e+f"), ("", "''"),
        ("a b", "'a b'"), ("it's", #"'it'\''s'"#), ("a=b", "'a=b'"), ("*", "'*'"),
    ]) func quoted(text: String, quoted: String) { #expect(ShellText.quoted(text) == quoted) }
}
