import Testing

@testable import AWS

@Suite struct ProfileFiles {
    private func profiles(_ text: String, _ kind: ProfileFile.Kind = .config) throws -> [String: [String: String]] {
        try ProfileFile(text, path: "/f", kind: kind).profiles.mapValues { $0.mapValues(\.text) }
    }

    @Test(arguments: [
        ("", [:]), ("[default]\n", [:]), ("[profile a]\nk=v", ["a": ["k": "v"]]),
        ("[default]\r\nk = v\r\n", ["default": ["k": "v"]]), ("[ profile\ta ]  # c\nk = v", ["a": ["k": "v"]]),
        ("[profile a]# c\nk = v", ["a": ["k": "v"]]), ("[profile a]; c\nk = v", ["a": ["k": "v"]]),
        ("# c\n; c\n\n[profile a]\n# c\nk = v\n;c", ["a": ["k": "v"]]),
        (
            "[profile a]\nk = v # c\nl = v ; c\nm = v#c\nn = v;c\no = # c\np=a b",
            [
                "a": ["k": "v", "l": "v", "m": "v#c", "n": "v;c", "o": "", "p": "a b"]
            ]
        ),
        ("[profile a]\nK_Y = V=W==\nempty =\n", ["a": ["k_y": "V=W==", "empty": ""]]),
        ("[profile a]\nk = v\n more # kept\n\tand more\nl = w", ["a": ["k": "v\nmore # kept\nand more", "l": "w"]]),
        (
            "[profile a]\nk = 1\n[profile b]\nk = 2\n[profile a]\nl = 3\nk = 4",
            ["a": ["k": "4", "l": "3"], "b": ["k": "2"]]
        ),
        ("[default]\nk = 1\nl = 1\n[profile default]\nk = 2", ["default": ["k": "2"]]),
        ("[profile default]\nk = 2\n[default]\nk = 1\nl = 1", ["default": ["k": "2"]]),
        ("[bare]\nk = v\n deeper\n[profile a]\nk = w", ["a": ["k": "w"]]),
        ("[sso-session s]\nk = v\n[services x]\nkinesis =\n endpoint_url = u\n[profile a]\nk = w", ["a": ["k": "w"]]),
        ("[profile a b]\nk = v", [:]), ("[profile \"q\"]\nk = v", [:]), ("[profile ä]\nk = v", [:]),
        ("[profile]\nk = v", [:]),
        ("[profile A-Za_z/0.%@:+9]\nk = v", ["A-Za_z/0.%@:+9": ["k": "v"]]),
    ])
    func ofConfigAreRead(text: String, wanted: [String: [String: String]]) throws {
        #expect(try profiles(text).filter { !$0.value.isEmpty } == wanted)
    }

    @Test func ofCredentialsHaveBareNames() throws {
        let text = "[a]\nk = v\n[profile b]\nk = v\n[default]\nk = w"
        #expect(try profiles(text, .credentials) == ["a": ["k": "v"], "default": ["k": "w"]])
    }

    @Test(arguments: [
        ("k = v", "/f, line 1: a key outside of any section"), ("[profile a]\nk", "/f, line 2: expected key = value"),
        ("[profile a]\n\n= v", "/f, line 3: expected key = value"),
        ("[profile a\nk = v", "/f, line 1: a heading without ']'"),
        ("[profile a] k = v", "/f, line 1: only a comment may follow ']'"),
        (" k = v", "/f, line 1: an indented line without a key above it"),
        ("[profile a]\n k = v", "/f, line 2: an indented line without a key above it"),
        ("[profile a]\nk =\n x", "/f, line 3: expected key = value"),
    ])
    func thatAreBrokenSayWhere(text: String, description: String) {
        let error = #expect(throws: AWSSettingsError.self) { try profiles(text) }
        #expect(error?.description == description)
    }

    @Test func haveServiceSections() throws {
        let text = "[services x]\nkinesis =\n  Endpoint_URL = http://a=b\n  other = 1\nlogs = \n endpoint_url = c"
        let section = try #require(try ProfileFile(text, path: "/f", kind: .config).services["x"])
        #expect(section["kinesis"]?.properties == ["endpoint_url": "http://a=b", "other": "1"])
        #expect(section["logs"]?.properties == ["endpoint_url": "c"])
    }
}
