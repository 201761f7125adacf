import AWS
import Testing

private let arn = "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream"

@Suite struct Streams {
    @Test func areMadeInEitherMode() async throws {
        let bench = try Bench(.kinesis, .ok(""), .ok(""), .ok(""))
        let kinesis = KinesisClient(bench.service)
        try await kinesis.createStream(name: "s", capacity: .provisioned(shards: 3))
        try await kinesis.createStream(name: "s", capacity: .onDemand, tags: ["made-by": "t", "Team": ""])
        try await kinesis.createStream(name: "s", capacity: .provisioned(shards: 1))
        #expect(await bench.sender.operations == ["CreateStream", "CreateStream", "CreateStream"])
        #expect(
            await bench.sender.bodies == [
                #"{"ShardCount":3,"StreamName":"s"}"#,
                #"{"StreamModeDetails":{"StreamMode":"ON_DEMAND"},"StreamName":"s","Tags":{"Team":"","made-by":"t"}}"#,
                #"{"ShardCount":1,"StreamName":"s"}"#,
            ])
    }

    @Test func areChanged() async throws {
        let bench = try Bench(.kinesis, .ok(""), .ok(""), .ok(""))
        let kinesis = KinesisClient(bench.service)
        try await kinesis.increaseRetention(of: .name("s"), toHours: 168)
        try await kinesis.decreaseRetention(of: .arn(arn), toHours: 24)
        try await kinesis.startEncryption(of: .name("s"), key: "alias/aws/kinesis")
        #expect(
            await bench.sender.operations == [
                "IncreaseStreamRetentionPeriod", "DecreaseStreamRetentionPeriod", "StartStreamEncryption",
            ])
        #expect(
            await bench.sender.bodies == [
                #"{"RetentionPeriodHours":168,"StreamName":"s"}"#,
                #"{"RetentionPeriodHours":24,"StreamARN":"\#(arn)"}"#,
                #"{"EncryptionType":"KMS","KeyId":"alias/aws/kinesis","StreamName":"s"}"#,
            ])
    }

    @Test func areDeleted() async throws {
        let bench = try Bench(
            .kinesis, .ok(""), .refuse("ResourceNotFoundException"), .refuse("ResourceInUseException"))
        let kinesis = KinesisClient(bench.service)
        #expect(try await kinesis.deleteStream(.name("s"), enforcingConsumerDeletion: true))
        #expect(try await !kinesis.deleteStream(.arn(arn), enforcingConsumerDeletion: false))
        let error = await #expect(throws: AWSError.self) {
            try await kinesis.deleteStream(.name("s"), enforcingConsumerDeletion: false)
        }
        #expect(error?.code == "ResourceInUseException")
        #expect(await bench.sender.operations.first == "DeleteStream")
        #expect(await bench.sender.body(ofRequest: 0) == #"{"EnforceConsumerDeletion":true,"StreamName":"s"}"#)
        #expect(await bench.sender.body(ofRequest: 1) == #"{"StreamARN":"\#(arn)"}"#)
    }

    @Test func haveTagsToTheLastPage() async throws {
        let bench = try Bench(
            .kinesis, .ok(""), .ok(#"{"Tags":[{"Key":"a","Value":"1"},{"Key":"b"}],"HasMoreTags":true}"#),
            .ok(#"{"Tags":[],"HasMoreTags":true}"#),
            .ok(#"{"Tags":[{"Key":"c","Value":"3"}],"HasMoreTags":false}"#))
        let kinesis = KinesisClient(bench.service)
        try await kinesis.tag(.name("s"), tags: ["a": "1", "Bb": "/"])
        #expect(try await kinesis.tags(of: .arn(arn)) == ["a": "1", "b": "", "c": "3"])
        #expect(
            await bench.sender.operations == [
                "AddTagsToStream", "ListTagsForStream", "ListTagsForStream", "ListTagsForStream",
            ])
        #expect(
            await bench.sender.bodies == [
                #"{"StreamName":"s","Tags":{"Bb":"/","a":"1"}}"#, #"{"StreamARN":"\#(arn)"}"#,
                #"{"ExclusiveStartTagKey":"b","StreamARN":"\#(arn)"}"#,
                #"{"ExclusiveStartTagKey":"b","StreamARN":"\#(arn)"}"#,
            ])
    }
}

@Suite struct SummariesOfStreams {
    private func summary(_ members: String) async throws -> StreamSummary {
        let step = ScriptedSender.Step.ok(
            #"{"StreamDescriptionSummary":{"StreamName":"s","StreamARN":"arn:s","StreamStatus":"UPDATING","#
                + #""RetentionPeriodHours":48,"OpenShardCount":4\#(members)}}"#)
        return try await Bench(.kinesis, step).ask()
    }

    @Test(arguments: [
        ("", StreamMode.provisioned), (#","StreamModeDetails":{"StreamMode":"PROVISIONED"}"#, .provisioned),
        (#","StreamModeDetails":{"StreamMode":"ON_DEMAND"}"#, .onDemand),
        (#","StreamModeDetails":{"StreamMode":"NEW"}"#, .provisioned),
    ])
    func tellTheMode(members: String, mode: StreamMode) async throws {
        #expect(try await summary(members).mode == mode)
    }

    @Test(arguments: [
        ("", nil), (#","EncryptionType":"NONE""#, nil), (#","EncryptionType":"NONE","KeyId":"k""#, nil),
        (#","EncryptionType":"KMS","KeyId":"alias/aws/kinesis""#, "alias/aws/kinesis"),
    ])
    func tellTheKey(members: String, key: String?) async throws {
        #expect(try await summary(members).encryptionKey == key)
    }

    @Test(arguments: [
        ("", false), (#","RecordDistributionStrategy":"AUTO""#, true),
        (#","RecordDistributionStrategy":"USER_PARTITION_KEY""#, false),
    ])
    func tellWhetherOrderIsKept(members: String, ignores: Bool) async throws {
        #expect(try await summary(members).ignoresPartitionKeys == ignores)
    }

    @Test func areTheirPartsTogether() async throws {
        #expect(
            try await summary("")
                == StreamSummary(
                    name: "s", arn: "arn:s", status: .updating, retentionHours: 48, created: nil, openShards: 4))
    }
}
