import Testing

@testable import HTTPClient

@Suite struct HeaderTests {
    @Test func namesMatchWhateverTheirCase() {
        var headers = HTTPHeaders([.init(name: "Content-Type", value: "a")])
        #expect(headers["content-TYPE"] == "a")
        #expect(headers["content-typ"] == nil)
        headers.append("content-type", "b")
        #expect(headers["CONTENT-TYPE"] == "a")
        #expect(headers.map(\.value) == ["a", "b"])
        headers.append("x", "c")
        headers.set("CONTENT-type", "d")
        #expect(headers.map(\.value) == ["d", "c"])
        headers.set("y", "e")
        #expect(headers.map(\.name) == ["CONTENT-type", "x", "y"])
    }

    private static func parse(_ lines: [String]) -> (steps: [HeadParser.Step], head: HTTPResponseHead) {
        var parser = HeadParser()
        let steps = lines.map { line in Array(line.utf8).withUnsafeBytes { parser.take($0) } }
        return (steps, parser.head)
    }

    @Test func aHeadEndsWithAnEmptyLine() {
        let (steps, head) = Self.parse([
            "HTTP/1.1 200 OK\r\n", "date: x\r\n", "A : 1 : 2 \r\n", "B:\r\n", " folded\r\n", "\tmore\r\n",
            "nonsense\r\n", "\r\n",
        ])
        #expect(steps == Array(repeating: .more, count: 7) + [.complete])
        #expect(head.status == 200)
        #expect(head.headers.map(\.name) == ["date", "A", "B"])
        #expect(head.headers.map(\.value) == ["x", "1 : 2", "folded more"])
    }

    @Test func interimHeadsAndTrailersDoNotCount() {
        let (steps, head) = Self.parse([
            "HTTP/1.1 100 Continue\r\n", "A: 1\r\n", "\r\n", "HTTP/2 503\r\n", "B: 2\n", "\n", "C: 3\r\n", "\r\n",
        ])
        #expect(steps == [.more, .more, .more, .more, .more, .complete, .more, .more])
        #expect(head == HTTPResponseHead(status: 503, headers: HTTPHeaders([.init(name: "B", value: "2")])))
    }

    @Test func aHeadIsBounded() {
        let line = "A: " + String(repeating: "x", count: TransportLimits.headBytesMax / 4) + "\r\n"
        let (steps, _) = Self.parse(["HTTP/1.1 200 OK\r\n", line, line, line, line])
        #expect(steps == [.more, .more, .more, .more, .tooLong])
    }
}
