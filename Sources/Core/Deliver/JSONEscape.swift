/// Strings of ours as JSON strings.
package enum JSONEscape {
    /// Appends `string` between quotes. Only what JSON does not allow in a string is escaped, in its shortest form.
    package static func append(_ string: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { append($0, to: &out) }
        out.append(UInt8(ascii: "\""))
    }

    private static func append(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
        var written = 0
        for (index, byte) in text.enumerated() where mustBeEscaped(byte) {
            out.append(contentsOf: UnsafeBufferPointer(rebasing: text[written..<index]))
            append(escaped: byte, to: &out)
            written = index + 1
        }
        out.append(contentsOf: UnsafeBufferPointer(rebasing: text[written...]))
    }

    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func append(escaped byte: UInt8, to out: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): out.append(literal: #"\""#)
        case UInt8(ascii: "\\"): out.append(literal: #"\\"#)
        case 0x08: out.append(literal: #"\b"#)
        case 0x09: out.append(literal: #"\t"#)
        case 0x0A: out.append(literal: #"\n"#)
        case 0x0C: out.append(literal: #"\f"#)
        case 0x0D: out.append(literal: #"\r"#)
        default:
            out.append(literal: #"\u00"#)
            out.append(hexDigit(byte >> 4))
            out.append(hexDigit(byte & 15))
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
