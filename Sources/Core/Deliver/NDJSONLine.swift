/// A log event as one line of JSON with AWS's own names.
///
/// `{"owner":"…","logGroup":"…","logStream":"…","id":"…","timestamp":1763632800000,"message":"…"}`, then
/// `subscriptionFilters` when asked for and `extractedFields` when the event has them. An event without an id has no `id`
/// member; an id that came as an integer is written as a string. All strings are exactly the bytes that were received.
package enum NDJSONLine {
    /// More than all names, quotes, colons, commas, braces and the newline.
    private static let framingBytesMax = 160

    /// Appends a line and its newline for each of these events of `message`.
    package static func append(
        _ events: some Collection<LogEvent>, of message: SubscriptionMessage, in text: TextBuffer,
        withSubscriptionFilters: Bool = false, to out: inout [UInt8]
    ) {
        append(
            events, of: message, in: text, withSubscriptionFilters: withSubscriptionFilters, closing: "}\n", to: &out)
    }

    /// Appends one object. `closing` is its brace and what follows.
    static func appendObject(
        _ event: LogEvent, of message: SubscriptionMessage, in text: TextBuffer, withSubscriptionFilters: Bool,
        closing: StaticString, to out: inout [UInt8]
    ) {
        append(
            CollectionOfOne(event), of: message, in: text, withSubscriptionFilters: withSubscriptionFilters,
            closing: closing, to: &out)
    }

    @inline(__always)
    private static func append(
        _ events: some Collection<LogEvent>, of message: SubscriptionMessage, in text: TextBuffer,
        withSubscriptionFilters: Bool, closing: StaticString, to out: inout [UInt8]
    ) {
        let filters = withSubscriptionFilters ? message.subscriptionFilters : nil
        let names = Int(message.owner.count) + Int(message.logGroup.count) + Int(message.logStream.count)
        let fixed = names + Int(filters?.count ?? 0) + framingBytesMax + ByteWriter.decimalBytesMax
        var room = 0
        for event in events {
            room += fixed + Int(event.message.count) + Int(event.id?.count ?? 0)
            room += Int(event.extractedFields?.count ?? 0)
        }
        out.append(atMost: room) { out in
            // What comes before the id is the same in all lines.
            var heading: Range<Int>?
            for event in events {
                if let heading { out.put(again: heading) } else { heading = putHeading(message, in: text, to: &out) }
                put(event, in: text, to: &out)
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
    }

    /// Puts an object's beginning, the quote behind the log stream apart. Returns where it is.
    private static func putHeading(
        _ message: SubscriptionMessage, in text: TextBuffer, to out: inout ByteWriter
    ) -> Range<Int> {
        let start = out.count
        out.put(#"{"owner":""#)
        out.put(text[message.owner])
        out.put(#"","logGroup":""#)
        out.put(text[message.logGroup])
        out.put(#"","logStream":""#)
        out.put(text[message.logStream])
        return start..<out.count
    }

    @inline(__always)
    private static func put(_ event: LogEvent, in text: TextBuffer, to out: inout ByteWriter) {
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
