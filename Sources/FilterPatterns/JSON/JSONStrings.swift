/// JSON's strings, unescaped and escaped.
///
/// A lone surrogate (`\ud800` without its other half) has no UTF-8. It is kept as the three bytes that its code point
/// would have, and becomes the same escape again when written, so that no message changes on its way through.
package enum JSONStrings {
    /// Appends the text between a string's quotes. `escaped` must have passed `JSONScanner`.
    package static func unescape(_ escaped: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) {
        var at = 0
        while at < escaped.count {
            var end = at
            while end < escaped.count, escaped[end] != UInt8(ascii: "\\") { end += 1 }
            text.append(contentsOf: UnsafeBufferPointer(rebasing: escaped[at..<end]))
            at = end
            if at < escaped.count { at += unescapeOne(escaped, at: at, into: &text) }
        }
    }

    /// Appends `text` between quotes. Only what JSON demands is escaped.
    package static func append(_ text: UnsafeBufferPointer<UInt8>, to json: inout [UInt8]) {
        json.append(UInt8(ascii: "\""))
        var plain = 0
        for at in text.indices where needsEscape(text, at) {
            json.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain..<at]))
            plain = at + escapeOne(text, at: at, to: &json)
        }
        json.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain...]))
        json.append(UInt8(ascii: "\""))
    }

    /// How many bytes of `escaped` the escape at `at` took.
    private static func unescapeOne(
        _ escaped: UnsafeBufferPointer<UInt8>, at: Int, into text: inout [UInt8]
    ) -> Int {
        switch escaped[at + 1] {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            let unit = fourDigits(escaped, at + 2)
            if (0xd800..<0xdc00).contains(unit), let low = lowSurrogate(escaped, at + 6) {
                appendUTF8(0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00), to: &text)
                return 12
            }
            appendUTF8(unit, to: &text)
            return 6
        case let itself: text.append(itself)
        }
        return 2
    }

    private static func lowSurrogate(_ escaped: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32? {
        guard at + 6 <= escaped.count, escaped[at] == UInt8(ascii: "\\"), escaped[at + 1] == UInt8(ascii: "u")
        else { return nil }
        let unit = fourDigits(escaped, at + 2)
        return (0xdc00..<0xe000).contains(unit) ? unit : nil
    }

    private static func fourDigits(_ escaped: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32 {
        (at..<at + 4).reduce(0) { $0 << 4 | UInt32(escaped[$1].hexValue ?? 0) }
    }

    private static func appendUTF8(_ code: UInt32, to text: inout [UInt8]) {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(code >> shift & 0x3f) }
        switch code {
        case ..<0x80: text.append(UInt8(code))
        case ..<0x800: text.append(contentsOf: [0xc0 | UInt8(code >> 6), tail(0)])
        case ..<0x10000: text.append(contentsOf: [0xe0 | UInt8(code >> 12), tail(6), tail(0)])
        default: text.append(contentsOf: [0xf0 | UInt8(code >> 18), tail(12), tail(6), tail(0)])
        }
    }

    private static func needsEscape(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        let byte = text[at]
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return true }
        return byte == 0xed && at + 2 < text.count && text[at + 1] >= 0xa0  // a surrogate's three bytes
    }

    /// How many bytes of `text` were escaped.
    private static func escapeOne(_ text: UnsafeBufferPointer<UInt8>, at: Int, to json: inout [UInt8]) -> Int {
        json.append(UInt8(ascii: "\\"))
        switch text[at] {
        case 0x08: json.append(UInt8(ascii: "b"))
        case 0x0c: json.append(UInt8(ascii: "f"))
        case 0x0a: json.append(UInt8(ascii: "n"))
        case 0x0d: json.append(UInt8(ascii: "r"))
        case 0x09: json.append(UInt8(ascii: "t"))
        case 0xed:
            appendFourDigits(0xd000 | UInt32(text[at + 1] & 0x3f) << 6 | UInt32(text[at + 2] & 0x3f), to: &json)
            return 3
        case let control where control < 0x20: appendFourDigits(UInt32(control), to: &json)
        case let itself: json.append(itself)
        }
        return 1
    }

    private static func appendFourDigits(_ unit: UInt32, to json: inout [UInt8]) {
        json.append(UInt8(ascii: "u"))
        for shift: UInt32 in [12, 8, 4, 0] {
            let digit = UInt8(unit >> shift & 0xf)
            json.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
