import AWS
import Core
import HTTPClient
import Testing

private func text(_ text: String) -> [UInt8] { [0x60 | UInt8(text.utf8.count)] + Array(text.utf8) }

private let page: [UInt8] =
    [0xBF] + text("Records") + [0x9F, 0xBF] + text("SequenceNumber") + text("1") + text("Data") + [0x42, 0x68, 0x69]
    + [0xFF, 0xFF] + text("NextShardIterator") + text("n") + [0xFF]
private let cborReply = ScriptedSender.Step.bytes(
    200, page, ["Content-Type": "application/x-amz-cbor-1.1", "x-amzn-RequestId": "id"])
private let json = #"{"Records":[{"SequenceNumber":"1","Data":"aGk="}],"NextShardIterator":"n"}"#
private let jsonReply = ScriptedSender.Step.reply(
    200, json, ["Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": "id"])
/// As moto answers CBOR.
private let broken = ScriptedSender.Step.reply(
    500, "<!doctype html>\n<title>500</title>", ["Content-Type": "text/html"])
/// As kinesalite does.
private let unknown = ScriptedSender.Step.reply(404, "<UnknownOperationException/>\n", ["x-amzn-RequestId": "id"])

extension Bench {
    fileprivate func poll(speaking way: KinesisProtocol = .cbor) async throws -> RecordPage {
        try await KinesisClient(service, speaking: way).records(of: .name("s"), at: ShardIterator("it"))
    }
}

@Suite struct RecordsInCBOR {
    @Test func areAskedForAndReadInCBOR() async throws {
        let bench = try Bench(.kinesis, cborReply)
        let arn = "arn:aws:kinesis:us-east-1:999999999999:stream/s"
        let page = try await KinesisClient(bench.service).records(of: .arn(arn), at: ShardIterator("it"), limit: 500)
        #expect(Array(page.bytes[page.records[0].payload]) == Array("hi".utf8))
        #expect(page.next == ShardIterator("n"))
        let request = await bench.sender.requests[0]
        #expect(request.headers["X-Amz-Target"] == "Kinesis_20131202.GetRecords")
        #expect(request.headers["Content-Type"] == "application/x-amz-cbor-1.1")
        let wanted =
            [0xA3] + text("Limit") + [0x19, 0x01, 0xF4] + text("ShardIterator") + text("it") + text("StreamARN")
            + [0x78, 0x2F] + Array(arn.utf8)
        #expect(request.body == wanted)
    }

