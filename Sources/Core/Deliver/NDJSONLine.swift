/// A log event as one line of JSON with AWS's own names.
///
/// `{"owner":"…","logGroup":"…","logStream":"…","id":"…","timestamp":1763632800000,"message":"…"}`, then
/// `subscriptionFilters` when asked for and `extractedFields` when the event has them. An event without an id has no `id`
/// member; an id that came as an integer is written as a string. All strings are exactly the bytes that were received.
package enum NDJSONLine {
    /// Appends the line and its newline.
    package static func append(
        _ event: LogEvent, of message: SubscriptionMessage, in text: TextBuffer, withSubscriptionFilters: Bool = false,
        to out: inout [UInt8]
    ) {
        appendObject(event, of: message, in: text, withSubscriptionFilters: withSubscriptionFilters, to: &out)
        out.append(UInt8(ascii: "\n"))
    }

    /// Appends the object without a newline.
    package static func appendObject(
        _ event: LogEvent, of message: SubscriptionMessage, in text: TextBuffer, withSubscriptionFilters: Bool = false,
        to out: inout [UInt8]
    ) {
        out.append(literal: #"{"owner":""#)
        out.append(slice: text[message.owner])
        out.append(literal: #"","logGroup":""#)
        out.append(slice: text[message.logGroup])
        out.append(literal: #"","logStream":""#)
        out.append(slice: text[message.logStream])
        if let id = event.id {
            out.append(literal: #"","id":""#)
            out.append(slice: text[id])
        }
        out.append(literal: #"","timestamp":"#)
        out.append(decimal: event.timestamp.milliseconds)
        out.append(literal: #","message":""#)
        out.append(slice: text[event.message])
        out.append(UInt8(ascii: "\""))
        if withSubscriptionFilters, let filters = message.subscriptionFilters {
            out.append(literal: #","subscriptionFilters":"#)
            append(onOneLine: text[filters], to: &out)
        }
        if let fields = event.extractedFields {
            out.append(literal: #","extractedFields":"#)
            append(onOneLine: text[fields], to: &out)
        }
        out.append(UInt8(ascii: "}"))
    }

    /// Appends a JSON value without the line breaks it may have between its tokens. Strings have none.
    private static func append(onOneLine value: UnsafeRawBufferPointer, to out: inout [UInt8]) {
        let isBreak = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
        if value.contains(where: isBreak) {
            out.append(contentsOf: value.lazy.filter { !isBreak($0) })
        } else {
            out.append(slice: value)
        }
    }
}
