import Testing

@testable import Emulator

@Suite struct LogGroupTests {
    @Test func aGroupIsDescribedAsAWSDoes() async throws {
        let bench = LogsBench()
        #expect(try await bench.call("CreateLogGroup", #"{"logGroupName":"/a/b","tags":{"k":"v"}}"#) == "")
        try await bench.call("PutRetentionPolicy", #"{"logGroupName":"/a/b","retentionInDays":7}"#)
        let reply = try await bench.call("DescribeLogGroups", #"{"logGroupNamePrefix":"/a"}"#)
        #expect(
            reply == #"{"logGroups":[{"logGroupName":"/a/b","creationTime":1789333493187,"retentionInDays":7,"#
                + #""metricFilterCount":0,"arn":"arn:aws:logs:us-east-1:111111111111:log-group:/a/b:*","storedBytes":0,"#
                + #""logGroupClass":"STANDARD","logGroupArn":"arn:aws:logs:us-east-1:111111111111:log-group:/a/b","#
                + #""deletionProtectionEnabled":false}]}"#)
        #expect(try await bench.call("DescribeLogGroups", "{}", in: "eu-west-1") == #"{"logGroups":[]}"#)
    }

    @Test func aStreamIsDescribedWithItsTimes() async throws {
        let bench = LogsBench()
        try await bench.makeStream("g", "quiet")
        try await bench.makeStream("g", "busy")
        try await bench.call(
            "PutLogEvents", LogsBench.put([(LogsBench.now - 5, "x"), (LogsBench.now, "y")], stream: "busy"))
        let reply = try await bench.call("DescribeLogStreams", #"{"logGroupName":"g"}"#)
        let arn = "arn:aws:logs:us-east-1:111111111111:log-group:g:log-stream:"
        #expect(
            reply == #"{"logStreams":[{"logStreamName":"busy","creationTime":1789333493187,"firstEventTimestamp":"#
                + #"1789333493182,"lastEventTimestamp":1789333493187,"lastIngestionTime":1789333493187,"#
                + #""arn":"\#(arn)busy","storedBytes":0},{"logStreamName":"quiet","creationTime":1789333493187,"#
                + #""arn":"\#(arn)quiet","storedBytes":0}]}"#)
    }

    @Test(arguments: [
        (
            "CreateLogGroup", #"{"logGroupName":"g"}"#,
            "ResourceAlreadyExistsException: The specified log group already exists"
        ),
        (
            "CreateLogStream", #"{"logGroupName":"g","logStreamName":"s"}"#,
            "ResourceAlreadyExistsException: The specified log stream already exists"
        ),
        (
            "CreateLogStream", #"{"logGroupName":"h","logStreamName":"s"}"#,
            "ResourceNotFoundException: The specified log group does not exist."
        ),
        (
            "DeleteLogGroup", #"{"logGroupName":"h"}"#,
            "ResourceNotFoundException: The specified log group does not exist."
        ),
        (
            "DeleteLogStream", #"{"logGroupName":"g","logStreamName":"t"}"#,
            "ResourceNotFoundException: The specified log stream does not exist."
        ),
        (
            "CreateLogGroup", #"{"logGroupName":"a:b"}"#,
            "InvalidParameterException: 1 validation error detected: Value 'a:b' at 'logGroupName' failed to satisfy "
                + #"constraint: Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+"#
        ),
        (
            "CreateLogGroup", #"{"logGroupName":"\#(String(repeating: "x", count: 513))"}"#,
            "InvalidParameterException: Invalid LogGroup or LogStream, both must have length less than or equal to 512."
        ),
        (
            "CreateLogStream", #"{"logGroupName":"g","logStreamName":"a*"}"#,
            "InvalidParameterException: 1 validation error detected: Value 'a*' at 'logStreamName' failed to satisfy "
                + "constraint: Member must satisfy regular expression pattern: [^:*]*"
        ),
        (
            "CreateLogGroup", "{}",
            "InvalidParameterException: 1 validation error detected: Value null at 'logGroupName' failed to satisfy "
                + "constraint: Member must not be null"
        ),
        (
            "DescribeLogGroups", #"{"limit":51}"#,
            "InvalidParameterException: 1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: "
                + "Member must have value less than or equal to 50"
        ),
        ("DescribeLogGroups", #"{"nextToken":"zz"}"#, "InvalidParameterException: The specified nextToken is invalid."),
        (
            "CreateLogGroup", #"{"logGroupName":1}"#,
            "SerializationException: NUMBER_VALUE can not be converted to a String"
        ),
        ("StartLiveTail", "{}", "UnknownOperationException: The emulator knows no StartLiveTail."),
    ])
    func refusals(operation: String, body: String, text: String) async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        #expect(await bench.refusal(operation, body) == text)
    }

    @Test func onlySomeRetentionsExist() async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        let two = await bench.refusal("PutRetentionPolicy", #"{"logGroupName":"g","retentionInDays":2}"#)
        #expect(
            two?.contains(
                "Value at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [1, 3, 5")
                == true)
        #expect(await bench.refusal("PutRetentionPolicy", #"{"logGroupName":"g","retentionInDays":3653}"#) == nil)
    }

    @Test func tagsAreMerged() async throws {
        let bench = LogsBench()
        try await bench.call("CreateLogGroup", #"{"logGroupName":"g","tags":{"a":"1","b":"2"}}"#)
        let arn = "arn:aws:logs:us-east-1:111111111111:log-group:g"
        try await bench.call("TagResource", #"{"resourceArn":"\#(arn)","tags":{"b":"3","c":"4"}}"#)
        let reply = try await bench.call("ListTagsForResource", #"{"resourceArn":"\#(arn)"}"#)
        #expect(reply == #"{"tags":{"a":"1","b":"3","c":"4"}}"#)
        #expect(await bench.refusal("TagResource", #"{"resourceArn":"\#(arn):*","tags":{"a":"1"}}"#) != nil)
        try await bench.call("UntagResource", #"{"resourceArn":"\#(arn)","tagKeys":["a","c","none"]}"#)
        let rest = try await bench.call("ListTagsForResource", #"{"resourceArn":"\#(arn)"}"#)
        #expect(rest == #"{"tags":{"b":"3"}}"#)
        #expect(await bench.refusal("UntagResource", #"{"resourceArn":"\#(arn):*","tagKeys":["b"]}"#) != nil)
    }

    @Test func listsComeInPages() async throws {
        let bench = LogsBench()
        for name in ["c", "a", "b", "B", "e"] { try await bench.makeStream("g", name) }
        var names: [String] = []
        var token: String?
        repeat {
            let more = token.map { #","nextToken":"\#($0)""# } ?? ""
            let reply = try await bench.call("DescribeLogStreams", #"{"logGroupName":"g","limit":2\#(more)}"#)
            let root = try JSONDocument(Array(reply.utf8)).root
            names += (root["logStreams"]?.elements ?? []).compactMap { $0["logStreamName"]?.string }
            token = root["nextToken"]?.string
        } while token != nil
        #expect(names == ["B", "a", "b", "c", "e"])
    }

    @Test func streamsAreOrderedByTheirLastEventWhenAsked() async throws {
        let bench = LogsBench()
        for (name, time) in [("a", 3), ("b", 1), ("c", 2)] as [(String, Int64)] {
            try await bench.makeStream("g", name)
            try await bench.call("PutLogEvents", LogsBench.put([(LogsBench.now + time, "x")], stream: name))
        }
        let reply = try await bench.call(
            "DescribeLogStreams", #"{"logGroupIdentifier":"g","orderBy":"LastEventTime","descending":true}"#)
        let streams = try JSONDocument(Array(reply.utf8)).root["logStreams"]?.elements ?? []
        #expect(streams.compactMap { $0["logStreamName"]?.string } == ["a", "c", "b"])
    }

    @Test func whatIsDeletedIsGone() async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        try await bench.put(["x"])
        try await bench.call("DeleteLogStream", #"{"logGroupName":"g","logStreamName":"s"}"#)
        try await bench.makeStream()
        let reply = try await bench.call("GetLogEvents", #"{"logGroupName":"g","logStreamName":"s"}"#)
        #expect(reply.hasPrefix(#"{"events":[],"#))
        try await bench.call("DeleteLogGroup", #"{"logGroupName":"g"}"#)
        #expect(try await bench.call("DescribeLogGroups", "{}") == #"{"logGroups":[]}"#)
    }
}
