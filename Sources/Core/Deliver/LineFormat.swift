/// How a log event is written to files and standard output.
package enum LineFormat: String, CaseIterable, Hashable, Sendable {
    /// One JSON object a line, the message exactly as received.
    case ndjson
    /// The message alone, unescaped.
    case text

    /// Appends one event and its final newline.
    package func append(
        _ event: LogEvent, of message: SubscriptionMessage, in text: TextBuffer, to out: inout [UInt8]
    ) {
        switch self {
        case .ndjson: NDJSONLine.append(event, of: message, in: text, to: &out)
        case .text: TextLine.append(event, in: text, to: &out)
        }
    }
}
