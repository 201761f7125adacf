import Foundation
import FoundationNetworking
import Testing

@testable import Emulator

@Suite struct FaultsOverHTTP {
    private func settings(_ rules: String...) throws -> EmulatorSettings {
        var settings = EmulatorSettings()
        settings.faults = try rules.map { try FaultRule(parsing: $0) }
        return settings
    }

    /// The length that a raw reply promises, and how much of it came.
    private func lengths(_ exchange: RawExchange) throws -> (promised: Int, came: Int) {
        let text = String(decoding: exchange.bytes, as: UTF8.self)
        let end = try #require(text.range(of: "\r\n\r\n"))
        let field = try #require(
            text[..<end.lowerBound].split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") })
        let promised = try #require(Int(field.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)))
        return (promised, text[end.upperBound...].utf8.count)
    }

    @Test func everyErrorOfKinesisComesWithItsStatusInBothEncodings() async throws {
        var settings = EmulatorSettings()
        let effects = FaultRule.Effect.everyKinesisError
        settings.faults = effects.enumerated().map {
            FaultRule(operation: "ListStreams", calls: 2 * $0 + 1...2 * $0 + 2, effect: $1)
        }
        try await withEmulator(settings) { _, port in
            let client = SignedClient(port: port)
            for effect in effects {
                guard case .refuse(let code, let message, let status) = effect else { continue }
                let inJSON = try await client.call("ListStreams")
                #expect(inJSON.status == status && inJSON.code == code && inJSON.message == message)
                #expect(inJSON.headers["x-amzn-requestid"] != nil)
                let inCBOR = try await client.callInCBOR("ListStreams", [0xA0])
                #expect(inCBOR.status == status)
                #expect(inCBOR.headers["content-type"] == "application/x-amz-cbor-1.1")
                let error = try CBORValue(Array(inCBOR.body))
                #expect(error["__type"]?.words == CBORValue.text(code).words)
                #expect(error["message"]?.words == CBORValue.text(message).words)
            }
            #expect(try await client.call("ListStreams").status == 200)
        }
    }

    @Test func htmlComesInsteadOfAnAnswer() async throws {
        try await withEmulator(settings("ListStreams:1:html", "ListStreams:2:html/502")) { _, port in
            let client = SignedClient(port: port)
            for status in [500, 502] {
                let reply = try await client.call("ListStreams")
                #expect(reply.status == status)
                #expect(reply.headers["content-type"] == "text/html; charset=utf-8")
                #expect(reply.headers["x-amzn-requestid"] == nil)
                #expect(String(decoding: reply.body, as: UTF8.self).hasPrefix("<!doctype html>"))
            }
        }
    }

