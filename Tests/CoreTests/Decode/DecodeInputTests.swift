import Core
import Foundation
import Testing

private let message = #"{"messageType":"CONTROL_MESSAGE"}"#
private let payload = gzip(message)

private func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

private func frame(_ payload: [UInt8]) -> [UInt8] {
    littleEndian(payload.count, bytes: 4).reversed() + payload
}

private func found(_ input: some Sequence<UInt8>) -> [String: [UInt8]?] {
    let items = DecodeInput.items(of: Array(input)).map { ($0.place, (try? $0.payload.get()).map { Array($0) }) }
    return Dictionary(items) { first, _ in first }
}

private func found(_ input: String) -> [String: [UInt8]?] { found(input.utf8) }

@Suite struct InputIsToldApartByContent {
    @Test func gzipIsOnePayload() {
        #expect(found(payload) == ["record 1": payload])
        #expect(found(payload + payload) == ["record 1": payload + payload])
    }

    @Test func plainMessagesAreOnePayloadEach() {
        #expect(found(message) == ["document 1": Array(message.utf8)])
        #expect(found("\n " + message) == ["document 1": Array(message.utf8)])
        let lines = found(message + "\n" + message + message + "\n[1]\n")
        let bytes = Array(message.utf8)
        #expect(
            lines == ["document 1": bytes, "document 2": bytes, "document 3": bytes, "document 4": Array("[1]".utf8)])
    }

    @Test func base64OnOneLineOrBroken() {
        let text = base64(payload)
        let broken = stride(from: 0, to: text.count, by: 20).map { String(text.dropFirst($0).prefix(20)) }
        for input in [
            text, text + "\n", "\n  " + text + "\r\n", broken.joined(separator: "\n"), broken.joined(separator: "\r\n"),
        ] {
            #expect(found(input).values.map { $0 } == [payload])
        }
        #expect(found(base64(Array(message.utf8))) == ["line 1": Array(message.utf8)])
    }

    @Test func severalPayloadsInBase64() {
        let (first, second) = (gzip(message), gzip(message + " "))
        #expect(found(base64(first) + "\n\n" + base64(second)) == ["line 1": first, "line 3": second])
        let padded = Array((message + " ").utf8)
        #expect(found(base64(padded) + "\n" + base64(padded)) == ["line 1": padded, "line 2": padded])
    }

    @Test func aGetRecordsReply() {
        let other = gzip(message + " ")
        let reply = """
            {
              "Records": [
                {"SequenceNumber": "1", "ApproximateArrivalTimestamp": 1.7e9, "Data": "\(base64(payload))", "PartitionKey": "p"},
                {"Data": "\(base64(other).replacing("/", with: #"\/"#))", "X": {"Data": "!"}}, {"Data": ""}
              ],
              "NextShardIterator": "AAAA", "MillisBehindLatest": 0
            }
            """
        #expect(found(reply) == ["record 1": payload, "record 2": other, "record 3": []])
        #expect(found(#"{"Records":[]}"#) == [:])
        #expect(found(#"{"SequenceNumber":"1","Data":"\#(base64(payload))"}"#) == ["record 1": payload])
        let twice = reply + "\n" + #"{"Records":[{"Data":"\#(base64(payload))"}]}"#
        #expect(found(twice)["document 2, record 1"] == payload)
    }

    @Test func lambdaEvents() {
        let text = base64(payload)
        #expect(found(#"{"awslogs": {"data": "\#(text)"}}"#) == ["record 1": payload])
        let kinesis =
            #"{"kinesis":{"kinesisSchemaVersion":"1.0","data":"\#(text)","partitionKey":"p"},"eventName":"x"}"#
        #expect(found(#"{"Records":[\#(kinesis),\#(kinesis)]}"#) == ["record 1": payload, "record 2": payload])
    }

    @Test func frames() {
        let noise: [UInt8] = [1, 2, 3]
        #expect(found(frame(payload)) == ["record 1": payload])
        #expect(
            found(frame(payload) + frame([]) + frame(noise)) == [
                "record 1": payload, "record 2": [], "record 3": noise,
            ])
        #expect(found(frame(noise) + frame(payload)) == ["record 1": noise, "record 2": payload])
    }

    @Test func aMessageIsNoCarrierWhateverItsMembers() {
        let text = #"{"Data":"\#(base64(payload))","Records":[{"Data":"AAAA"}],"messageType":"CONTROL_MESSAGE"}"#
        #expect(found(text) == ["document 1": Array(text.utf8)])
    }
}

@Suite struct BadInputIsNamed {
    private func faults(_ input: [UInt8]) -> [String] {
        DecodeInput.items(of: input).compactMap { item in
            guard case .failure(let undecodable) = item.payload else { return nil }
            return "\(item.place): \(undecodable.reason.rawValue)"
        }
    }

    private func faults(_ input: String) -> [String] { faults(Array(input.utf8)) }

    @Test func whereAPayloadShouldBe() {
        #expect(
            faults(#"{"Records":[{"Data":"!"},{"Data":1},{},7,{"kinesis":{"data":null}}]}"#) == [
                "record 1: not-gzip", "record 2: not-a-subscription-message", "record 3: not-a-subscription-message",
                "record 4: not-a-subscription-message", "record 5: not-a-subscription-message",
            ])
        #expect(faults("AAAAA") == ["line 1: not-gzip"])
        #expect(faults(frame(payload) + frame(payload).dropLast()) == ["record 2: truncated"])
        #expect(faults(frame(payload) + [0, 0]) == ["record 2: truncated"])
    }

    @Test func aCutReplyGivesWhatCameBefore() {
        let reply = #"{"Records":[{"Data":"\#(base64(payload))"},{"Da"#
        #expect(found(reply)["record 1"] == payload)
        #expect(faults(reply) == ["document 1: not-json"])
    }

    /// What is nothing of all this goes to the decoder as it is, which has the reason.
    @Test(arguments: ["", " ", "hello, world", "[1]", "{", #"{"a":}"#, "\u{FEFF}{}"])
    func anythingElseIsOnePayload(input: String) throws {
        let items = DecodeInput.items(of: Array(input.utf8))
        #expect(items.count == 1)
        #expect(try items[0].payload.get().elementsEqual(input.utf8))
        _ = try undecodable(input.utf8)
    }
}
