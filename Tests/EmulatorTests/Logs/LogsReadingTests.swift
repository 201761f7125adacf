import Testing

@testable import Emulator

@Suite struct LogsReadingTests {
    /// The messages of all pages, and how many pages there were, until a token comes back unchanged.
    private func walk(_ bench: LogsBench, _ members: String, token name: String) async throws -> (
        pages: [[String]], last: String
    ) {
        var pages: [[String]] = []
        var token: String?
        while true {
            let more = token.map { #","nextToken":"\#($0)""# } ?? ""
            let reply = try await bench.call(
                "GetLogEvents", #"{"logGroupName":"g","logStreamName":"s"\#(members)\#(more)}"#)
            let root = try JSONDocument(Array(reply.utf8)).root
            let next = try #require(root[name]?.string)
            if next == token { return (pages, next) }
            pages.append((root["events"]?.elements ?? []).compactMap { $0["message"]?.string })
            token = next
        }
    }

    private func filled() async throws -> LogsBench {
        let bench = LogsBench()
        try await bench.makeStream()
        func event(_ offset: Int64, _ message: String) -> (Int64, String) { (LogsBench.now + offset, message) }
        for batch in [
            [event(1, "A"), event(2, "B"), event(3, "C")], [event(4, "D")], [event(1, "A2"), event(2, "B2")],
        ] {
            try await bench.call("PutLogEvents", LogsBench.put(batch))
        }
        return bench
    }

    /// By time; at one time by arrival.
    @Test func forward() async throws {
        let bench = try await filled()
        let (pages, last) = try await walk(bench, #","startFromHead":true,"limit":4"#, token: "nextForwardToken")
        #expect(pages == [["A", "A2", "B", "B2"], ["C", "D"]])
        try await bench.put(["too early to be seen"])
        try await bench.call("PutLogEvents", LogsBench.put([(LogsBench.now + 9, "E")]))
        let reply = try await bench.call(
            "GetLogEvents", #"{"logGroupName":"g","logStreamName":"s","nextToken":"\#(last)"}"#)
        #expect(reply.contains(#""message":"E""#) && !reply.contains("too early"))
    }

    @Test func backward() async throws {
        let bench = try await filled()
        let (pages, _) = try await walk(bench, #","limit":4"#, token: "nextBackwardToken")
        #expect(pages == [["B", "B2", "C", "D"], ["A", "A2"]])
    }

    /// `startTime` counts, `endTime` does not.
    @Test func times() async throws {
        let bench = try await filled()
        let members = #","startFromHead":true,"startTime":\#(LogsBench.now + 2),"endTime":\#(LogsBench.now + 4)"#
        let (pages, _) = try await walk(bench, members, token: "nextForwardToken")
        #expect(pages == [["B", "B2", "C"]])
    }

    @Test func aReplyAsAWSWritesIt() async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        try await bench.put(["say \"hi\"\n"])
        let reply = try await bench.call("GetLogEvents", #"{"logGroupName":"g","logStreamName":"s"}"#)
        let id = EventID(timestamp: LogsBench.now, ingestion: LogsBench.now, request: 1, index: 0).digits
        #expect(
            reply == #"{"events":[{"timestamp":1789333493187,"message":"say \"hi\"\n","ingestionTime":1789333493187}],"#
                + #""nextForwardToken":"f/\#(id)/s","nextBackwardToken":"b/\#(id)/s"}"#)
    }

    @Test func anEmptyStreamShowsWhatComesLater() async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        let (pages, last) = try await walk(bench, #","startFromHead":true"#, token: "nextForwardToken")
        #expect(pages == [[]])
        try await bench.put(["first"])
        let reply = try await bench.call(
            "GetLogEvents", #"{"logGroupName":"g","logStreamName":"s","nextToken":"\#(last)"}"#)
        #expect(reply.contains("first"))
    }

    /// A page ends at 10,000 events or 1 MiB, whatever comes first.
    @Test func pagesHaveAnEnd() async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        for _ in 0..<3 {
            try await bench.call("PutLogEvents", LogsBench.put(Array(repeating: (LogsBench.now, "m"), count: 5000)))
        }
        let (small, _) = try await walk(bench, #","startFromHead":true"#, token: "nextForwardToken")
        #expect(small.map(\.count) == [10_000, 5000])

        let big = LogsBench()
        try await big.makeStream()
        let message = String(repeating: "m", count: 400_000)
        for _ in 0..<5 { try await big.put([message]) }
        let (forward, _) = try await walk(big, #","startFromHead":true"#, token: "nextForwardToken")
        #expect(forward.map(\.count) == [2, 2, 1])
        let (backward, _) = try await walk(big, "", token: "nextBackwardToken")
        #expect(backward.map(\.count) == [2, 2, 1])
    }

    @Test(arguments: ["x", "f/1/s", "q/\(String(repeating: "1", count: 56))/s"])
    func otherTokensAreRefused(token: String) async throws {
        let bench = try await filled()
        let refusal = await bench.refusal(
            "GetLogEvents", #"{"logGroupName":"g","logStreamName":"s","nextToken":"\#(token)"}"#)
        #expect(refusal == "InvalidParameterException: The specified nextToken is invalid.")
    }

    @Test func filteringGoesOverAllStreamsByTime() async throws {
        let bench = LogsBench()
        for (stream, offset) in [("a", 0), ("b", 1), ("c", 2)] as [(String, Int64)] {
            try await bench.makeStream("g", stream)
            let events = (0..<3).map {
                (LogsBench.now + $0 * 10 + offset, "\($0 == 1 ? "ERROR" : "ok") \(stream)\($0)")
            }
            try await bench.call("PutLogEvents", LogsBench.put(events, stream: stream))
        }
        func filter(_ members: String) async throws -> (messages: [String], token: String?) {
            let root = try JSONDocument(
                Array(try await bench.call("FilterLogEvents", #"{"logGroupName":"g"\#(members)}"#).utf8)
            ).root
            return ((root["events"]?.elements ?? []).compactMap { $0["message"]?.string }, root["nextToken"]?.string)
        }
        #expect(try await filter(#","filterPattern":"ERROR""#) == (["ERROR a1", "ERROR b1", "ERROR c1"], nil))
        #expect(
            try await filter(#","logStreamNames":["c","a"],"endTime":\#(LogsBench.now + 2)"#) == (
                ["ok a0", "ok c0"], nil
            ))
        #expect(try await filter(#","logStreamNamePrefix":"b""#).messages == ["ok b0", "ERROR b1", "ok b2"])
        let first = try await filter(#","limit":5"#)
        #expect(first.messages == ["ok a0", "ok b0", "ok c0", "ERROR a1", "ERROR b1"])
        let token = try #require(first.token)
        #expect(
            try await filter(#","limit":5,"nextToken":"\#(token)""#) == (["ERROR c1", "ok a2", "ok b2", "ok c2"], nil))
        #expect(
            await bench.refusal("FilterLogEvents", #"{"logGroupName":"g","filterPattern":"{ $.v == 1 }"}"#)
                == "InvalidParameterException: Invalid filter pattern")
    }

    @Test func aPatternIsTriedOnMessages() async throws {
        let reply = try await LogsBench().call(
            "TestMetricFilter", #"{"filterPattern":"[a, b > 1]","logEventMessages":["x 1","y 2","z \"3\""]}"#)
        #expect(
            reply == #"{"matches":[{"eventNumber":2,"eventMessage":"y 2","extractedValues":{"$a":"y","$b":"2"}},"#
                + #"{"eventNumber":3,"eventMessage":"z \"3\"","extractedValues":{"$a":"z","$b":"3"}}]}"#)
        let refusal = await LogsBench().refusal(
            "TestMetricFilter", #"{"filterPattern":"ERR*","logEventMessages":["x"]}"#)
        #expect(refusal == "InvalidParameterException: Invalid character(s) in term '*'")
    }
}
