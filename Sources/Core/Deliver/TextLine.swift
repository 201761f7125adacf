/// Log events as their messages alone.
package enum TextLine {
    /// Appends each message unescaped, and a newline when it does not end with one.
    ///
    /// Line breaks within the message stay as they are, so one event may be several lines. A lone surrogate, which UTF-8
    /// cannot hold, becomes U+FFFD.
    package static func append(_ events: some Collection<LogEvent>, in text: TextBuffer, to out: inout [UInt8]) {
        // No escape is shorter than what it stands for; one more byte for the newline.
        out.append(atMost: events.reduce(0) { $0 + Int($1.message.count) + 1 }) { out in
            for event in events {
                let start = out.count
                JSONUnescape.put(text[event.message], to: &out)
                if out.count == start || out.last != UInt8(ascii: "\n") { out.put(UInt8(ascii: "\n")) }
            }
        }
    }
}
