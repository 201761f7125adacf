import Foundation
import FoundationNetworking
import Signing
import Testing

@testable import Emulator

@Suite struct OverHTTP {
    @Test func aCallIsAnsweredInAWSsShape() async throws {
        try await withEmulator { _, port in
            let client = SignedClient(port: port)
            let created = try await client.call("CreateStream", #"{"StreamName":"s","ShardCount":1}"#)
            #expect(created.status == 200 && created.body.isEmpty)
            let reply = try await client.call("ListStreams")
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "application/x-amz-json-1.1")
            #expect(reply.headers["x-amzn-requestid"]?.count == 36)
            #expect(reply.headers["date"]?.hasSuffix(" GMT") == true)
            #expect(reply.object?["StreamNames"] as? [String] == ["s"])
        }
    }

    @Test func anErrorIsToldInAWSsShape() async throws {
        try await withEmulator { _, port in
            let reply = try await SignedClient(port: port).call("ListShards", #"{"StreamName":"none"}"#)
            #expect(reply.status == 400 && reply.code == "ResourceNotFoundException")
            #expect(reply.message == "Stream none under account 111111111111 not found.")
            #expect(reply.headers["content-type"] == "application/x-amz-json-1.1")
        }
    }

    @Test(arguments: [
        ("Kinesis_20131202.Dance", "application/x-amz-json-1.1"), ("Kinesis.ListStreams", "application/x-amz-json-1.1"),
        ("ListStreams", "application/x-amz-json-1.1"), ("Kinesis_20131202.ListStreams", "application/json"),
    ])
    func whatTheEmulatorDoesNotKnowIsAnUnknownOperation(target: String, type: String) async throws {
        try await withEmulator { _, port in
            let reply = try await SignedClient(port: port).post(
                "{}", headers: [("content-type", type), ("x-amz-target", target)])
            #expect(reply.status == 400 && reply.code == "UnknownOperationException")
        }
    }

    @Test func aBodyOfMoreThanTenMegabytesIsTakenAndRecordsComeBackWhole() async throws {
        try await withEmulator { emulator, port in
            let client = SignedClient(port: port)
            _ = try await client.call("CreateStream", #"{"StreamName":"s","ShardCount":1}"#)
            let data = Data(repeating: 0xA5, count: 1_040_000).base64EncodedString()
            let entry = #"{"PartitionKey":"k","Data":"\#(data)"}"#
            let entries = Array(repeating: entry, count: 10).joined(separator: ",")
            let written = try await client.call("PutRecords", #"{"StreamName":"s","Records":[\#(entries)]}"#)
            #expect(written.status == 200)
            let iterator = try await client.call(
                "GetShardIterator",
                #"{"StreamName":"s","ShardId":"shardId-000000000000","ShardIteratorType":"TRIM_HORIZON"}"#)
            let token = try #require(iterator.object?["ShardIterator"] as? String)
            let page = try await client.call("GetRecords", #"{"ShardIterator":"\#(token)"}"#)
            let records = try #require(page.object?["Records"] as? [[String: Any]])
            #expect(records.count == 10 && records.allSatisfy { $0["Data"] as? String == data })
            let name = EmulatedStreamName(account: "111111111111", region: "us-east-1", name: "s")
            #expect(await emulator.recordsWritten(to: name) == 10)
        }
    }

    @Test func aBodyBeyondTheLimitIsRefused() async throws {
        try await withEmulator { _, port in
            let reply = try await SignedClient(port: port).call(
                "ListStreams", String(repeating: " ", count: HTTPServer.bodyBytesMax + 1))
            #expect(reply.status == 413)
        }
    }

    @Test func sixtyFourCallersAtOnceAreServed() async throws {
        try await withEmulator { _, port in
            let configuration = URLSessionConfiguration.ephemeral
            configuration.httpMaximumConnectionsPerHost = 64
            let client = SignedClient(port: port, session: URLSession(configuration: configuration))
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<256 { group.addTask { try await client.call("ListStreams").status } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 256))
        }
    }

    @Test func faultsHitTheCallsTheyName() async throws {
        var settings = EmulatorSettings()
        settings.faults = [
            FaultRule(
                operation: "ListStreams", calls: 2...3,
                effect: .refuse(code: "InternalFailure", message: "on purpose", status: 500)),
            FaultRule(operation: "ListShards", calls: 1...1, effect: .cutOff),
        ]
        try await withEmulator(settings) { _, port in
            let client = SignedClient(port: port)
            var statuses: [Int] = []
            for _ in 0..<4 { statuses.append(try await client.call("ListStreams").status) }
            #expect(statuses == [200, 500, 500, 200])
            _ = try await client.call("CreateStream", #"{"StreamName":"s","ShardCount":1}"#)
            await #expect(throws: URLError.self) { _ = try await client.call("ListShards", #"{"StreamName":"s"}"#) }
            #expect(try await client.call("ListShards", #"{"StreamName":"s"}"#).status == 200)
        }
    }

    @Test func aCorpusIsSpreadOverTheShardsInItsOrder() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "corpus-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: path) }
        var file = Data()
        for number in 0..<7 { file.append(contentsOf: [0, 0, 0, 1, UInt8(ascii: "0") + UInt8(number)]) }
        try file.write(to: path)
        try await withEmulator { emulator, port in
            let name = EmulatedStreamName(account: "111111111111", region: "us-east-1", name: "s")
            let count = try await emulator.preload(stream: name, from: path.path(), shards: 2, times: 2)
            #expect(count == 14)
            let client = SignedClient(port: port)
            var texts: [String] = []
            for shard in ["shardId-000000000000", "shardId-000000000001"] {
                let iterator = try await client.call(
                    "GetShardIterator",
                    #"{"StreamName":"s","ShardId":"\#(shard)","ShardIteratorType":"TRIM_HORIZON"}"#)
                let token = try #require(iterator.object?["ShardIterator"] as? String)
                let page = try await client.call("GetRecords", #"{"ShardIterator":"\#(token)"}"#)
                let records = page.object?["Records"] as? [[String: Any]] ?? []
                let payloads = records.compactMap { ($0["Data"] as? String).flatMap { Data(base64Encoded: $0) } }
                texts.append(payloads.map { String(decoding: $0, as: UTF8.self) }.joined())
            }
            #expect(texts == ["0246135", "1350246"])
        }
    }
}

@Suite struct Starting {
    @Test func twiceIsRefusedAndAfterStoppingIsNot() async throws {
        let emulator = Emulator()
        let port = try await emulator.start()
        await #expect(throws: Running.AlreadyStarted.self) { try await emulator.start() }
        #expect(try await SignedClient(port: port).call("ListStreams").status == 200)
        await emulator.stop()
        await #expect(throws: URLError.self) { _ = try await SignedClient(port: port).call("ListStreams") }
        let again = try await emulator.start()
        #expect(try await SignedClient(port: again).call("ListStreams").status == 200)
        await emulator.stop()
        await emulator.stop()
    }

    @Test func onATakenPortIsAnError() async throws {
        try await withEmulator { _, port in
            var settings = EmulatorSettings()
            settings.port = port
            let second = Emulator(settings: settings)
            await #expect(throws: (any Error).self) { try await second.start() }
        }
    }

    @Test func namesItsEndpoint() {
        #expect(Emulator().endpoint(port: 4567) == "http://127.0.0.1:4567")
        var settings = EmulatorSettings()
        settings.host = "::1"
        #expect(Emulator(settings: settings).endpoint(port: 4567) == "http://[::1]:4567")
    }
}

@Suite struct DateTexts {
    @Test(
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT", "Thu Jan 01 00:00:00 UTC 1970"),
            (1_795_176_000_123, "Fri, 20 Nov 2026 12:00:00 GMT", "Fri Nov 20 12:00:00 UTC 2026"),
            (1_709_210_096_999, "Thu, 29 Feb 2024 12:34:56 GMT", "Thu Feb 29 12:34:56 UTC 2024"),
        ] as [(Int64, String, String)])
    func areInAWSsTwoForms(milliseconds: Int64, http: String, message: String) {
        #expect(DateText.http(milliseconds) == http)
        #expect(DateText.message(milliseconds) == message)
    }
}