    @Test func anEmpty200IsNoSuccess() async throws {
        try await withEmulator(settings("CreateStream:1:empty", "ListStreams:1:empty")) { _, port in
            let client = SignedClient(port: port)
            for operation in ["CreateStream", "ListStreams"] {
                let reply = try await client.call(operation, #"{"StreamName":"s","ShardCount":1}"#)
                #expect(reply.status == 200 && reply.body.isEmpty)
            }
            #expect(try await client.call("ListStreams").object?["StreamNames"] as? [String] == [])
        }
    }

    @Test func truncatedAnswersEndTooSoonAndSayNothingOfIt() async throws {
        try await withEmulator(settings("ListStreams:1-2:truncated")) { _, port in
            let client = SignedClient(port: port)
            let json = try await client.call("ListStreams")
            #expect(json.status == 200 && json.object == nil && json.body.first == UInt8(ascii: "{"))
            #expect(json.headers["content-length"] == "\(json.body.count)")
            let cbor = try await client.callInCBOR("ListStreams", [0xA0])
            #expect(cbor.status == 200)
            #expect(throws: CBORFault.self) { try CBORValue(Array(cbor.body)) }
            #expect(try await client.call("ListStreams").object != nil)
        }
    }

    @Test(arguments: [("cut-off", RawExchange.Ending.closed), ("reset", .reset)])
    func connectionsEndInTheMiddleOfABody(word: String, ending: RawExchange.Ending) async throws {
        try await withEmulator(settings("ListStreams:1:\(word)")) { _, port in
            let client = SignedClient(port: port)
            let exchange = try await RawExchange.of("ListStreams", "{}", by: client)
            #expect(exchange.ending == ending)
            // What was received before a reset may be gone with it.
            if ending == .closed {
                let (promised, came) = try lengths(exchange)
                #expect(came == promised / 2 && came > 0)
            }
            #expect(try await client.call("ListStreams").status == 200)
        }
    }

    /// CreateStream's answer is an empty body, and half of that is all of it.
    @Test(arguments: [("cut-off", RawExchange.Ending.closed), ("reset", .reset)])
    func connectionsEndBeforeAnEmptyBodyIsComplete(word: String, ending: RawExchange.Ending) async throws {
        try await withEmulator(settings("CreateStream:1:\(word)")) { _, port in
            let client = SignedClient(port: port)
            let exchange = try await RawExchange.of("CreateStream", #"{"StreamName":"s","ShardCount":1}"#, by: client)
            #expect(exchange.ending == ending)
            if ending == .closed {
                let (promised, came) = try lengths(exchange)
                #expect(promised == 1 && came == 0)
            }
            #expect(try await client.call("ListStreams").object?["StreamNames"] as? [String] == ["s"])
        }
    }

    @Test func aDripIsSlowAndComplete() async throws {
        try await withEmulator(settings("ListStreams:2:drip/100")) { _, port in
            let client = SignedClient(port: port)
            let whole = try await client.call("ListStreams")
            let start = ContinuousClock.now
            let dripped = try await client.call("ListStreams")
            let seconds = Double(whole.body.count) / 100
            #expect(dripped.body == whole.body)
            #expect(ContinuousClock.now - start >= .seconds(seconds * 0.8))
        }
    }

    @Test func aStalledCallIsNeverAnsweredAndLetGoOfWhenTheRuleIsLifted() async throws {
        try await withEmulator(settings("ListStreams:1:stall")) { emulator, port in
            let client = SignedClient(port: port)
            let stalled = Task { try await client.call("ListStreams") }
            while await emulator.faultTallies.first?.strikes != 1 { try await Task.sleep(for: .milliseconds(10)) }
            // Others go on meanwhile.
            #expect(try await client.call("ListStreams").status == 200)
            #expect(await emulator.liftFaults(of: "ListStreams") == 1)
            await #expect(throws: URLError.self) { _ = try await stalled.value }
        }
    }

    @Test func refusalsStayUntilTheyAreLifted() async throws {
        try await withEmulator { emulator, port in
            let client = SignedClient(port: port)
            await emulator.inject(try FaultRule(parsing: "ListStreams:always:AccessDeniedException"))
            for _ in 0..<10 {
                let reply = try await client.call("ListStreams")
                #expect(reply.status == 400 && reply.code == "AccessDeniedException")
            }
            #expect(await emulator.faultTallies.map(\.strikes) == [10])
            await emulator.liftFaults()
            #expect(try await client.call("ListStreams").status == 200)
        }
    }

    @Test(arguments: [("cbor-unknown", 404), ("cbor-breaks", 500)])
    func cborCanBeTakenAwayForAWhile(word: String, status: Int) async throws {
        try await withEmulator { emulator, port in
            let client = SignedClient(port: port)
            #expect(try await client.callInCBOR("ListStreams", [0xA0]).status == 200)
            await emulator.inject(try FaultRule(parsing: "*:always:\(word)"))
            #expect(try await client.callInCBOR("ListStreams", [0xA0]).status == status)
            #expect(try await client.call("ListStreams").status == 200)
            await emulator.liftFaults(of: FaultRule.everyOperation)
            #expect(try await client.callInCBOR("ListStreams", [0xA0]).status == 200)
        }
    }

    @Test func whoAsksForTheCallerIsMetAsWell() async throws {
        try await withEmulator(settings("GetCallerIdentity:1:ExpiredToken/403", "GetCallerIdentity:2:empty")) {
            _, port in
            var client = SignedClient(port: port)
            client.service = "sts"
            let form = [("content-type", "application/x-www-form-urlencoded; charset=utf-8")]
            let text = "Action=GetCallerIdentity&Version=2011-06-15"
            let refused = try await client.post(text, headers: form)
            #expect(refused.status == 403 && refused.code == "ExpiredToken")
            let empty = try await client.post(text, headers: form)
            #expect(empty.status == 200 && empty.body.isEmpty)
            #expect(try await client.post(text, headers: form).xml("Account") == "111111111111")
        }
    }
}

@Suite struct ControlRequests {
    @Test func addReplaceAndLiftFaults() async throws {
        try await withEmulator { _, port in
            let client = SignedClient(port: port)
            #expect(String(decoding: try await client.control("GET", "faults").body, as: UTF8.self) == "")
            let added = try await client.control(
                "POST", "faults", "ListStreams:1:InternalFailure # once\nListShards:always:stall\n")
            #expect(added.status == 200)
            #expect(try await client.call("ListStreams").status == 500)
            #expect(try await client.call("ListStreams").status == 200)
            let told = try await client.control("GET", "faults")
            #expect(
                String(decoding: told.body, as: UTF8.self)
                    == "ListStreams:1:InternalFailure calls=2 struck=1\nListShards:always:stall calls=0 struck=0\n")
            let lifted = try await client.control("DELETE", "faults?ListStreams")
            #expect(
                String(decoding: lifted.body, as: UTF8.self) == "ListShards:always:stall calls=0 struck=0\n")
            _ = try await client.control("PUT", "faults", "ListStreams:1-2:503 ListStreams:3:html")
            var statuses: [Int] = []
            for _ in 0..<4 { statuses.append(try await client.call("ListStreams").status) }
            #expect(statuses == [503, 503, 500, 200])
            #expect(try await client.control("DELETE", "faults").body.isEmpty)
        }
    }

