import Testing

@testable import Emulator

private let now = LogsBench.now
private let hour: Int64 = 3_600_000
private let day: Int64 = 24 * hour

@Suite struct PutLogEventsTests {
    @Test(arguments: [
        (
            #""logEvents":null"#,
            "1 validation error detected: Value null at 'logEvents' failed to satisfy constraint: Member must not be null"
        ),
        (
            #""logEvents":[]"#,
            "1 validation error detected: Value '[]' at 'logEvents' failed to satisfy constraint: "
                + "Member must have length greater than or equal to 1"
        ),
        (
            #""logEvents":[{"timestamp":1,"message":""}]"#,
            "1 validation error detected: Value '' at 'logEvents.1.member.message' failed to satisfy constraint: "
                + "Member must have length greater than or equal to 1"
        ),
        (
            #""logEvents":[{"timestamp":1,"message":"x"},{"timestamp":-1},{"message":"y"}]"#,
            "3 validation errors detected: Value '-1' at 'logEvents.2.member.timestamp' failed to satisfy constraint: "
                + "Member must have value greater than or equal to 0; Value null at 'logEvents.2.member.message' failed to "
                + "satisfy constraint: Member must not be null; Value null at 'logEvents.3.member.timestamp' failed to "
                + "satisfy constraint: Member must not be null"
        ),
    ])
    func shapes(members: String, text: String) async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        let refusal = await bench.refusal("PutLogEvents", #"{"logGroupName":"g","logStreamName":"s",\#(members)}"#)
        #expect(refusal == "InvalidParameterException: " + text)
    }

    @Test(arguments: [
        "", "[]", "{", #"{"logGroupName":1}"#, #"{"logGroupName":"g","logStreamName":"s","logEvents":{}}"#,
        #"{"logGroupName":"g","logStreamName":"s","logEvents":[1]}"#,
        #"{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":"1","message":"x"}]}"#,
        #"{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":1.5,"message":"x"}]}"#,
        #"{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":1,"message":2}]}"#,
    ])
    func whatHasTheWrongTypeIsNotRead(body: String) async throws {
        let refusal = await LogsBench().refusal("PutLogEvents", body)
        #expect(refusal?.hasPrefix("SerializationException") == true)
    }

