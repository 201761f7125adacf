/// A log event as one line of JSON with AWS's own names.
///
/// `{"owner":"…","logGroup":"…","logStream":"…","id":"…","timestamp":1763632800000,"message":"…"}`, then
/// `subscriptionFilters` when asked for and `extractedFields` when the event has them. An event without an id has no `id`
/// member; an id that came as an integer is written as a string. All strings are exactly the bytes that were received.
package enum NDJSONLine {
    /// More than all names, quotes, colons, commas, braces and the newline.
    private static let framingBytesMax = 160

    /// Appends the line and its newline.
    package static func append(
        _ event: LogEvent, of message: SubscriptionMessage, in text: TextBuffer, withSubscriptionFilters: Bool = false,
        to out: inout [UInt8]
    ) {
        appendObject(
            event, of: message, in: text, withSubscriptionFilters: withSubscriptionFilters, closing: "}\n", to: &out)
    }

    /// Appends the object. `closing` is its brace and what follows.
    static func appendObject(
        _ event: LogEvent, of message: SubscriptionMessage, in text: TextBuffer, withSubscriptionFilters: Bool,
        closing: StaticString, to out: inout [UInt8]
    ) {
        let filters = withSubscriptionFilters ? message.subscriptionFilters : nil
        let names = message.owner.count + message.logGroup.count + message.logStream.count
        let values = (event.id?.count ?? 0) + (filters?.count ?? 0) + (event.extractedFields?.count ?? 0)
        let room = Int(names) + Int(values) + Int(event.message.count) + framingBytesMax + ByteWriter.decimalBytesMax
        out.append(atMost: room) { out in
            put(event, of: message, in: text, to: &out)
            if let filters {
                out.put(#","subscriptionFilters":"#)
                put(onOneLine: text[filters], to: &out)
            }
            if let fields = event.extractedFields {
                out.put(#","extractedFields":"#)
                put(onOneLine: text[fields], to: &out)
            }
            out.put(closing)
        }
    }

    private static func put(
        _ event: LogEvent, of message: SubscriptionMessage, in text: TextBuffer, to out: inout ByteWriter
    ) {
        out.put(#"{"owner":""#)
        out.put(text[message.owner])
        out.put(#"","logGroup":""#)
        out.put(text[message.logGroup])
        out.put(#"","logStream":""#)
        out.put(text[message.logStream])
        if let id = event.id {
            out.put(#"","id":""#)
            out.put(text[id])
        }
        out.put(#"","timestamp":"#)
        out.put(decimal: event.timestamp.milliseconds)
        out.put(#","message":""#)
        out.put(text[event.message])
        out.put(UInt8(ascii: "\""))
    }

    /// Puts a JSON value without the line breaks it may have between its tokens. Strings have none.
    private static func put(onOneLine value: UnsafeRawBufferPointer, to out: inout ByteWriter) {
        for piece in value.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            out.put(UnsafeRawBufferPointer(rebasing: piece))
        }
    }
}
