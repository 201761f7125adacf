import Core
import Logging
import Testing

@testable import tailrace

private func line(_ message: String, _ metadata: Logger.Metadata = [:]) -> LogLine {
    LogLine(time: Instant(milliseconds: 1_764_086_400_123), level: .warning, message: message, metadata: metadata)
}

private func text(_ message: String, _ metadata: Logger.Metadata = [:]) -> String {
    String(decoding: line(message, metadata).text, as: UTF8.self)
}

private func json(_ message: String, _ metadata: Logger.Metadata = [:]) -> String {
    String(decoding: line(message, metadata).json, as: UTF8.self)
}

@Suite struct LogLinesForPeople {
    @Test func timeLevelMessageAndFieldsByKey() {
        #expect(
            text("shard cannot be read", ["shard": "s-1", "attempt": "\(3)", "cause": "no route to host"]) == """
                2025-11-25T16:00:00.123Z warning shard cannot be read attempt=3 cause="no route to host" shard=s-1\n
                """)
        #expect(text("done") == "2025-11-25T16:00:00.123Z warning done\n")
    }

    @Test(arguments: [
        ("plain", "plain"), ("/a/b-c_d.e:f,g", "/a/b-c_d.e:f,g"), ("grün", "grün"), ("日本", "日本"), ("", #""""#),
        ("a b", #""a b""#), ("a=b", #""a=b""#), (#"a"b"#, #""a\"b""#), (#"a\b"#, #"a\b"#), (#"a \b"#, #""a \\b""#),
        ("a\u{A0}b", "\"a\u{A0}b\""), ("a\nb", #""a\nb""#), ("\t\r", #""\t\r""#), ("\u{1b}[2J", #""\u{1b}[2J""#),
        ("\u{9b}2J", #""\u{9b}2J""#), ("\u{7f}", #""\u{7f}""#), ("\u{202e}", #""\u{202e}""#),
        ("\u{2028}", #""\u{2028}""#), ("\u{200b}", #""\u{200b}""#), ("\0", #""\u{0}""#),
    ])
    func aValueIsOneWord(value: String, shown: String) {
        #expect(text("m", ["k": "\(value)"]) == "2025-11-25T16:00:00.123Z warning m k=\(shown)\n")
    }

    @Test func aHostileNameForgesNoLine() {
        let forged = "app\n2025-11-25T16:00:00.124Z error everything is lost"
        for line in [text("m", ["group": "\(forged)"]), text("m", ["\(forged)": "v"]), text(forged)] {
            #expect(line.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
            #expect(line.hasSuffix("\n"))
        }
    }

    @Test func nestedValuesAreOneWordToo() {
        #expect(text("m", ["k": ["a", ["y": "2", "x": "1"]]]).hasSuffix(#" k="[a, {x: 1, y: 2}]""# + "\n"))
        #expect(text("m", ["k": .stringConvertible(7)]).hasSuffix(" k=7\n"))
    }

    @Test func longValuesAreCut() {
        let long = String(repeating: "é", count: 5000)
        #expect(
            text("m", ["k": "\(long)"]).hasSuffix(" k=\"" + String(repeating: "é", count: 4096) + "… (10000 bytes)\"\n")
        )
        let odd = "x" + long
        #expect(
            text("m", ["k": "\(odd)"]).hasSuffix("k=\"x" + String(repeating: "é", count: 4095) + "… (10001 bytes)\"\n"))
    }
}

@Suite struct LogLinesForCollectors {
    @Test func oneObject() {
        #expect(
            json(
                "shard cannot be read",
                ["shard": "s-1", "cause": "a \"b\"\n", "list": ["a", ["x": "1", "w": "0"], []]]) == #"""
                    {"time":"2025-11-25T16:00:00.123Z","level":"warning","message":"shard cannot be read",\#
                    "metadata":{"cause":"a \"b\"\n","list":["a",{"w":"0","x":"1"},[]],"shard":"s-1"}}

                    """#)
        #expect(json("done") == #"{"time":"2025-11-25T16:00:00.123Z","level":"warning","message":"done"}"# + "\n")
    }

    @Test func longValuesAreCut() {
        #expect(json("m", ["k": "\(String(repeating: "x", count: 9000))"]).hasSuffix("xxx… (9000 bytes)\"}}\n"))
    }
}

@Suite struct LogTimes {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1, "1970-01-01T00:00:00.001Z"),
        (1_709_164_799_999, "2024-02-28T23:59:59.999Z"),
        (1_709_208_061_007, "2024-02-29T12:01:01.007Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ])
    func areUTCWithMilliseconds(milliseconds: Int64, shown: String) {
        #expect(Instant(milliseconds: milliseconds).rfc3339 == shown)
    }
}
