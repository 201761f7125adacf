import Core
import Foundation
import Testing

/// The same bytes read by Foundation, which shares no code with the scanner.
@Suite struct FoundationReadsTheSame {
    private struct Read: Equatable {
        var timestamp: Int64
        var id: String?
        var message: String
        var messageBytes: Int
        var fields: NSDictionary?
    }

    @Test(arguments: UInt64(1)...300)
    func everyRandomMessage(seed: UInt64) throws {
        var random = RandomMessage(seed: seed)
        let text = random.text()
        let record = try decoded(gzip(text))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let message = try #require(record.messages.first)
        #expect(message.origin.owner == object["owner"] as? String)
        #expect(message.origin.logGroup == object["logGroup"] as? String)
        #expect(message.origin.logStream == object["logStream"] as? String)
        let filters = try message.subscriptionFilters.flatMap { try json(record.text[$0]) as? [String] }
        #expect(filters == object["subscriptionFilters"] as? [String])
        let events = try #require(object["logEvents"] as? [[String: Any]])
        #expect(try record.events.map { try read($0, in: record.text) } == (try events.map(expected)))
    }

    private func expected(_ event: [String: Any]) throws -> Read {
        let message = try #require(event["message"] as? String)
        return Read(
            timestamp: try #require(event["timestamp"] as? NSNumber).int64Value,
            id: event["id"] as? String ?? (event["id"] as? NSNumber)?.stringValue, message: message,
            messageBytes: message.utf8.count, fields: event["extractedFields"] as? NSDictionary)
    }

    private func read(_ event: LogEvent, in text: TextBuffer) throws -> Read {
        Read(
            timestamp: event.timestamp.milliseconds, id: event.id.map { JSONUnescape.string(text[$0]) },
            message: JSONUnescape.string(text[event.message]), messageBytes: event.messageBytes,
            fields: try event.extractedFields.map { try #require(try json(text[$0]) as? NSDictionary) })
    }

    private func json(_ bytes: UnsafeRawBufferPointer) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(bytes))
    }

    /// A message with a byte changed, put in or taken out between its braces is JSON to both or to neither.
    ///
    /// Without what Foundation judges differently: it refuses lone surrogate escapes and exponents beyond a double's,
    /// which JSON's grammar allows, and takes a comma before a closing brace, which the grammar does not.
    @Test(arguments: UInt64(1)...300)
    func everyDamagedMessage(seed: UInt64) throws {
        var message = RandomMessage(seed: seed, canEscapeBeyondBMP: false)
        let text = Array(message.text().utf8)
        var random = SplitMix(seed: seed)
        for _ in 0..<20 {
            let damaged = damage(text, by: &random)
            let isJSON = (try? JSONSerialization.jsonObject(with: Data(damaged))) != nil
            switch decode(gzip(damaged)) {
            case .decoded: #expect(isJSON, "\(String(decoding: damaged, as: UTF8.self))")
            case .undecodable(let undecodable):
                let isText = undecodable.reason == .notJSON || undecodable.reason == .notUTF8
                #expect(isText != isJSON, "\(undecodable): \(String(decoding: damaged, as: UTF8.self))")
            case .needsMore: Issue.record("needs more than there may be")
            }
        }
    }

    private func damage(_ text: [UInt8], by random: inout SplitMix) -> [UInt8] {
        var damaged = text
        let inside = text.drop { $0 != UInt8(ascii: "{") }.indices.dropFirst().dropLast(3)
        let index = Int.random(in: inside, using: &random)
        let byte = Array(#""\{}[]:0-.tu"#.utf8 + [0, 0x1F, 0x80, 0xFF]).randomElement(using: &random) ?? 0
        switch Int.random(in: 0...2, using: &random) {
        case 0: damaged[index] = byte
        case 1: damaged.insert(byte, at: index)
        default: damaged.remove(at: index)
        }
        return damaged
    }
}
