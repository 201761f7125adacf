/// What is known of a record or event that goes to the dead letters.
package struct DeadLetterHeading: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case undecodable(Undecodable.Reason)
        case rejected(Rejection)

        package var word: String {
            switch self {
            case .undecodable(let reason): reason.rawValue
            case .rejected(let rejection): rejection.rawValue
            }
        }
    }

    package let reason: Reason
    /// Where and what, for a person. Never a customer's message text.
    package let detail: String
    /// The stream's name or ARN, as the settings have it.
    package let stream: String
    package let shard: ShardID
    package let sequence: SequenceNumber
    package let arrival: Instant?
    /// The sink that refused the event; `nil` for a record that could not be decoded.
    package let sink: String?

    package init(
        reason: Reason, detail: String, stream: String, shard: ShardID, sequence: SequenceNumber, arrival: Instant?,
        sink: String?
    ) {
        self.reason = reason
        self.detail = detail
        self.stream = stream
        self.shard = shard
        self.sequence = sequence
        self.arrival = arrival
        self.sink = sink
    }
}

/// One dead letter as a line of JSON.
///
/// `{"reason":"…","detail":"…","stream":"…","shardId":"…","sequenceNumber":"…","approximateArrivalTimestamp":1763632800123,`
/// then `"sink":"…"` where one refused it, then `"data":"…"` (a record, base64) or `"event":{…}` (an NDJSON line's object).
/// The arrival is in milliseconds since 1970, like the events' timestamps, and left out when Kinesis did not say it.
package enum DeadLetterLine {
    /// Appends the line of a record that could not be decoded, and its newline.
    package static func append(
        _ heading: DeadLetterHeading, payload: UnsafeRawBufferPointer, to out: inout [UInt8]
    ) {
        append(heading, to: &out)
        out.append(literal: #","data":""#)
        Base64.encode(payload, to: &out)
        out.append(literal: "\"}\n")
    }

    /// Appends the line of an event that a sink refused, and its newline.
    package static func append(
        _ heading: DeadLetterHeading, event: LogEvent, of message: SubscriptionMessage, in text: TextBuffer,
        to out: inout [UInt8]
    ) {
        append(heading, to: &out)
        out.append(literal: #","event":"#)
        NDJSONLine.appendObject(
            event, of: message, in: text, withSubscriptionFilters: true, closing: "}}\n", to: &out)
    }

    private static func append(_ heading: DeadLetterHeading, to out: inout [UInt8]) {
        out.append(literal: #"{"reason":"#)
        JSONEscape.append(heading.reason.word, to: &out)
        out.append(literal: #","detail":"#)
        JSONEscape.append(heading.detail, to: &out)
        out.append(literal: #","stream":"#)
        JSONEscape.append(heading.stream, to: &out)
        out.append(literal: #","shardId":"#)
        JSONEscape.append(heading.shard.name, to: &out)
        out.append(literal: #","sequenceNumber":"#)
        JSONEscape.append(heading.sequence.digits, to: &out)
        if let arrival = heading.arrival {
            out.append(literal: #","approximateArrivalTimestamp":"#)
            out.append(atMost: ByteWriter.decimalBytesMax) { $0.put(decimal: arrival.milliseconds) }
        }
        if let sink = heading.sink {
            out.append(literal: #","sink":"#)
            JSONEscape.append(sink, to: &out)
        }
    }
}
