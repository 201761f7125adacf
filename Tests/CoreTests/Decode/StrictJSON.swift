/// A JSON value and where it stands in its text.
struct StrictValue {
    enum Content {
        /// `true`, `false` or `null`: which of them never matters here.
        case literal
        case number(isInteger: Bool)
        /// The UTF-16 code units that the string stands for; surrogates may be alone among them.
        case string([UInt16])
        case array([StrictValue])
        case object([(name: [UInt16], value: StrictValue)])
    }

    let content: Content
    /// With its quotes, brackets or braces.
    let range: Range<Int>
}

/// RFC 8259, one function for each of its rules: slow, and made to be compared with the RFC by eye.
///
/// What the decoder is judged by. It shares nothing with the decoder. A text is UTF-8 already when it comes here.
struct StrictJSON {
    struct Refused: Error {}

    /// How deep objects and arrays may stand in each other.
    static let nestingMax = 128

    private let text: [UInt8]
    private var at = 0

    /// The documents of a text, at least one, with white space or nothing around each.
    static func documents(of text: [UInt8]) throws(Refused) -> [StrictValue] {
        var json = StrictJSON(text: text)
        var documents: [StrictValue] = []
        json.skipWhiteSpace()
        repeat {
            documents.append(try json.value(depth: 0))
            json.skipWhiteSpace()
        } while json.byte != nil
        return documents
    }

    private init(text: [UInt8]) { self.text = text }

    /// The next byte, `nil` at the text's end.
    private var byte: UInt8? { at < text.count ? text[at] : nil }

    private func isNext(_ character: Character) -> Bool { byte == character.asciiValue }

    /// Passes `character` if it is next.
    private mutating func take(_ character: Character) -> Bool {
        guard isNext(character) else { return false }
        at += 1
        return true
    }

    private mutating func expect(_ character: Character) throws(Refused) {
        guard take(character) else { throw Refused() }
    }

    /// `ws = *( %x20 / %x09 / %x0A / %x0D )`
    private mutating func skipWhiteSpace() {
        while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { at += 1 }
    }

    /// `value = false / null / true / object / array / number / string`, inside of `depth` objects and arrays
    private mutating func value(depth: Int) throws(Refused) -> StrictValue {
        let start = at
        let content: StrictValue.Content
        switch byte.map({ Character(Unicode.Scalar($0)) }) {
        case "{": content = .object(try object(depth: depth + 1))
        case "[": content = .array(try array(depth: depth + 1))
        case "\"": content = .string(try string())
        case "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9": content = try number()
        default: content = try literal()
        }
        return StrictValue(content: content, range: start..<at)
    }

    private mutating func literal() throws(Refused) -> StrictValue.Content {
        for word in ["true", "false", "null"] where text[at...].starts(with: word.utf8) {
            at += word.utf8.count
            return .literal
        }
        throw Refused()
    }

    /// `object = begin-object [ member *( value-separator member ) ] end-object`
    private mutating func object(depth: Int) throws(Refused) -> [(name: [UInt16], value: StrictValue)] {
        guard depth <= Self.nestingMax else { throw Refused() }
        var members: [(name: [UInt16], value: StrictValue)] = []
        try expect("{")
        skipWhiteSpace()
        if take("}") { return members }
        repeat {
            skipWhiteSpace()
            let name = try string()
            skipWhiteSpace()
            try expect(":")
            skipWhiteSpace()
            members.append((name, try value(depth: depth)))
            skipWhiteSpace()
        } while take(",")
        try expect("}")
        return members
    }

    /// `array = begin-array [ value *( value-separator value ) ] end-array`
    private mutating func array(depth: Int) throws(Refused) -> [StrictValue] {
        guard depth <= Self.nestingMax else { throw Refused() }
        var elements: [StrictValue] = []
        try expect("[")
        skipWhiteSpace()
        if take("]") { return elements }
        repeat {
            skipWhiteSpace()
            elements.append(try value(depth: depth))
            skipWhiteSpace()
        } while take(",")
        try expect("]")
        return elements
    }

    /// `number = [ minus ] int [ frac ] [ exp ]`
    private mutating func number() throws(Refused) -> StrictValue.Content {
        var isInteger = true
        _ = take("-")
        // int = zero / ( digit1-9 *DIGIT ); documents may touch, but 00 is one wrong number and not two right ones.
        let isZeroFirst = isNext("0")
        guard try digits() == 1 || !isZeroFirst else { throw Refused() }
        if take(".") {
            _ = try digits()
            isInteger = false
        }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            _ = try digits()
            isInteger = false
        }
        return .number(isInteger: isInteger)
    }

    /// `1*DIGIT`; returns how many
    private mutating func digits() throws(Refused) -> Int {
        let start = at
        while let byte, (0x30...0x39).contains(byte) { at += 1 }
        guard at > start else { throw Refused() }
        return at - start
    }

    /// `string = quotation-mark *char quotation-mark`
    private mutating func string() throws(Refused) -> [UInt16] {
        var units: [UInt16] = []
        try expect("\"")
        while !take("\"") {
            if take("\\") {
                units.append(try escape())
            } else {
                units += try unescaped()
            }
        }
        return units
    }

    /// `unescaped = %x20-21 / %x23-5B / %x5D-10FFFF`, as many as there are
    private mutating func unescaped() throws(Refused) -> [UInt16] {
        let start = at
        while let byte, byte >= 0x20, byte != 0x22, byte != 0x5C { at += 1 }
        guard at > start else { throw Refused() }
        return Array(String(decoding: text[start..<at], as: UTF8.self).utf16)
    }

    /// What stands behind a backslash
    private mutating func escape() throws(Refused) -> UInt16 {
        let simple: [(Character, UInt16)] = [
            ("\"", 0x22), ("\\", 0x5C), ("/", 0x2F), ("b", 0x08), ("f", 0x0C), ("n", 0x0A), ("r", 0x0D), ("t", 0x09),
        ]
        for (character, unit) in simple where take(character) { return unit }
        try expect("u")
        let digits = text[at...].prefix(4).map { Character(Unicode.Scalar($0)) }
        guard digits.count == 4, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let unit = UInt16(String(digits), radix: 16)
        else { throw Refused() }
        at += 4
        return unit
    }
}
