/// A log event as its message alone.
package enum TextLine {
    /// Appends the message unescaped, and a newline when it does not end with one.
    ///
    /// Line breaks within the message stay as they are, so one event may be several lines. A lone surrogate, which UTF-8
    /// cannot hold, becomes U+FFFD.
    package static func append(_ event: LogEvent, in text: TextBuffer, to out: inout [UInt8]) {
        let start = out.count
        JSONUnescape.append(text[event.message], to: &out)
        if out.count == start || out.last != UInt8(ascii: "\n") { out.append(UInt8(ascii: "\n")) }
    }
}
