/// One field of a message: where it stands, and where the part without quotes or brackets stands.
struct FieldSpan: Sendable {
    let whole: Range<Int>
    let inner: Range<Int>

    func value(in message: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: message[inner])
    }
}

/// Splits a message at blanks and tabs. `"…"` and `[…]` are one field each.
enum FieldSplitter {
    static func split(_ message: UnsafeBufferPointer<UInt8>) -> [FieldSpan] {
        var spans: [FieldSpan] = []
        var at = 0
        while true {
            while at < message.count, isSeparator(message[at]) { at += 1 }
            guard at < message.count else { return spans }
            let span = enclosed(message, from: at) ?? plain(message, from: at)
            spans.append(span)
            at = span.whole.upperBound
        }
    }

    /// Everything from `span` to the message's end, as it stands there.
    static func rest(of message: UnsafeBufferPointer<UInt8>, from span: FieldSpan) -> FieldSpan {
        var end = message.count
        while end > span.whole.upperBound, isSeparator(message[end - 1]) { end -= 1 }
        let range = span.whole.lowerBound..<end
        return FieldSpan(whole: range, inner: range)
    }

    /// A field in quotes or brackets, if they close before a separator or the end.
    private static func enclosed(_ message: UnsafeBufferPointer<UInt8>, from start: Int) -> FieldSpan? {
        let closing: UInt8
        switch message[start] {
        case UInt8(ascii: "\""): closing = UInt8(ascii: "\"")
        case UInt8(ascii: "["): closing = UInt8(ascii: "]")
        default: return nil
        }
        var at = start + 1
        while at < message.count {
            if message[at] == closing, at + 1 == message.count || isSeparator(message[at + 1]) {
                return FieldSpan(whole: start..<at + 1, inner: start + 1..<at)
            }
            at += 1
        }
        return nil
    }

    private static func plain(_ message: UnsafeBufferPointer<UInt8>, from start: Int) -> FieldSpan {
        var at = start
        while at < message.count, !isSeparator(message[at]) { at += 1 }
        return FieldSpan(whole: start..<at, inner: start..<at)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
