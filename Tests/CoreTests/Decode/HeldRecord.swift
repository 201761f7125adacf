import Core

/// A payload and what it is known to say.
struct KnownPayload: Sendable {
    let payload: [UInt8]
    let text: [UInt8]
    let judgement: Judgement

    /// A text in gzip or as it is, judged the slow way.
    init(text: some Sequence<UInt8>, isPlain: Bool = false) {
        self.text = Array(text)
        payload = isPlain ? self.text : Gzip(level: 1).member(self.text)
        judgement = Judgement(strictly: self.text)
    }

    init(_ record: RandomRecord) {
        var record = record
        text = record.text
        payload = record.payload()
        judgement = .says(record.reading)
    }

    init(broken payload: [UInt8], _ reason: Undecodable.Reason) {
        self.payload = payload
        text = []
        judgement = .refused(reason)
    }

    /// Decodes it and returns what differs from what is known, and the record, if it is one.
    func decode(by decoder: RecordDecoder) -> (difference: String?, record: DecodedRecord?) {
        let outcome = CoreTests.decode(payload, by: decoder)
        let difference = Judgement(outcome).difference(to: judgement)
        guard case .decoded(let record) = outcome else { return (difference, nil) }
        return (difference ?? record.brokenInvariant(payloadBytes: payload.count), record)
    }
}

/// All or a part of a record that somebody still has while others are decoded, and what it was.
struct HeldRecord: Sendable {
    /// What is no longer as it was; `nil` when all is.
    let change: @Sendable () -> String?

    /// Holds of `record` what `random` says: itself, its text, its events with or without it, some of them, its messages.
    init(_ record: DecodedRecord, of known: KnownPayload, by random: inout SplitMix) {
        guard case .says(let reading) = known.judgement else { preconditionFailure("a record of a refused payload") }
        let expected = reading.messages.flatMap(\.events)
        switch Int.random(in: 0...5, using: &random) {
        case 0:
            let text = record.text
            change = { text.bytes.elementsEqual(known.text) ? nil : "a text held alone" }
        case 1:
            let (text, events) = (record.text, record.events)
            change = { events.map { Reading.Event($0, in: text) } == expected ? nil : "events held with their text" }
        case 2:
            let events = record.events
            change = { Self.areSame(events, expected) ? nil : "events held alone" }
        case 3:
            let count = Int.random(in: 0...expected.count, using: &random)
            let events = record.events.suffix(count)
            change = { Self.areSame(events, expected.suffix(count)) ? nil : "some events held alone" }
        case 4:
            let messages = record.messages
            change = { Self.areSame(messages, reading.messages) ? nil : "messages held alone" }
        default:
            change = {
                guard record.text.bytes.elementsEqual(known.text) else { return "the text of a record held whole" }
                return Judgement(.decoded(record)).difference(to: .says(reading)).map { "a record held whole: \($0)" }
            }
        }
    }

    /// Without the text, what an event tells by itself.
    private static func areSame(_ events: some Collection<LogEvent>, _ expected: some Collection<Reading.Event>) -> Bool
    {
        events.count == expected.count
            && zip(events, expected).allSatisfy { event, expected in
                event.timestamp.milliseconds == expected.timestamp && event.id?.range == expected.id?.range
                    && event.message.range == expected.message.range && event.messageBytes == expected.messageBytes
                    && event.extractedFields?.range == expected.extractedFields
            }
    }

    private static func areSame(
        _ messages: some Collection<SubscriptionMessage>, _ expected: [Reading.Message]
    ) -> Bool {
        messages.count == expected.count
            && zip(messages, expected).allSatisfy { message, expected in
                Reading.Text(message.owner, means: message.origin.owner) == expected.owner
                    && Reading.Text(message.logGroup, means: message.origin.logGroup) == expected.logGroup
                    && Reading.Text(message.logStream, means: message.origin.logStream) == expected.logStream
                    && message.subscriptionFilters?.range == expected.subscriptionFilters
                    && message.events.count == expected.events.count
            }
    }
}
