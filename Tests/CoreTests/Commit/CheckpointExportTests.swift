import Core
import Testing

@Suite struct CheckpointExportTests {
    private static let text = """
        {
          "shards" : {
            "shardId-000000000000" : {
              "saved" : "2025-11-20T10:00:00.123Z",
              "sequenceNumber" : "49590338271490256608559692538361571095921575989136588898"
            },
            "shardId-000000000001" : {
              "saved" : "2025-11-20T10:00:00.000Z",
              "sequenceNumber" : "SHARD_END"
            }
          },
          "stream" : "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream"
        }

        """

    @Test func readsAndWritesItsFormat() throws {
        let export = try CheckpointExport(json: Array(Self.text.utf8))
        #expect(export.stream == "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream")
        let shard = try #require(ShardID("shardId-000000000000"))
        #expect(export.shards[shard]?.saved == Instant(milliseconds: 1_763_632_800_123))
        #expect(export.checkpoints.count == 2)
        #expect(export.checkpoints.values.contains(.shardEnd))
        #expect(String(decoding: export.json(), as: UTF8.self) == Self.text)
    }

    @Test(arguments: [
        ("", "not an exported checkpoint file"), ("[]", "not an exported checkpoint file"),
        (#"{"stream":"s"}"#, "'shards'"),
        (#"{"stream":"s","shards":{"a b":{"sequenceNumber":"1","saved":""}}}"#, "'a b'"),
        (#"{"stream":"s","shards":{"a":{"sequenceNumber":"x","saved":"2025-11-20T10:00:00.000Z"}}}"#, "'x'"),
        (#"{"stream":"s","shards":{"a":{"sequenceNumber":"1","saved":"yesterday"}}}"#, "'yesterday'"),
        (
            #"{"stream":"s","shards":{"a":{"sequenceNumber":1,"saved":"2025-11-20T10:00:00.000Z"}}}"#,
            "shards.a.sequenceNumber"
        ),
    ]) func saysWhatIsWrong(json: String, text: String) throws {
        let error = #expect(throws: CheckpointExportError.self) { try CheckpointExport(json: Array(json.utf8)) }
        #expect(try #require(error).description.contains(text), "\(error?.description ?? "")")
    }
}
