extension RandomRecord {
    /// What a string stands for while it is written. Two halves of a surrogate pair may come one by one.
    private struct Written {
        let start: Int
        var units: [UInt16] = []
    }

    /// Writes a string, in which long runs and special characters come close together, at blocks' boundaries above all.
    mutating func string(bytes: ClosedRange<Int>? = nil, atLeast shortest: Int = 0) -> Reading.Text {
        let bytes = bytes ?? (oneIn(3) ? size.stringBytes : 0...min(40, size.stringBytes.upperBound))
        let length = max(shortest, oneIn(12) ? 0 : count(bytes))
        write("\"")
        var written = Written(start: text.count)
        while text.count - written.start < length { piece(of: &written, room: length + written.start - text.count) }
        return close(written)
    }

    /// Writes `string` as a string, perhaps with escapes.
    mutating func literal(_ string: String) -> Reading.Text {
        let isPlain = !oneIn(6)
        write("\"")
        var written = Written(start: text.count)
        for scalar in string.unicodeScalars {
            if isPlain || oneIn(2), scalar.value >= 0x20, scalar != "\"", scalar != "\\" {
                raw(scalar, to: &written)
            } else {
                unicodeEscape(scalar, to: &written)
            }
        }
        return close(written)
    }

    private mutating func close(_ written: Written) -> Reading.Text {
        let range = written.start..<text.count
        write("\"")
        return Reading.Text(range: range, unescaped: Array(String(decoding: written.units, as: UTF16.self).utf8))
    }

    private mutating func piece(of written: inout Written, room: Int) {
        switch count(0...(isCommon ? 8 : 9)) {
        case 0, 1: plain(count(1...min(room, size.stringBytes.upperBound)), to: &written)
        case 2: plain(toBoundary(within: room), to: &written)
        case 3: for _ in 0..<count(1...3) { raw(scalar(), to: &written) }
        case 4: for _ in 0..<count(1...40) { raw(scalar(), to: &written) }
        case 5: simpleEscape(to: &written)
        case 6: unicodeEscape(scalar(), to: &written)
        case 7: unicodeEscape(Unicode.Scalar(UInt8(count(0...0x7F))), to: &written)
        case 8: backslashes(to: &written)
        default: lonelySurrogates(to: &written)
        }
    }

    /// How far it is to just before, at or just after the next boundary of 64 bytes.
    private mutating func toBoundary(within room: Int) -> Int {
        let distance = 64 - text.count % 64 + count(-4...4)
        return distance > 0 && distance <= room ? distance : 1
    }

    private mutating func plain(_ count: Int, to written: inout Written) {
        for _ in 0..<count {
            let byte = UInt8(self.count(0x20...0x7F))
            let isSpecial = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
            text.append(isSpecial ? UInt8(ascii: "a") : byte)
            written.units.append(UInt16(text[text.count - 1]))
        }
    }

    /// A character of each length in UTF-8, those at the lengths' borders often.
    private mutating func scalar() -> Unicode.Scalar {
        let borders: [UInt32] = [
            0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFF, 0x10000, 0x3FFFF, 0x40000,
            0xFFFFF, 0x100000, 0x10FFFF, 0x2028, 0xE9, 0x20AC, 0x1F600,
        ]
        let ranges: [ClosedRange<Int>] = [0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF]
        let value = oneIn(2) ? borders[count(0...borders.count - 1)] : UInt32(count(ranges[count(0...3)]))
        return value == 0xFEFF && isCommon ? "a" : Unicode.Scalar(value) ?? "a"
    }

    private mutating func raw(_ scalar: Unicode.Scalar, to written: inout Written) {
        write(String(scalar))
        written.units += Array(String(scalar).utf16)
    }

    private mutating func simpleEscape(to written: inout Written) {
        let escapes: [(String, UInt16)] = [
            (#"\""#, 0x22), (#"\\"#, 0x5C), (#"\/"#, 0x2F), (#"\b"#, 8), (#"\f"#, 12), (#"\n"#, 10), (#"\r"#, 13),
            (#"\t"#, 9),
        ]
        let (escape, unit) = escapes[count(0...escapes.count - 1)]
        write(escape)
        written.units.append(unit)
    }

    /// One `\u`, or two for a character beyond the basic plane.
    private mutating func unicodeEscape(_ scalar: Unicode.Scalar, to written: inout Written) {
        for unit in String(scalar).utf16 { unicodeEscape(unit, to: &written) }
    }

    private mutating func unicodeEscape(_ unit: UInt16, to written: inout Written) {
        let digits = String(unit, radix: 16)
        write(#"\u"#)
        for digit in String(repeating: "0", count: 4 - digits.count) + digits {
            write(oneIn(2) ? digit.uppercased() : String(digit))
        }
        written.units.append(unit)
    }

    /// A run of backslashes: even before something plain or the string's end, odd before what they escape.
    private mutating func backslashes(to written: inout Written) {
        let pairs = count(1...(oneIn(4) ? 70 : 4))
        write(String(repeating: #"\\"#, count: pairs))
        written.units += [UInt16](repeating: 0x5C, count: pairs)
        switch count(0...2) {
        case 0: simpleEscape(to: &written)
        case 1: unicodeEscape(scalar(), to: &written)
        default: break
        }
    }

    /// Halves of pairs, in any order: a whole pair is one of them.
    private mutating func lonelySurrogates(to written: inout Written) {
        for _ in 0..<count(1...3) {
            unicodeEscape(UInt16(oneIn(2) ? count(0xD800...0xDBFF) : count(0xDC00...0xDFFF)), to: &written)
        }
    }
}