    @Test func moveTheClockForward() async throws {
        let start = ManualClock()
        try await withEmulator(clock: start.clock) { emulator, port in
            var client = SignedClient(port: port)
            client.time = start.now
            _ = try await client.call("CreateStream", #"{"StreamName":"s","ShardCount":1}"#)
            let iterator = try await client.call(
                "GetShardIterator",
                #"{"StreamName":"s","ShardId":"shardId-000000000000","ShardIteratorType":"TRIM_HORIZON"}"#)
            let token = try #require(iterator.object?["ShardIterator"] as? String)
            #expect(try await client.call("GetRecords", #"{"ShardIterator":"\#(token)"}"#).status == 200)
            let moved = try await client.control("POST", "clock", "301s\n")
            #expect(String(decoding: moved.body, as: UTF8.self) == "\(ManualClock.start + 301_000)\n")
            // The signature is judged by the clock as it was, and so is the client's by the Date header.
            let expired = try await client.call("GetRecords", #"{"ShardIterator":"\#(token)"}"#)
            #expect(expired.code == "ExpiredIteratorException")
            #expect(expired.headers["date"] == "Fri, 20 Nov 2026 12:00:00 GMT")
            _ = try await client.call(
                "SplitShard",
                #"{"StreamName":"s","ShardToSplit":"shardId-000000000000","NewStartingHashKey":"1000"}"#)
            emulator.advanceClock(by: .seconds(24 * 3600))
            let read = try await client.control("GET", "clock")
            #expect(String(decoding: read.body, as: UTF8.self) == "\(ManualClock.start + 86_701_000)\n")
            let list = try await client.call("ListShards", #"{"StreamName":"s"}"#)
            let shards = list.object?["Shards"] as? [[String: Any]] ?? []
            #expect(
                shards.map { $0["ShardId"] as? String } == ["shardId-000000000001", "shardId-000000000002"])
        }
    }

    @Test(arguments: [
        ("POST", "faults", "ListStreams:1", 400), ("PUT", "faults", "nonsense", 400), ("PATCH", "faults", "", 405),
        ("POST", "clock", "tomorrow", 400), ("DELETE", "clock", "", 405), ("GET", "weather", "", 404),
    ])
    func thatMakeNoSenseAreRefusedAndChangeNothing(method: String, path: String, body: String, status: Int) async throws
    {
        var settings = EmulatorSettings()
        settings.faults = [try FaultRule(parsing: "ListShards:always:stall")]
        try await withEmulator(settings) { emulator, port in
            let reply = try await SignedClient(port: port).control(method, path, body)
            #expect(reply.status == status && !reply.body.isEmpty)
            #expect(await emulator.faultTallies.map(\.rule) == settings.faults)
        }
    }
}
