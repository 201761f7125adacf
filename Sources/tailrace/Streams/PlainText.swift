/// Text that stays on its line, and does nothing to the terminal that shows it.
///
/// Senders choose names and servers choose error texts; neither may forge a line of ours, move the cursor or hide letters.
enum PlainText {
    /// `text` with control characters, line separators and invisible formatting written out: `\n`, `\u{1b}`.
    static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: mustBeEscaped) else { return text }
        var out = ""
        for scalar in text.unicodeScalars { append(scalar, to: &out) }
        return out
    }

    /// `text` as it is when it cannot be mistaken for more than one word; otherwise escaped between double quotes.
    static func word(_ text: String) -> String {
        guard text.isEmpty || text.unicodeScalars.contains(where: { mustBeEscaped($0) || endsWord($0) }) else {
            return text
        }
        var out = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { out.unicodeScalars.append("\\") }
            append(scalar, to: &out)
        }
        return out + "\""
    }

    private static func append(_ scalar: Unicode.Scalar, to out: inout String) {
        guard mustBeEscaped(scalar) else {
            out.unicodeScalars.append(scalar)
            return
        }
        switch scalar {
        case "\n": out += #"\n"#
        case "\r": out += #"\r"#
        case "\t": out += #"\t"#
        default: out += "\\u{\(String(scalar.value, radix: 16))}"
        }
    }

    private static func endsWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\"" || scalar == "=" || scalar.properties.isWhitespace
    }

    private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
        guard !(0x20...0x7E).contains(scalar.value) else { return false }
        return switch scalar.properties.generalCategory {
        // Format: text direction and zero width.
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
