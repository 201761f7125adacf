extension ReplyCursor {
    /// Takes a string and says where it stands. Escapes are checked and left as they are.
    mutating func takeString() throws(BrokenReply) -> Text {
        try take(UInt8(ascii: "\""))
        let start = position
        var isEscaped = false
        while position < end {
            switch base[position] {
            case UInt8(ascii: "\""):
                position += 1
                return Text(range: start..<position - 1, isEscaped: isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                _ = try takeEscape()
            case ..<0x20:
                throw broken("control character in a string")
            default:
                position += 1
            }
        }
        throw broken("ends early")
    }

    /// Takes a string and unescapes it.
    mutating func takeText() throws(BrokenReply) -> String {
        let start = position
        let text = try takeString()
        if text.isEscaped { return try unescaped(text) }
        let bytes = UnsafeBufferPointer(start: base + text.range.lowerBound, count: text.range.count)
        guard let string = String(validating: bytes, as: UTF8.self) else {
            throw BrokenReply(byte: start, detail: "a string that is not UTF-8")
        }
        return string
    }

    /// Whether a member's name is `word`.
    func `is`(_ name: Text, _ word: StaticString) -> Bool {
        guard name.isEscaped else { return holds(word, at: name.range) }
        // A name may be written with escapes, though nobody does: slow is fine.
        return (try? unescaped(name)) == word.description
    }

    private func unescaped(_ text: Text) throws(BrokenReply) -> String {
        var cursor = self
        cursor.position = text.range.lowerBound
        var units: [UInt8] = []
        while cursor.position < text.range.upperBound {
            if base[cursor.position] == UInt8(ascii: "\\") {
                units.append(contentsOf: String(try cursor.takeScalar()).utf8)
            } else {
                units.append(base[cursor.position])
                cursor.position += 1
            }
        }
        guard let string = String(validating: units, as: UTF8.self) else {
            throw BrokenReply(byte: text.range.lowerBound, detail: "a string that is not UTF-8")
        }
        return string
    }

    /// One escape, or the two of a surrogate pair.
    private mutating func takeScalar() throws(BrokenReply) -> Character {
        let start = position
        let unit = try takeEscape()
        if let scalar = UnicodeScalar(unit) { return Character(scalar) }
        if (0xD800...0xDBFF).contains(unit), position < end, base[position] == UInt8(ascii: "\\") {
            let low = try takeEscape()
            if (0xDC00...0xDFFF).contains(low),
                let scalar = UnicodeScalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(low) - 0xDC00)
            {
                return Character(scalar)
            }
        }
        throw BrokenReply(byte: start, detail: "half a surrogate pair")
    }

    /// Takes a backslash and what it stands for, as one UTF-16 unit.
    mutating func takeEscape() throws(BrokenReply) -> UInt16 {
        guard position + 1 < end else { throw broken("ends early") }
        let kind = base[position + 1]
        if kind == UInt8(ascii: "u") { return try takeHexEscape() }
        let unit: UInt8
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unit = kind
        case UInt8(ascii: "b"): unit = 0x08
        case UInt8(ascii: "f"): unit = 0x0C
        case UInt8(ascii: "n"): unit = 0x0A
        case UInt8(ascii: "r"): unit = 0x0D
        case UInt8(ascii: "t"): unit = 0x09
        default: throw broken("unknown escape")
        }
        position += 2
        return UInt16(unit)
    }

    private mutating func takeHexEscape() throws(BrokenReply) -> UInt16 {
        guard position + 6 <= end else { throw broken("ends early") }
        var unit: UInt16 = 0
        for index in position + 2..<position + 6 {
            guard let digit = Self.hexValue(base[index]) else { throw broken("unknown escape") }
            unit = unit << 4 | UInt16(digit)
        }
        position += 6
        return unit
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
