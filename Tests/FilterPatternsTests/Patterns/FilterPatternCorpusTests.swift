import Testing

@testable import FilterPatterns

/// Which of a set of messages AWS picked, by the set's numbers, for patterns whose whole answer was seen.
@Suite struct FilterPatternCorpusTests {
    private static let texts = [
        "ERROR ARGUMENTS REQUEST", "ERROR BAD REQUEST", "INFO ARGUMENTS", "INFO REQUEST", "error arguments request",
        "ERROR INTERNAL SERVER ERROR", "ERROR INTERNAL  SERVER ERROR", "INTERNAL SERVER error", "TERROR REQUEST",
        "[ERROR] REQUEST", "ERROR-REQUEST", "ERROR_ARGUMENTS", "ERROR\nARGUMENTS", "ARGUMENTS ERROR", "plain",
        #"say "hello world" now"#, "hello-world", " ",
    ]

    @Test(arguments: [
        ("ERROR", [0, 1, 5, 6, 8, 9, 10, 11, 12, 13]), ("ERROR ARGUMENTS", [0, 11, 12, 13]),
        ("?ERROR ?ARGUMENTS", [0, 1, 2, 5, 6, 8, 9, 10, 11, 12, 13]),
        ("?ERROR ?ARGUMENTS REQUEST", [0, 1, 3, 8, 9, 10]),
        ("?ERROR ?ARGUMENTS -REQUEST", [2, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17]),
        ("ERROR -ARGUMENTS", [1, 5, 6, 8, 9, 10]), (#""INTERNAL SERVER ERROR""#, [5]),
    ])
    func terms(pattern: String, picked: [Int]) throws {
        #expect(try Self.pick(pattern, Self.texts) == picked)
    }

    private static let values =
        ["{}"]
        + [
            "null", #""null""#, "true", "false", #""true""#, #""false""#, "0", "1", "1.0", "1e0", #""1""#, #""1.0""#,
            "-1",
            "1.5", "10", #""10""#, #""Alpha""#, #""alpha""#, #""Alphabet""#, #""xAlpha""#, #""""#, "[]", "{}",
            #"[1,"Alpha",null]"#, #""a*b""#, #""a?b""#, #"1,"v":2"#, #"2,"v":1"#,
        ].map { #"{"v":\#($0)}"# } + ["not JSON", #"[{"v":1}]"#, "{broken"]

    @Test(arguments: [
        ("{ $.v = 1 }", [8, 9, 10, 11, 28]),
        ("{ $.v != 1 }", [2, 5, 6, 7, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 25, 26, 27]),
        ("{ $.v > 1 }", [14, 15, 27]), (#"{ $.v = "1" }"#, [8, 11, 28]), (#"{ $.v = "Alpha" }"#, [17]),
        (#"{ $.v = "Alpha*" }"#, [17, 19]), ("{ $.v IS NULL }", [1, 24]), ("{ $.v NOT EXISTS }", [0]),
        ("{ $.v IS TRUE }", [3]),
    ])
    func values(pattern: String, picked: [Int]) throws {
        #expect(try Self.pick(pattern, Self.values) == picked)
    }

    private static let lines = [
        #"127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534"#,
        #"127.0.0.2 - jane [10/Oct/2000:13:25:16 -0700] "GET /index.html HTTP/1.0" 410 0"#,
        #"127.0.0.3 - frank [10/Oct/2000:13:25:17 -0700] "POST /api HTTP/1.0" 500 2048"#,
        #"127.0.0.4 - frank [10/Oct/2000:13:25:18 -0700] "GET /index.html HTTP/1.0" 200 100"#,
        #"127.0.0.5  -  frank [10/Oct/2000:13:25:19 -0700] "GET /index.html HTTP/1.0" 404 1534 extra"#,
        "127.0.0.6\t-\tfrank\t[10/Oct/2000:13:25:20 -0700]\t\"GET /index.html HTTP/1.0\"\t404\t1534",
        "ERROR request failed", "WARNING request", "INFO request accepted", "ERROR", #"ERROR "two words""#,
        #"ERROR "unterminated words"#,
    ]

    @Test(arguments: [
        (#"[ip = %127\.0\.0\.[1-3]%, identity, user, timestamp, request, status, bytes]"#, [0, 1, 2]),
        ("[..., bytes]", Array(0...11)), ("[ip, ..., status, bytes]", [0, 1, 2, 3, 4, 5, 6, 8, 11]),
        ("[w1=ERROR, w2]", [6, 10, 11]), ("[w1!=ERROR && w1!=WARNING, w2]", [0, 1, 2, 3, 4, 5, 8]),
        ("[ip, id, user, time, request, status, bytes > 1000]", [0, 2, 5]),
    ])
    func lines(pattern: String, picked: [Int]) throws {
        #expect(try Self.pick(pattern, Self.lines) == picked)
    }

    @Test(arguments: [
        ("[..., bytes]", 11, ["$1": "ERROR", "$2": #""unterminated"#, "$bytes": "words"]),
        ("[..., bytes]", 9, ["$bytes": "ERROR"]),
        (
            "[ip, ..., status, bytes]", 5,
            [
                "$ip": "127.0.0.6", "$2": "-", "$3": "frank", "$4": "10/Oct/2000:13:25:20 -0700",
                "$5": "GET /index.html HTTP/1.0", "$status": "404", "$bytes": "1534",
            ]
        ),
        (
            "[w1, w2]", 4,
            [
                "$w1": "127.0.0.5",
                "$w2": #"-  frank [10/Oct/2000:13:25:19 -0700] "GET /index.html HTTP/1.0" 404 1534 extra"#,
            ]
        ),
        ("[w1, w2]", 10, ["$w1": "ERROR", "$w2": "two words"]),
        ("[]", 6, ["$1": "ERROR", "$2": "request", "$3": "failed"]),
        ("ERROR", 9, [:]),
    ])
    func extracts(pattern: String, line: Int, fields: [String: String]) throws {
        #expect(try FilterPattern(pattern).extracted(from: Self.lines[line]) == fields)
    }

    private static func pick(_ pattern: String, _ messages: [String]) throws -> [Int] {
        let pattern = try FilterPattern(pattern)
        return messages.indices.filter { pattern.extracted(from: messages[$0]) != nil }
    }
}
