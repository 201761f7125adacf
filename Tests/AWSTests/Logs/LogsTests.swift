import AWS
import Core
import Testing

@Suite struct LogsCalls {
    private func call(
        _ step: ScriptedSender.Step, _ use: (LogsClient) async throws -> Void
    ) async throws -> (target: String?, body: String) {
        let bench = try Bench(.logs, step)
        try await use(LogsClient(bench.service))
        return (
            await bench.sender.header("X-Amz-Target", ofRequest: 0), await bench.sender.body(ofRequest: 0)
        )
    }

    @Test func aReadyBodyIsSentAsItIs() async throws {
        let ready = #"{ "logEvents":[{"message":"caf\u00e9 \ud83d","timestamp":1}],"logGroupName":"/g"}"#
        let (target, body) = try await call(.ok(#"{"nextSequenceToken":"4956"}"#)) { logs in
            let answer = try await logs.putLogEvents(body: Array(ready.utf8))
            #expect(answer == .none)
        }
        #expect(target == "Logs_20140328.PutLogEvents")
        #expect(body == ready)
    }

    @Test func rejectedEventsAreTold() async throws {
        let reply =
            #"{"rejectedLogEventsInfo":{"tooOldLogEventEndIndex":2,"expiredLogEventEndIndex":4,"tooNewLogEventStartIndex":6}}"#
        _ = try await call(.ok(reply)) { logs in
            let answer = try await logs.putLogEvents(body: Array("{}".utf8))
            #expect(answer == RejectedIndexes(tooOldEnd: 2, expiredEnd: 4, tooNewStart: 6))
        }
    }

    /// Nobody can say what became of those events, so they are sent again.
    @Test func aReplyThatCannotBeReadIsAskedForAgain() async throws {
        let bench = try Bench(.logs, .ok(#"{"rejectedLogEventsInfo":[]}"#), .ok("{}"))
        #expect(try await LogsClient(bench.service).putLogEvents(body: Array("{}".utf8)) == .none)
        #expect(await bench.sender.requests.count == 2)
    }

    /// Front ends under stress answer 200 with nothing; those events are not stored.
    @Test func anEmptySuccessIsSentAgain() async throws {
        let bench = try Bench(.logs, .reply(200, "", ["x-amzn-RequestId": "id"]), .ok("{}"))
        #expect(try await LogsClient(bench.service).putLogEvents(body: Array("{}".utf8)) == .none)
        #expect(await bench.sender.requests.count == 2)
    }

    @Test func groupsStreamsAndRetentionAreSet() async throws {
        let group = try await call(.ok("")) { try await $0.createLogGroup("/a/b") }
        #expect(group.target == "Logs_20140328.CreateLogGroup")
        #expect(group.body == #"{"logGroupName":"/a/b"}"#)
        let stream = try await call(.ok("")) { try await $0.createLogStream("s", in: "/a/b") }
        #expect(stream.target == "Logs_20140328.CreateLogStream")
        #expect(stream.body == #"{"logGroupName":"/a/b","logStreamName":"s"}"#)
        let retention = try await call(.ok("")) { try await $0.putRetentionPolicy(days: 30, on: "/a/b") }
        #expect(retention.target == "Logs_20140328.PutRetentionPolicy")
        #expect(retention.body == #"{"logGroupName":"/a/b","retentionInDays":30}"#)
    }

    @Test func destinationsAreMade() async throws {
        let made = try await call(.ok(#"{"destination":{"destinationName":"d","arn":"arn:d"}}"#)) { logs in
            let answer = try await logs.putDestination("d", target: "arn:t", role: "arn:r")
            #expect(answer == "arn:d")
        }
        #expect(made.target == "Logs_20140328.PutDestination")
        #expect(made.body == #"{"destinationName":"d","roleArn":"arn:r","targetArn":"arn:t"}"#)
        let policy = try await call(.ok("")) { try await $0.putDestinationPolicy(#"{"a":"/"}"#, on: "d") }
        #expect(policy.target == "Logs_20140328.PutDestinationPolicy")
        #expect(policy.body == #"{"accessPolicy":"{\"a\":\"/\"}","destinationName":"d"}"#)
    }

    @Test func filtersAreMade() async throws {
        let filter = SubscriptionFilter(
            name: "f", group: "/g", pattern: "{$.userIdentity.type = Root}", destination: "arn:d", role: "arn:r",
            distribution: .random)
        let full = try await call(.ok("")) { try await $0.putSubscriptionFilter(filter) }
        #expect(full.target == "Logs_20140328.PutSubscriptionFilter")
        #expect(
            full.body == #"{"destinationArn":"arn:d","distribution":"Random","filterName":"f","#
                + #""filterPattern":"{$.userIdentity.type = Root}","logGroupName":"/g","roleArn":"arn:r"}"#)
        let plain = SubscriptionFilter(name: "f", group: "/g", pattern: "", destination: "arn:d")
        let short = try await call(.ok("")) { try await $0.putSubscriptionFilter(plain) }
        #expect(
            short.body == #"{"destinationArn":"arn:d","filterName":"f","filterPattern":"","logGroupName":"/g"}"#)
    }

    @Test func storedEventsAreRead() async throws {
        let reply =
            #"{"events":[{"timestamp":5,"message":"é\n","ingestionTime":9}],"nextForwardToken":"f/1","nextBackwardToken":"b"}"#
        let (target, body) = try await call(.ok(reply)) { logs in
            let page = try await logs.logEvents(of: "s", in: "/g", from: "f/0")
            #expect(page.events == [StoredLogEvent(timestamp: Instant(milliseconds: 5), message: "é\n")])
            #expect(page.next == "f/1")
        }
        #expect(target == "Logs_20140328.GetLogEvents")
        #expect(body == #"{"logGroupName":"/g","logStreamName":"s","nextToken":"f/0","startFromHead":true}"#)
    }
}
