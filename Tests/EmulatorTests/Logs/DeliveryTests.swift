import Testing

@testable import Emulator

@Suite struct DeliveryTests {
    private func subscribed(
        _ filters: [(name: String, pattern: String, extra: String)], settings: LogsSettings = LogsSettings()
    )
        async throws -> LogsBench
    {
        let bench = LogsBench(settings: settings)
        try await bench.makeStream()
        try await bench.openDestination()
        for filter in filters { try await bench.subscribe(filter.name, pattern: filter.pattern, extra: filter.extra) }
        return bench
    }

    private func id(_ index: Int, request: UInt64 = 1) -> String {
        EventID(timestamp: LogsBench.now, ingestion: LogsBench.now, request: request, index: index).digits
    }

    @Test func aPayloadIsWrittenAsAWSWritesIt() async throws {
        let bench = try await subscribed([("f", "ERROR", "")])
        try await bench.put(["ERROR \"a\"\n\\", "fine", "ERROR é😀"])
        let records = await bench.streams.data
        try #require(records.count == 1)
        #expect(
            records[0].text == #"{"messageType":"DATA_MESSAGE","owner":"111111111111","logGroup":"g","logStream":"s","#
                + #""subscriptionFilters":["f"],"logEvents":[{"id":"\#(id(0))","timestamp":1789333493187,"#
                + #""message":"ERROR \"a\"\n\\"},{"id":"\#(id(2))","timestamp":1789333493187,"message":"ERROR é😀"}]}"#)
        #expect(records[0].data.prefix(10) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0])
        #expect(records[0].key == MD5.digest("111111111111:g:s".utf8).lowercaseHex)
        #expect(records[0].stream == LogsBench.stream)
        let counts = await bench.service.deliveries(ofGroup: "g", account: LogsBench.sender, region: LogsBench.region)
        #expect(counts?.events == 2 && counts?.records == 1 && counts?.failedEvents == 0)
    }

    @Test func nothingMatchedIsNoRecord() async throws {
        let bench = try await subscribed([("f", "ERROR", "")])
        try await bench.put(["fine"])
        #expect(await bench.streams.data.isEmpty)
    }

    @Test func twoFiltersSendTheSameEventsTwiceWithTheSameIDs() async throws {
        let bench = try await subscribed([("f1", "", ""), ("f2", "x", "")])
        try await bench.put(["x"])
        let texts = await bench.streams.data.map(\.text)
        try #require(texts.count == 2)
        #expect(texts[0].replacing(#"["f1"]"#, with: #"["f2"]"#) == texts[1])
    }

    @Test func onlyAcceptedEventsAreDelivered() async throws {
        let bench = try await subscribed([("f", "", "")])
        let old = LogsBench.now - 20 * 24 * 3_600_000
        try await bench.call(
            "PutLogEvents", LogsBench.put([(old, "old"), (LogsBench.now, "new"), (LogsBench.now + 8_000_000, "ahead")]))
        let records = await bench.streams.data
        try #require(records.count == 1)
        #expect(records[0].text.contains(#"{"id":"\#(id(1))","timestamp":1789333493187,"message":"new"}]}"#))
        #expect(!records[0].text.contains("old") && !records[0].text.contains("ahead"))
        try await bench.call("PutLogEvents", LogsBench.put([(old, "old")]))
        #expect(await bench.streams.data.count == 1)
    }

