import Core
import Foundation
import Testing

@Suite struct WhateverIsWrittenIsRead {
    private func check(_ seed: UInt64, _ size: RandomRecord.Size) {
        var record = RandomRecord(seed: seed, size: size)
        let meant = Judgement.says(record.reading)
        #expect(Judgement(decode(record.payload())).difference(to: meant) == nil)
    }

    @Test(arguments: UInt64(1)...400)
    func asItWasMeant(seed: UInt64) { check(seed, .usual) }

    @Test(arguments: UInt64(1)...12)
    func whenItIsManyEvents(seed: UInt64) { check(seed, .manyEvents) }

    @Test(arguments: UInt64(1)...12)
    func whenItIsLongStrings(seed: UInt64) { check(seed, .longStrings) }

    /// What judges the decoder elsewhere is judged here.
    @Test(arguments: UInt64(1)...200)
    func theStrictReadingToo(seed: UInt64) {
        let record = RandomRecord(seed: seed)
        #expect(Judgement(strictly: record.text).difference(to: .says(record.reading)) == nil)
    }
}

/// The same bytes read by Foundation, which shares no code with the decoder nor with what else judges it.
@Suite struct FoundationReadsTheSame {
    private struct Event: Equatable {
        var timestamp: Int64
        var id: [UInt8]?
        var message: [UInt8]
        var messageBytes: Int
        var fields: NSDictionary?
    }

    @Test(arguments: UInt64(1)...300)
    func everyRecordThatItCanRead(seed: UInt64) throws {
        var random = RandomRecord(seed: seed, isCommon: true)
        let record = try decoded(random.payload())
        try #require(record.messages.count == random.messageDocuments.count)
        for (message, document) in zip(record.messages, random.messageDocuments) {
            let object = try #require(try json(random.text[document]) as? [String: Any])
            #expect(message.origin.owner == object["owner"] as? String)
            #expect(message.origin.logGroup == object["logGroup"] as? String)
            #expect(message.origin.logStream == object["logStream"] as? String)
            let filters = try message.subscriptionFilters.flatMap { try json(record.text[$0]) as? [String] }
            #expect(filters == object["subscriptionFilters"] as? [String])
            let events = try #require(object["logEvents"] as? [[String: Any]])
            #expect(try record.events[message.events].map { try read($0, in: record.text) } == events.map(expected))
        }
    }

    private func expected(_ event: [String: Any]) throws -> Event {
        let message = try #require(event["message"] as? String)
        let id = event["id"] as? String ?? (event["id"] as? NSNumber)?.stringValue
        return Event(
            timestamp: try #require(event["timestamp"] as? NSNumber).int64Value, id: id.map { Array($0.utf8) },
            message: Array(message.utf8), messageBytes: message.utf8.count,
            fields: event["extractedFields"] as? NSDictionary)
    }

    private func read(_ event: LogEvent, in text: TextBuffer) throws -> Event {
        Event(
            timestamp: event.timestamp.milliseconds,
            id: try event.id.map { Array(try #require(text.unescaped($0)).utf8) },
            message: Array(try #require(text.unescaped(event.message)).utf8), messageBytes: event.messageBytes,
            fields: try event.extractedFields.map { try #require(try json(text[$0]) as? NSDictionary) })
    }

    private func json(_ bytes: some Sequence<UInt8>) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(bytes))
    }
}

/// A text, or a payload, with a byte changed, put in, taken out, or all bytes from one on taken out.
@Suite struct WhatIsDamagedIsJudgedStrictly {
    @Test(arguments: UInt64(1)...400)
    func aText(seed: UInt64) {
        let text = RandomRecord(seed: seed, size: .small).text
        var random = SplitMix(seed: seed)
        for _ in 0..<20 {
            let damaged = damage(text, by: &random)
            let judgement = Judgement(decode(Gzip(level: 0).member(damaged)))
            let difference = judgement.difference(to: Judgement(strictly: damaged))
            #expect(difference == nil, "\(String(decoding: damaged, as: UTF8.self))")
        }
    }

    /// A few places decide about a gzip, so most of the damage is done there.
    @Test(arguments: UInt64(1)...400)
    func aPayload(seed: UInt64) {
        var record = RandomRecord(seed: seed, size: .small)
        let payload = seed.isMultiple(of: 4) ? GzipIsRead.headers[9].1.member(record.text) : record.payload()
        var random = SplitMix(seed: seed)
        for round in 0..<20 {
            let places = [payload.indices, payload.indices.prefix(24), payload.indices.suffix(12)][round % 3]
            let damaged = damage(payload, in: places, by: &random)
            let difference = StrictPayload(damaged, textBytesMax: 1 << 20).difference(to: Judgement(decode(damaged)))
            #expect(difference == nil, "\(damaged)")
        }
    }

    private func damage(_ bytes: [UInt8], in places: Range<Int>? = nil, by random: inout SplitMix) -> [UInt8] {
        var damaged = bytes
        let index = (places ?? bytes.indices).randomElement(using: &random) ?? 0
        switch Int.random(in: 0...9, using: &random) {
        case 0...2: damaged[index] = byte(by: &random)
        case 3...5: damaged.insert(byte(by: &random), at: index)
        case 6...7: damaged.remove(at: index)
        case 8: damaged[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
        default: damaged.removeSubrange(index...)
        }
        return damaged
    }

    /// A byte of JSON's own, a white one or a control character, one of broken UTF-8, any.
    private func byte(by random: inout SplitMix) -> UInt8 {
        let telling = Array(#""\{}[]:,0-.eEtufn/"#.utf8) + [0x00, 0x09, 0x0A, 0x0C, 0x1F, 0x7F, 0x80, 0xC0, 0xED, 0xFF]
        return Bool.random(using: &random)
            ? telling.randomElement(using: &random) ?? 0 : .random(in: 0...255, using: &random)
    }
}