    @Test func groupAndStreamMustExist() async throws {
        let bench = LogsBench()
        let put = LogsBench.put([(now, "x")])
        #expect(
            await bench.refusal("PutLogEvents", put)
                == "ResourceNotFoundException: The specified log group does not exist.")
        try await bench.call("CreateLogGroup", #"{"logGroupName":"g"}"#)
        #expect(
            await bench.refusal("PutLogEvents", put)
                == "ResourceNotFoundException: The specified log stream does not exist.")
    }

    @Test(
        arguments: [
            ([1_048_550], nil), ([1_048_551], "Log event too large: 1048577 bytes exceeds limit of 1048576"),
            ([500_000, 548_524], nil),
            ([500_000, 548_525], "Upload too large: 1048577 bytes exceeds limit of 1048576"),
            ([1_048_551, 1], "Log event too large: 1048577 bytes exceeds limit of 1048576"),
        ] as [([Int], String?)])
    func sizes(messages: [Int], text: String?) async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        let events = messages.map { (now, String(repeating: "m", count: $0)) }
        let refusal = await bench.refusal("PutLogEvents", LogsBench.put(events))
        #expect(refusal == text.map { "InvalidParameterException: " + $0 })
    }

    @Test func tenThousandEventsAreTakenAndNotOneMore() async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        let events = Array(repeating: (now, "m"), count: 10_001)
        #expect(await bench.refusal("PutLogEvents", LogsBench.put(events.dropLast())) == nil)
        #expect(
            await bench.refusal("PutLogEvents", LogsBench.put(events))
                == "InvalidParameterException: 1 validation error detected: Value '[…]' at 'logEvents' failed to satisfy "
                + "constraint: Member must have length less than or equal to 10000")
    }

    /// JSON's escapes and framing are not counted, UTF-8 is.
    @Test(arguments: [("\n", 1_048_550, true), ("\n", 1_048_551, false), ("é", 524_275, true), ("é", 524_276, false)])
    func bytesAreThoseOfTheMessage(character: String, count: Int, isTaken: Bool) async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        let body = LogsBench.put([(now, String(repeating: character, count: count))])
        #expect((await bench.refusal("PutLogEvents", body) == nil) == isTaken)
    }

    @Test(
        arguments: [
            ([0, 0, 5], nil), ([5, 4], "Log events in a single PutLogEvents request must be in chronological order."),
            ([-day, 0], nil),
            (
                [-day - 1, 0],
                "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."
            ),
            ([-30 * day, 0], nil),  // an event that is refused for its age does not count for the span
            ([-2 * day, -3 * day], "Log events in a single PutLogEvents request must be in chronological order."),
        ] as [([Int64], String?)])
    func orderAndSpan(offsets: [Int64], text: String?) async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        let refusal = await bench.refusal("PutLogEvents", LogsBench.put(offsets.map { (now + $0, "m") }))
        #expect(refusal == text.map { "InvalidParameterException: " + $0 })
    }

    @Test(
        arguments: [
            (nil, [0], nil, 1), (nil, [-14 * day, -14 * day + 1], nil, 2),
            (nil, [-14 * day - 1, 0], #"{"tooOldLogEventEndIndex":1}"#, 1),
            (nil, [2 * hour], nil, 1), (nil, [0, 2 * hour + 1], #"{"tooNewLogEventStartIndex":1}"#, 1),
            (nil, [-20 * day, -16 * day], #"{"tooOldLogEventEndIndex":2}"#, 0),
            (nil, [3 * hour], #"{"tooNewLogEventStartIndex":0}"#, 0),
            (1, [-day, 0], nil, 2), (1, [-day - 1, 0], #"{"expiredLogEventEndIndex":1}"#, 1),
            (
                1, [-16 * day, -16 * day, -2 * day, -2 * day, 0, 0, 3 * hour, 3 * hour],
                #"{"tooNewLogEventStartIndex":6,"tooOldLogEventEndIndex":2,"expiredLogEventEndIndex":4}"#, 2
            ),
            (
                nil, [-16 * day, -16 * day, 0, 0, 3 * hour, 3 * hour],
                #"{"tooNewLogEventStartIndex":4,"tooOldLogEventEndIndex":2}"#, 2
            ),
            (30, [-15 * day, 0], #"{"tooOldLogEventEndIndex":1}"#, 1),
        ] as [(Int?, [Int64], String?, Int)])
    func eventsRefusedForTheirAge(retention: Int?, offsets: [Int64], info: String?, stored: Int) async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        if let retention {
            try await bench.call("PutRetentionPolicy", #"{"logGroupName":"g","retentionInDays":\#(retention)}"#)
        }
        let reply = try await bench.call("PutLogEvents", LogsBench.put(offsets.map { (now + $0, "m") }))
        let root = try JSONDocument(Array(reply.utf8)).root
        #expect(root["rejectedLogEventsInfo"].map { String(decoding: $0.source, as: UTF8.self) } == info)
        #expect(root["nextSequenceToken"]?.string?.utf8.count == 56)
        #expect(
            await bench.service.events(inGroup: "g", account: LogsBench.sender, region: LogsBench.region)?.count
                == stored)
    }

    @Test func whatWasPutTwiceIsThereTwiceAndEveryMessageAsItCame() async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        let messages = ["plain", "\"quoted\" \\ \u{1}\n", "é😀", " "]
        try await bench.put(messages)
        try await bench.put(messages)
        let lone = #"{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":\#(now),"message":"\ud800"}]}"#
        try await bench.call("PutLogEvents", lone)
        let events = await bench.service.events(inGroup: "g", account: LogsBench.sender, region: LogsBench.region)
        let found = try #require(events).map { Array($0.message) }
        #expect(found == (messages + messages).map { Array($0.utf8) } + [[0xed, 0xa0, 0x80]])
        let others = await bench.service.events(inGroup: "g", account: LogsBench.recipient, region: LogsBench.region)
        #expect(others?.count == nil)
    }

    /// As AWS's own log collector sends it.
    @Test func aBodyMayBeCompressed() async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        let caller = Caller(account: LogsBench.sender, region: LogsBench.region, accessKeyID: "AKIDEXAMPLE")
        func put(_ body: [UInt8]) async throws {
            _ = try await bench.service.answer(operation: "PutLogEvents", body: body, caller: caller)
        }
        let packed = try Gzip.compress(Array(LogsBench.put([(now, "packed")]).utf8))
        try await put(packed)
        let events = await bench.service.events(inGroup: "g", account: LogsBench.sender, region: LogsBench.region)
        #expect(try #require(events).map { String(decoding: $0.message, as: UTF8.self) } == ["packed"])
        let bomb = try Gzip.compress(Array(repeating: 0x20, count: LogsLimits.expandedBodyBytesMax + 1))
        for broken in [packed.dropLast(), packed + [0], bomb, Array(packed.prefix(2))] {
            await #expect(throws: ServiceFault.self) { try await put(Array(broken)) }
        }
    }
}