    @Test func areReadFromJSONWhenThatIsTheAnswer() async throws {
        let misnamed = ScriptedSender.Step.reply(200, json, ["Content-Type": "application/x-amz-cbor-1.1"])
        for step in [jsonReply, misnamed] {
            let bench = try Bench(.kinesis, step, cborReply)
            for _ in 0..<2 { #expect(try await bench.poll().records.count == 1) }
            #expect(await bench.sender.encodings == ["cbor", "cbor"])
        }
    }

    @Test func areAskedForInJSONWhenToldSo() async throws {
        let bench = try Bench(.kinesis, jsonReply)
        _ = try await bench.poll(speaking: .json)
        #expect(await bench.sender.encodings == ["json"])
    }

    @Test func onlyRecordsAre() async throws {
        let bench = try Bench(.kinesis, Bench.summary)
        _ = try await bench.ask()
        #expect(await bench.sender.encodings == ["json"])
    }

    @Test func anErrorInCBORIsWhatItSays() async throws {
        let body =
            [0xBF] + text("__type") + [0x78, 0x18] + Array("ExpiredIteratorException".utf8) + text("message")
            + text("it is old") + [0xFF]
        let bench = try Bench(
            .kinesis, .bytes(400, body, ["Content-Type": "application/x-amz-cbor-1.1", "x-amzn-RequestId": "id"]))
        let error = await #expect(throws: AWSError.self) { try await bench.poll() }
        #expect(error?.code == "ExpiredIteratorException")
        #expect(error?.message == "it is old")
        #expect(await bench.sender.requests.count == 1)
    }
}

@Suite struct EndpointsWithoutCBOR {
    @Test func areAskedAgainInJSONAtOnceAndFromThenOn() async throws {
        let bench = try Bench(.kinesis, unknown, jsonReply, jsonReply)
        for _ in 0..<2 { #expect(try await bench.poll().records.count == 1) }
        #expect(await bench.sender.encodings == ["cbor", "json", "json"])
        #expect(bench.world.sleeps == [])
    }

    /// Not an attempt: the three of the call are still to come.
    @Test func costNoRetry() async throws {
        let failure = ScriptedSender.Step.refuse("InternalFailure", 500)
        let bench = try Bench(.kinesis, unknown, failure, failure, jsonReply)
        _ = try await bench.poll()
        #expect(await bench.sender.encodings == ["cbor", "json", "json", "json"])
        #expect(bench.world.sleeps.count == 2)
    }

    @Test func thatBreakOverItAreBelievedTheThirdTime() async throws {
        let bench = try Bench(
            .kinesis, broken, jsonReply, broken, jsonReply, broken, jsonReply, jsonReply)
        for _ in 0..<4 { #expect(try await bench.poll().records.count == 1) }
        #expect(await bench.sender.encodings == ["cbor", "json", "cbor", "json", "cbor", "json", "json"])
        #expect(bench.world.sleeps == [])
    }

    /// CBOR of another kind, base64 in a text for instance.
    @Test func orWhoseCBORCannotBeReadAreToo() async throws {
        let odd = ScriptedSender.Step.bytes(200, [0xBF] + text("Records") + [0xF6, 0xFF], ["x-amzn-RequestId": "id"])
        let bench = try Bench(.kinesis, odd, jsonReply, odd, jsonReply, odd, jsonReply, jsonReply)
        for _ in 0..<4 { #expect(try await bench.poll().records.count == 1) }
        #expect(await bench.sender.encodings.suffix(2) == ["json", "json"])
    }
}

@Suite struct TroubleIsNoRefusalOfCBOR {
    /// The first reply is an outage's, and so is every reply in JSON: the next call begins with CBOR again.
    @Test func anOutageFromTheFirstCall() async throws {
        let bench = try Bench(.kinesis, broken, broken, broken, broken, cborReply)
        let error = await #expect(throws: AWSError.self) { try await bench.poll() }
        #expect(error?.status == 500)
        _ = try await bench.poll()
        #expect(await bench.sender.encodings == ["cbor", "json", "json", "json", "cbor"])
    }

    @Test func anOutageLaterOn() async throws {
        let bench = try Bench(.kinesis, cborReply, broken, broken, cborReply)
        for _ in 0..<2 { #expect(try await bench.poll().records.count == 1) }
        #expect(await bench.sender.encodings == ["cbor", "cbor", "cbor", "cbor"])
        #expect(bench.world.sleeps.count == 2)
    }

    @Test(arguments: [
        ScriptedSender.Step.refuse("ProvisionedThroughputExceededException"), .refuse("InternalFailure", 500),
        .reply(500, "", ["x-amzn-RequestId": "id"]), .reply(503, "<html></html>", [:]), .fail(.interrupted),
        .fail(.timedOut),
    ])
    func anythingElse(step: ScriptedSender.Step) async throws {
        let bench = try Bench(.kinesis, step, cborReply)
        _ = try await bench.poll()
        #expect(await bench.sender.encodings == ["cbor", "cbor"])
    }

    @Test func aRefusedSignature() async throws {
        let bench = try Bench(
            .kinesis, credentials: RotatingCredentials([.example, .temporary]), .refuse("ExpiredTokenException"),
            cborReply)
        _ = try await bench.poll()
        #expect(await bench.sender.encodings == ["cbor", "cbor"])
    }
}
