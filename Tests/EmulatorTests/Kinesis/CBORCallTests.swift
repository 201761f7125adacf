import Foundation
import Testing

@testable import Emulator

extension CBORValue {
    fileprivate func bytes() -> [UInt8] {
        var writer = CBORWriter()
        write(to: &writer)
        return writer.bytes
    }

    private func write(to writer: inout CBORWriter) {
        switch self {
        case .integer(let value): writer.integer(value)
        case .float(let value): writer.float(value)
        case .bytes(let bytes): writer.blob(bytes)
        case .text(let text): writer.text(text)
        case .array(let items): writer.array { writer in items.forEach { $0.write(to: &writer) } }
        case .map(let members):
            writer.map { writer in
                for member in members {
                    writer.text(member.name)
                    member.value.write(to: &writer)
                }
            }
        case .tagged(1, .integer(let value)): writer.moment(value)
        case .tagged(_, let value): value.write(to: &writer)
        case .boolean(let value): writer.boolean(value)
        case .null: writer.null()
        }
    }

    subscript(name: String) -> CBORValue? {
        guard case .map(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    fileprivate var items: [CBORValue] {
        guard case .array(let items) = self else { return [] }
        return items
    }

    fileprivate var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }
}

extension KinesisBench {
    fileprivate func cbor(_ operation: String, _ members: [(name: String, value: CBORValue)]) async throws -> CBORValue
    {
        let reply = try await service.reply(
            operation: operation, body: CBORValue.map(members).bytes(), encoding: .cbor, caller: caller)
        return reply.bytes.isEmpty ? .null : try CBORValue(reply.bytes)
    }
}

@Suite struct CallsInCBOR {
    @Test func writeAndReadBytesAndMilliseconds() async throws {
        let bench = KinesisBench()
        _ = try await bench.cbor("CreateStream", [("StreamName", .text("s")), ("ShardCount", .integer(1))])
        let payload = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
        _ = try await bench.cbor(
            "PutRecord", [("StreamName", .text("s")), ("PartitionKey", .text("k\"ü")), ("Data", .bytes(payload))])
        let entries = [[UInt8](), [0xFF]].map { bytes in
            CBORValue.map([("PartitionKey", .text("k")), ("Data", .bytes(bytes))])
        }
        let written = try await bench.cbor("PutRecords", [("StreamName", .text("s")), ("Records", .array(entries))])
        #expect(written["FailedRecordCount"]?.words == "integer(0)")

        let iterator = try await bench.cbor(
            "GetShardIterator",
            [
                ("StreamName", .text("s")), ("ShardId", .text(KinesisBench.shardName(0))),
                ("ShardIteratorType", .text("AT_TIMESTAMP")), ("Timestamp", .tagged(1, .integer(ManualClock.start))),
            ])
        let page = try await bench.cbor("GetRecords", [("ShardIterator", try #require(iterator["ShardIterator"]))])
        let records = try #require(page["Records"]).items
        #expect(records.map { $0["Data"]?.words } == [payload, [], [0xFF]].map { CBORValue.bytes($0).words })
        #expect(records[0]["PartitionKey"]?.text == "k\"ü")
        #expect(records.allSatisfy { $0["SequenceNumber"]?.text?.count == 56 })
        for record in records {
            #expect(record["ApproximateArrivalTimestamp"]?.words == "tagged(1, integer(\(ManualClock.start)))")
        }
        #expect(page["MillisBehindLatest"]?.words == "integer(0)")
        #expect(page["NextShardIterator"]?.text != nil)
        #expect(page["ChildShards"] == nil)
    }

    /// What was written in one encoding is read in the other, by the same iterators.
    @Test func meetThoseInJSON() async throws {
        let bench = KinesisBench()
        try await bench.create(shards: 1)
        try await bench.put("hello")
        let token = try await bench.iterator()
        let inCBOR = try await bench.cbor("GetRecords", [("ShardIterator", .text(token))])
        #expect(inCBOR["Records"]?.items.map { $0["Data"]?.words } == [CBORValue.bytes(Array("hello".utf8)).words])
        _ = try await bench.cbor(
            "PutRecord", [("StreamName", .text("s")), ("PartitionKey", .text("k")), ("Data", .bytes([1, 2]))])
        let next = try #require(inCBOR["NextShardIterator"]?.text)
        let inJSON = try await bench.call("GetRecords", ["ShardIterator": next])
        let records = try #require(inJSON["Records"] as? [[String: Any]])
        #expect(records.map { $0["Data"] as? String } == ["AQI="])
    }

    @Test func tellAShardsEndAndItsChildren() async throws {
        let bench = KinesisBench()
        try await bench.create(shards: 1)
        let token = try await bench.iterator()
        _ = try await bench.cbor(
            "SplitShard",
            [
                ("StreamName", .text("s")), ("ShardToSplit", .text(KinesisBench.shardName(0))),
                ("NewStartingHashKey", .text("1000")),
            ])
        let page = try await bench.cbor("GetRecords", [("ShardIterator", .text(token))])
        #expect(page["NextShardIterator"] == nil)
        #expect(page["Records"]?.items.count == 0)
        let children = try #require(page["ChildShards"]).items
        #expect(children.map { $0["ShardId"]?.text } == [1, 2].map(KinesisBench.shardName))
        #expect(children[0]["ParentShards"]?.items.map(\.text) == [KinesisBench.shardName(0)])
        #expect(children[0]["HashKeyRange"]?["EndingHashKey"]?.text == "999")
    }

    /// Every other operation says in CBOR what it says in JSON, moments aside.
    @Test func sayWhatJSONSays() async throws {
        let bench = KinesisBench()
        try await bench.create(shards: 2)
        for operation in ["DescribeStream", "DescribeStreamSummary", "ListStreams", "ListShards", "ListTagsForStream"] {
            let json = try await bench.call(operation, ["StreamName": "s"])
            let cbor = try await bench.cbor(operation, [("StreamName", .text("s"))])
            let back = try JSONSerialization.jsonObject(with: Data(ServiceCBOR.json(cbor.bytes()))) as? NSDictionary
            #expect(back == json as NSDictionary, "\(operation)")
        }
        let summary = try await bench.cbor("DescribeStreamSummary", [("StreamName", .text("s"))])
        #expect(
            summary["StreamDescriptionSummary"]?["StreamCreationTimestamp"]?.words
                == "tagged(1, integer(\(ManualClock.start)))")
    }

    @Test func thatAreNoneAreRefused() async throws {
        let bench = KinesisBench()
        for body: [UInt8] in [[], Array("{}".utf8), [0xA1], [0x80], [0xA0, 0x00]] {
            await #expect(throws: ServiceFault.self) {
                try await bench.service.reply(
                    operation: "GetRecords", body: body, encoding: .cbor, caller: bench.caller)
            }
        }
    }
}

@Suite struct CBOROverHTTP {
    @Test func answersAndErrorsAreInCBOR() async throws {
        try await withEmulator { _, port in
            let client = SignedClient(port: port)
            let created = try await client.callInCBOR(
                "CreateStream", CBORValue.map([("StreamName", .text("s")), ("ShardCount", .integer(1))]).bytes())
            #expect(created.status == 200 && created.body.isEmpty)
            let list = try await client.callInCBOR("ListStreams", [0xBF, 0xFF])
            #expect(list.status == 200)
            #expect(list.headers["content-type"] == "application/x-amz-cbor-1.1")
            #expect(try CBORValue(Array(list.body))["StreamNames"]?.items.map(\.text) == ["s"])

            let refused = try await client.callInCBOR(
                "DescribeStreamSummary", CBORValue.map([("StreamName", .text("none"))]).bytes())
            #expect(refused.status == 400)
            #expect(refused.headers["content-type"] == "application/x-amz-cbor-1.1")
            let error = try CBORValue(Array(refused.body))
            #expect(error["__type"]?.text == "ResourceNotFoundException")
            #expect(error["message"]?.text == "Stream none under account 111111111111 not found.")
        }
    }

    @Test func onlyKinesisSpeaksIt() async throws {
        try await withEmulator { _, port in
            var client = SignedClient(port: port)
            client.service = "logs"
            let reply = try await client.callInCBOR("DescribeLogGroups", [0xA0], service: "Logs_20140328")
            #expect(reply.status == 400)
            #expect(try CBORValue(Array(reply.body))["__type"]?.text == "UnknownOperationException")
        }
    }

    @Test(arguments: [
        (KinesisRules.CBORManners.unknown, 404, "<UnknownOperationException/>", true),
        (.breaks, 500, "<!doctype html>", false),
    ])
    func orNotAtAll(manners: KinesisRules.CBORManners, status: Int, beginning: String, hasID: Bool) async throws {
        var settings = EmulatorSettings()
        settings.kinesis.cbor = manners
        try await withEmulator(settings) { _, port in
            let client = SignedClient(port: port)
            let reply = try await client.callInCBOR("ListStreams", [0xA0])
            #expect(reply.status == status)
            #expect(String(decoding: reply.body, as: UTF8.self).hasPrefix(beginning))
            #expect((reply.headers["x-amzn-requestid"] != nil) == hasID)
            #expect(try await client.call("ListStreams").status == 200)
        }
    }
}
