/// A log event as its message alone.
package enum TextLine {
    /// Appends the message unescaped, and a newline when it does not end with one.
    ///
    /// Line breaks within the message stay as they are, so one event may be several lines. A lone surrogate, which UTF-8
    /// cannot hold, becomes U+FFFD.
    package static func append(_ event: LogEvent, in text: TextBuffer, to out: inout [UInt8]) {
        // No escape is shorter than what it stands for; one more byte for the newline.
        out.append(atMost: Int(event.message.count) + 1) { out in
            JSONUnescape.put(text[event.message], to: &out)
            if out.last != UInt8(ascii: "\n") { out.put(UInt8(ascii: "\n")) }
        }
    }
}
