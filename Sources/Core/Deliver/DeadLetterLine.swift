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
