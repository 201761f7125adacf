import AWS
import Testing

@Suite struct Destinations {
    private static func entry(_ name: String, _ more: String = "") -> String {
        #"{"destinationName":"\#(name)","targetArn":"arn:s","roleArn":"arn:r","arn":"arn:\#(name)","creationTime":1\#(more)}"#
    }

    @Test func areListedToTheEnd() async throws {
        let bench = try Bench(
            .logs, .ok(#"{"destinations":[\#(Self.entry("test2"))],"nextToken":"t/1"}"#),
            .ok(#"{"nextToken":"t/2"}"#),
            .ok(
                #"{"destinations":[\#(Self.entry("test", #","accessPolicy":"{\"a\":1}""#))]}"#))
        let found = try await LogsClient(bench.service).destinations()
        #expect(
            found == [
                Destination(name: "test2", arn: "arn:test2", targetARN: "arn:s", roleARN: "arn:r"),
                Destination(
                    name: "test", arn: "arn:test", targetARN: "arn:s", roleARN: "arn:r", accessPolicy: #"{"a":1}"#),
            ])
        #expect(await bench.sender.operations.first == "DescribeDestinations")
        #expect(
            await bench.sender.bodies == [
                "{}", #"{"nextToken":"t/1"}"#, #"{"nextToken":"t/2"}"#,
            ])
    }

    @Test func areDeleted() async throws {
        let bench = try Bench(
            .logs, .ok(""), .refuse("ResourceNotFoundException"), .refuse("InvalidParameterException"))
        let logs = LogsClient(bench.service)
        #expect(try await logs.deleteDestination("d"))
        #expect(try await !logs.deleteDestination("d"))
        await #expect(throws: AWSError.self) { try await logs.deleteDestination("d") }
        #expect(await bench.sender.operations.first == "DeleteDestination")
        #expect(await bench.sender.body(ofRequest: 0) == #"{"destinationName":"d"}"#)
    }

    @Test func takeANewKindOfPolicyOnlyByForce() async throws {
        let bench = try Bench(.logs, .ok(""))
        try await LogsClient(bench.service).putDestinationPolicy("{}", on: "d", force: true)
        #expect(
            await bench.sender.body(ofRequest: 0)
                == #"{"accessPolicy":"{}","destinationName":"d","forceUpdate":true}"#)
    }

    @Test func haveTags() async throws {
        let bench = try Bench(.logs, .ok(""), .ok(#"{"tags":{"Made-By":"é","b":""}}"#), .ok("{}"))
        let logs = LogsClient(bench.service)
        try await logs.tag("arn:d", ["Made-By": "t", "b": "/"])
        #expect(try await logs.tags(of: "arn:d") == ["Made-By": "é", "b": ""])
        #expect(try await logs.tags(of: "arn:d") == [:])
        #expect(await bench.sender.operations == ["TagResource", "ListTagsForResource", "ListTagsForResource"])
        #expect(await bench.sender.body(ofRequest: 0) == #"{"resourceArn":"arn:d","tags":{"Made-By":"t","b":"/"}}"#)
        #expect(await bench.sender.body(ofRequest: 1) == #"{"resourceArn":"arn:d"}"#)
    }
}
