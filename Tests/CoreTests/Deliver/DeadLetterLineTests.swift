import Core
import Testing

@Suite struct DeadLettersAreLines {
    private func heading(
        _ reason: DeadLetterHeading.Reason, arrival: Instant? = Instant(milliseconds: 1_763_632_800_123),
        sink: String? = nil
    ) throws -> DeadLetterHeading {
        DeadLetterHeading(
            reason: reason, detail: "byte 0: \"x\"", stream: "RecipientStream",
            shard: try #require(ShardID("shardId-000000000001")), sequence: try #require(SequenceNumber("495")),
            arrival: arrival, sink: sink)
    }

    @Test func aRecordWithItsBytes() throws {
        var line: [UInt8] = []
        let payload: [UInt8] = [0, 1, 0xFF, 0xFE]
        let heading = try heading(.undecodable(.notGzip))
        payload.withUnsafeBytes { DeadLetterLine.append(heading, payload: $0, to: &line) }
        #expect(
            String(decoding: line, as: UTF8.self)
                == #"{"reason":"not-gzip","detail":"byte 0: \"x\"","stream":"RecipientStream","#
                + #""shardId":"shardId-000000000001","sequenceNumber":"495","approximateArrivalTimestamp":1763632800123,"#
                + #""data":"AAH//g=="}"# + "\n")
    }

    @Test func anEmptyRecordWithoutArrival() throws {
        var line: [UInt8] = []
        let heading = try heading(.undecodable(.truncated), arrival: nil)
        DeadLetterLine.append(heading, payload: UnsafeRawBufferPointer(start: nil, count: 0), to: &line)
        #expect(
            String(decoding: line, as: UTF8.self)
                == #"{"reason":"truncated","detail":"byte 0: \"x\"","stream":"RecipientStream","#
                + #""shardId":"shardId-000000000001","sequenceNumber":"495","data":""}"# + "\n")
    }

    @Test func anEventThatASinkRefused() throws {
        let record = try decoded(
            #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","subscriptionFilters":["f"],"#
                + #""logEvents":[{"id":"7","timestamp":5,"message":"a\n"}]}"#)
        var line: [UInt8] = []
        DeadLetterLine.append(
            try heading(.rejected(.tooOld), sink: "central"), event: record.events[0], of: record.messages[0],
            in: record.text, to: &line)
        #expect(
            String(decoding: line, as: UTF8.self)
                == #"{"reason":"too-old","detail":"byte 0: \"x\"","stream":"RecipientStream","#
                + #""shardId":"shardId-000000000001","sequenceNumber":"495","approximateArrivalTimestamp":1763632800123,"#
                + #""sink":"central","event":{"owner":"1","logGroup":"g","logStream":"s","id":"7","timestamp":5,"#
                + #""message":"a\n","subscriptionFilters":["f"]}}"# + "\n")
    }

    @Test func theWordsAreTheContracts() {
        #expect(
            Undecodable.Reason.allCases.map(\.rawValue) == [
                "not-gzip", "bad-header", "bad-deflate", "bad-checksum", "truncated", "trailing-bytes", "too-large",
                "not-utf8",
                "not-json", "not-a-subscription-message",
            ])
        #expect(Rejection.allCases.map(\.rawValue) == ["too-old", "too-new", "expired", "too-big", "refused"])
    }
}