    @Test func fieldsAndSystemFieldsAreExtracted() async throws {
        let extra = #","emitSystemFields":["@aws.account","@aws.region","@source.log"]"#
        let bench = try await subscribed([("f1", "[level, text]", ""), ("f2", "[level]", extra), ("f3", "WARN", extra)])
        try await bench.put([#"WARN "disk full""#])
        let system = #""@aws.account":"111111111111","@aws.region":"us-east-1","@source.log":"g""#
        let texts = await bench.streams.data.map(\.text)
        try #require(texts.count == 3)
        #expect(
            texts[0].contains(
                #""message":"WARN \"disk full\"","extractedFields":{"$level":"WARN","$text":"disk full"}}"#))
        #expect(texts[1].contains(#""extractedFields":{"$level":"WARN \"disk full\"",\#(system)}}"#))
        #expect(texts[2].contains(#""extractedFields":{\#(system)}}"#))
    }

    @Test func randomKeysAreUUIDs() async throws {
        let bench = try await subscribed([("f", "", #","distribution":"Random""#)])
        try await bench.put(["x"])
        #expect(await bench.streams.data.map(\.key) == ["01234567-89ab-4def-8123-456789abcdef"])
    }

    /// A payload larger than a record is split, and what cannot be split goes as it is.
    @Test func largePayloadsAreSplit() async throws {
        var settings = LogsSettings()
        settings.recordBytesMax = 500
        let bench = try await subscribed([("f", "", "")], settings: settings)
        var noise = SeededNoise(state: 7)
        let messages = [40, 40, 40, 40, 700].map { noise.text($0) }
        try await bench.put(messages)
        let records = await bench.streams.data
        #expect(records.count > 2)
        #expect(records.dropLast().allSatisfy { $0.data.count + $0.key.utf8.count <= 500 })
        let delivered = try records.flatMap { record in
            try JSONDocument(Array(record.text.utf8)).root["logEvents"]?.elements?.compactMap { $0["message"]?.string }
                ?? []
        }
        #expect(delivered == messages)
        let counts = await bench.service.deliveries(ofGroup: "g", account: LogsBench.sender, region: LogsBench.region)
        #expect(counts?.events == 5 && counts?.records == records.count)
    }

    @Test func aDeadStreamFailsNeitherThePutNorTheOtherFilters() async throws {
        let other = LogsBench.stream + "2"
        let bench = try await subscribed([("f1", "", "")])
        await bench.streams.add(other)
        try await bench.subscribe("f2", to: other, extra: #","roleArn":"arn:aws:iam::111111111111:role/R""#)
        await bench.streams.fail(LogsBench.stream)
        try await bench.put(["x", "y"])
        #expect(await bench.streams.data.map(\.stream) == [other])
        let counts = await bench.service.deliveries(ofGroup: "g", account: LogsBench.sender, region: LogsBench.region)
        #expect(counts?.events == 2 && counts?.failedEvents == 2 && counts?.failedRecords == 1)
    }

    @Test func aDestinationSaysAtEachDeliveryWhereToAndMayBeGone() async throws {
        let other = LogsBench.stream + "2"
        let bench = try await subscribed([("f", "", "")])
        await bench.streams.add(other)
        let put = #"{"destinationName":"testDestination","targetArn":"\#(other)","roleArn":"\#(LogsBench.role)"}"#
        try await bench.call("PutDestination", put, as: LogsBench.recipient)
        try await bench.put(["x"])
        #expect(await bench.streams.data.map(\.stream) == [other])
        try await bench.call("DeleteDestination", #"{"destinationName":"testDestination"}"#, as: LogsBench.recipient)
        try await bench.put(["y"])
        #expect(await bench.streams.data.count == 1)
        let counts = await bench.service.deliveries(ofGroup: "g", account: LogsBench.sender, region: LogsBench.region)
        #expect(counts?.failedEvents == 1)
        let listed = try await bench.call("DescribeSubscriptionFilters", #"{"logGroupName":"g"}"#)
        #expect(listed.contains(LogsBench.destination))
        try await bench.openDestination()
        try await bench.put(["z"])
        #expect(await bench.streams.data.map(\.stream) == [other, LogsBench.stream])
    }

    /// However calls overlap, a log stream's records arrive in the order in which its events were taken.
    @Test func recordsKeepTheOrderOfThePuts() async throws {
        let bench = try await subscribed([("f", "", "")])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                // Sizes differ, so that later puts are packed before earlier ones.
                let message = String(repeating: "m", count: number % 7 == 0 ? 20_000 : 10) + " \(number)"
                group.addTask { try await bench.put([message]) }
            }
            try await group.waitForAll()
        }
        let events = await bench.service.events(inGroup: "g", account: LogsBench.sender, region: LogsBench.region)
        let taken = try #require(events).map { String(decoding: $0.message, as: UTF8.self) }
        let delivered = try await bench.streams.data.map { record in
            try JSONDocument(Array(record.text.utf8)).root["logEvents"]?.elements?.first?["message"]?.string
        }
        #expect(delivered == taken)
        #expect(taken.count == 200)
    }
}

/// Text that does not compress much, the same for each seed.
private struct SeededNoise {
    var state: UInt64

    mutating func text(_ length: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/".utf8)
        let bytes = (0..<length).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return letters[Int(state >> 58)]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
