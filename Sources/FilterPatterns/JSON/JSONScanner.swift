/// Finds the values of one JSON text (RFC 8259, strictly) without copying any of them.
///
/// The text must outlive the scanner. Whether it is UTF-8 is the caller's to know.
package struct JSONScanner {
    /// Deeper nesting than anybody's request or log message has; beyond it the text is refused.
    package static let depthMax = 128

    /// The values found so far, in the order they begin.
    package private(set) var nodes: [JSONNode]
    private let text: UnsafeBufferPointer<UInt8>
    private var at = 0

    /// `room` is an array whose memory may be used again.
    package init(_ text: UnsafeBufferPointer<UInt8>, room: [JSONNode] = []) {
        self.text = text
        nodes = room
        nodes.removeAll(keepingCapacity: true)
    }

    /// Reads the whole text. `nodes` then begins with its one value.
    package mutating func scan() throws(JSONFault) {
        guard text.count < Int(UInt32.max) else { throw JSONFault(byte: 0, expected: "less than 4 GiB") }
        skipBlanks()
        try value(depth: 0)
        skipBlanks()
        guard at == text.count else { throw fault("the end") }
    }

    private mutating func value(depth: Int) throws(JSONFault) {
        guard depth < Self.depthMax else { throw fault("at most \(Self.depthMax) levels") }
        switch peek {
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "t"): try word("true", .yes)
        case UInt8(ascii: "f"): try word("false", .no)
        case UInt8(ascii: "n"): try word("null", .null)
        default: try number()
        }
    }

    private mutating func object(depth: Int) throws(JSONFault) {
        let node = open(.object)
        at += 1
        skipBlanks()
        if peek == UInt8(ascii: "}") { return close(node) }
        while true {
            guard peek == UInt8(ascii: "\"") else { throw fault("a member's name") }
            try string()
            skipBlanks()
            try take(UInt8(ascii: ":"), "':'")
            skipBlanks()
            try value(depth: depth + 1)
            skipBlanks()
            if peek == UInt8(ascii: "}") { return close(node) }
            try take(UInt8(ascii: ","), "',' or '}'")
            skipBlanks()
        }
    }

    private mutating func array(depth: Int) throws(JSONFault) {
        let node = open(.array)
        at += 1
        skipBlanks()
        if peek == UInt8(ascii: "]") { return close(node) }
        while true {
            try value(depth: depth + 1)
            skipBlanks()
            if peek == UInt8(ascii: "]") { return close(node) }
            try take(UInt8(ascii: ","), "',' or ']'")
            skipBlanks()
        }
    }

    private mutating func word(_ letters: StaticString, _ kind: JSONKind) throws(JSONFault) {
        let node = open(kind)
        for offset in 0..<letters.utf8CodeUnitCount {
            try take(letters.utf8Start[offset], "'\(letters)'")
        }
        nodes[node].end = UInt32(at)
    }
}

// MARK: - Strings and numbers

extension JSONScanner {
    private mutating func string() throws(JSONFault) {
        at += 1
        let node = open(.string)
        while true {
            skipPlainText()
            switch peek {
            case UInt8(ascii: "\""):
                nodes[node].end = UInt32(at)
                at += 1
                return
            case UInt8(ascii: "\\"):
                nodes[node].isEscaped = true
                try escape()
            default: throw fault(at < text.count ? "no control character" : "the string's end")
            }
        }
    }

    /// Goes on to the next quote, backslash or control character, eight bytes at a time.
    private mutating func skipPlainText() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let memory = UnsafeRawBufferPointer(text)
        while at + 8 <= text.count {
            let word = memory.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let quotes = word ^ (ones &* 0x22)
            let backslashes = word ^ (ones &* 0x5c)
            let found = (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
            // A byte below 0x20 borrows when 0x20 is taken from it; bytes above 0x7f are none of ours.
            let controls = (word &- (ones &* 0x20)) & ~word
            guard (found | controls) & highs == 0 else { break }
            at += 8
        }
        while at < text.count, text[at] >= 0x20, text[at] != 0x22, text[at] != 0x5c { at += 1 }
    }

    private mutating func escape() throws(JSONFault) {
        at += 1
        switch peek {
        case UInt8(ascii: "u"):
            at += 1
            for _ in 0..<4 {
                guard let digit = peek, digit.hexValue != nil else { throw fault("four hexadecimal digits") }
                at += 1
            }
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            at += 1
        default: throw fault("an escape of JSON")
        }
    }

    private mutating func number() throws(JSONFault) {
        let node = open(.number)
        if peek == UInt8(ascii: "-") { at += 1 }
        if peek == UInt8(ascii: "0") { at += 1 } else { try digits("a value") }
        if peek == UInt8(ascii: ".") {
            at += 1
            try digits("a digit")
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            at += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
            try digits("a digit")
        }
        nodes[node].end = UInt32(at)
    }

    private mutating func digits(_ expected: String) throws(JSONFault) {
        let first = at
        while let byte = peek, byte.isDigit { at += 1 }
        guard at > first else { throw fault(expected) }
    }
}

// MARK: - Steps

extension JSONScanner {
    private var peek: UInt8? { at < text.count ? text[at] : nil }

    private mutating func open(_ kind: JSONKind) -> Int {
        let start = UInt32(at)
        let index = nodes.count
        nodes.append(JSONNode(start: start, end: start, next: UInt32(index + 1), kind: kind, isEscaped: false))
        return index
    }

    private mutating func close(_ node: Int) {
        at += 1
        nodes[node].end = UInt32(at)
        nodes[node].next = UInt32(nodes.count)
    }

    private mutating func take(_ byte: UInt8, _ expected: @autoclosure () -> String) throws(JSONFault) {
        guard peek == byte else { throw fault(expected()) }
        at += 1
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || (0x09...0x0a).contains(byte) || byte == 0x0d { at += 1 }
    }

    private func fault(_ expected: String) -> JSONFault { JSONFault(byte: at, expected: expected) }
}
