import AWS
import Core
import Testing

@Suite struct LogGroups {
    private static func entry(_ name: String, _ more: String = "") -> String {
        #"{"logGroupName":"\#(name)","arn":"arn:\#(name):*","storedBytes":0\#(more)}"#
    }

    @Test func areFoundByTheirWholeName() async throws {
        let classAndDays = #","logGroupClass":"INFREQUENT_ACCESS","retentionInDays":30"#
        let bench = try Bench(
            .logs, .ok(#"{"logGroups":[\#(Self.entry("/a/b"))],"nextToken":"t"}"#),
            .ok(#"{"logGroups":[\#(Self.entry("/a", classAndDays))],"nextToken":"u"}"#))
        let found = try await LogsClient(bench.service).logGroup(named: "/a")
        #expect(
            found
                == LogGroupSummary(name: "/a", arn: "arn:/a", groupClass: "INFREQUENT_ACCESS", retentionDays: 30))
        #expect(await bench.sender.operations.first == "DescribeLogGroups")
        #expect(
            await bench.sender.bodies == [
                #"{"logGroupNamePrefix":"/a"}"#, #"{"logGroupNamePrefix":"/a","nextToken":"t"}"#,
            ])
    }

    @Test func keepEventsForEverUnlessToldOtherwise() async throws {
        let bench = try Bench(.logs, .ok(#"{"logGroups":[\#(Self.entry("/a"))]}"#), .ok(#"{"logGroups":[]}"#))
        let logs = LogsClient(bench.service)
        #expect(
            try await logs.logGroup(named: "/a")
                == LogGroupSummary(name: "/a", arn: "arn:/a", groupClass: "STANDARD", retentionDays: nil))
        #expect(try await logs.logGroup(named: "/a") == nil)
    }
}

@Suite struct RecentEvents {
    private let noon = Instant(milliseconds: 1_763_632_800_000)

    @Test func areLookedForOverEmptyPieces() async throws {
        let bench = try Bench(
            .logs, .ok(#"{"events":[],"nextToken":"t/1"}"#), .ok(#"{"nextToken":"t/2"}"#),
            .ok(#"{"events":[{"message":"a","timestamp":1},{"message":"b"}],"nextToken":"t/3"}"#),
            .ok(#"{"events":[{"message":"c"},{"message":"d"}],"nextToken":"t/4"}"#))
        let messages = try await LogsClient(bench.service).recentEvents(of: "/g", limit: 3, since: noon)
        #expect(messages == ["a", "b", "c"])
        #expect(await bench.sender.operations.first == "FilterLogEvents")
        #expect(
            await bench.sender.bodies == [
                #"{"limit":3,"logGroupName":"/g","startTime":1763632800000}"#,
                #"{"limit":3,"logGroupName":"/g","nextToken":"t/1","startTime":1763632800000}"#,
                #"{"limit":3,"logGroupName":"/g","nextToken":"t/2","startTime":1763632800000}"#,
                #"{"limit":3,"logGroupName":"/g","nextToken":"t/3","startTime":1763632800000}"#,
            ])
    }

    @Test func endWithTheList() async throws {
        let bench = try Bench(.logs, .ok(#"{"events":[{"message":"a"}]}"#))
        #expect(try await LogsClient(bench.service).recentEvents(of: "/g", limit: 20_000, since: noon) == ["a"])
        #expect(
            await bench.sender.bodies == [#"{"limit":10000,"logGroupName":"/g","startTime":1763632800000}"#])
    }

    @Test func areNotLookedForForEver() async throws {
        let sender = ScriptedSender(Array(repeating: .ok(#"{"events":[],"nextToken":"t"}"#), count: 20))
        let logs = LogsClient(try service(.logs, against: sender))
        #expect(try await logs.recentEvents(of: "/g", limit: 1, since: noon) == [])
        #expect(await sender.requests.count == 10)
    }
}
