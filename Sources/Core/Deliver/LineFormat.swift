/// How a log event is written to files and standard output.
package enum LineFormat: String, CaseIterable, Hashable, Sendable {
    /// One JSON object a line, the message exactly as received.
    case ndjson
    /// The message alone, unescaped.
    case text

    /// Appends these events of `message`, each with its final newline.
    package func append(
        _ events: Slice<EventIndex>, of message: SubscriptionMessage, in text: TextBuffer, to out: inout [UInt8]
    ) {
        switch self {
        case .ndjson: NDJSONLine.append(events, of: message, in: text, to: &out)
        case .text: TextLine.append(events, in: text, to: &out)
        }
    }
}
