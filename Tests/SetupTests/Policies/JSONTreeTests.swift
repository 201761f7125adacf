import Testing

@testable import Setup

@Suite struct JSONTreeTests {
    @Test(arguments: [
        (JSONTree.text(""), #""""#), (.text(#"a"b\c/"#), #""a\"b\\c/""#),
        (.text("\u{1}\t\n\r\u{8}\u{C}"), #""\u0001\t\n\r\b\f""#),
        (.text("é\u{2028}😀\u{7F}"), "\"é\u{2028}😀\u{7F}\""), (.number(0), "0"), (.number(.min), "-9223372036854775808"),
        (.flag(true), "true"), (.flag(false), "false"), (.list([]), "[]"), (.object([]), "{}"),
        (.list([.list([]), .object([])]), "[[],{}]"), (.texts(["b", "a"]), #"["b","a"]"#),
        // In the order they were put, and those that are nil left out.
        (.object(["b": .number(1), "a": nil, "": "x"]), #"{"b":1,"":"x"}"#),
        (.object([JSONTree.Member("\"\n", "v")]), #"{"\"\n":"v"}"#),
    ]) func compact(tree: JSONTree, text: String) { #expect(tree.compact == text) }

    @Test func pretty() {
        let tree = JSONTree.object([
            "empty": .object([]), "none": .list([]), "one": .texts(["a"]),
            "two": .list(["a", .object(["b": .texts(["c"])])]),
        ])
        #expect(
            tree.pretty == """
                {
                  "empty": {},
                  "none": [],
                  "one": [
                    "a"
                  ],
                  "two": [
                    "a",
                    {
                      "b": [
                        "c"
                      ]
                    }
                  ]
                }

                """)
        #expect(JSONTree.text("a").pretty == "\"a\"\n")
    }
}
