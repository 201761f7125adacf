/// Reads JSON (RFC 8259) forward from a reply's buffer, which it may also write to behind itself.
///
/// Whoever makes one keeps `base` valid and to itself as long as the cursor lives.
struct ReplyCursor {
    let base: UnsafeMutablePointer<UInt8>
    let end: Int
    var position = 0

    /// A string's bytes between its quotes.
    struct Text {
        let range: Range<Int>
        let isEscaped: Bool
    }

    init(base: UnsafeMutablePointer<UInt8>, end: Int) {
        self.base = base
        self.end = end
    }

    func broken(_ detail: String) -> BrokenReply { BrokenReply(byte: position, detail: detail) }

    /// The next byte that is not a blank, not yet taken.
    mutating func peek() throws(BrokenReply) -> UInt8 {
        while position < end {
            switch base[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            case let byte: return byte
            }
        }
        throw broken("ends early")
    }

    mutating func take(_ byte: UInt8) throws(BrokenReply) {
        guard try peek() == byte else { throw broken("expected '\(Character(UnicodeScalar(byte)))'") }
        position += 1
    }

    /// Takes `byte` if it comes next.
    mutating func takes(_ byte: UInt8) throws(BrokenReply) -> Bool {
        guard try peek() == byte else { return false }
        position += 1
        return true
    }

    mutating func takeEnd() throws(BrokenReply) {
        while position < end, [0x20, 0x0A, 0x0D, 0x09].contains(base[position]) { position += 1 }
        guard position == end else { throw broken("something follows the reply") }
    }
}

extension ReplyCursor {
    /// Calls `member` for each member, positioned at its value, which it must take.
    @inline(__always)
    mutating func takeObject(
        _ member: (inout ReplyCursor, Text) throws(BrokenReply) -> Void
    ) throws(BrokenReply) {
        try take(UInt8(ascii: "{"))
        if try takes(UInt8(ascii: "}")) { return }
        repeat {
            let name = try takeString()
            try take(UInt8(ascii: ":"))
            _ = try peek()
            try member(&self, name)
        } while try takes(UInt8(ascii: ","))
        try take(UInt8(ascii: "}"))
    }

    /// Calls `element` for each element, positioned at it.
    @inline(__always)
    mutating func takeArray(_ element: (inout ReplyCursor) throws(BrokenReply) -> Void) throws(BrokenReply) {
        try take(UInt8(ascii: "["))
        if try takes(UInt8(ascii: "]")) { return }
        repeat {
            _ = try peek()
            try element(&self)
        } while try takes(UInt8(ascii: ","))
        try take(UInt8(ascii: "]"))
    }

    /// Takes `null` if it comes next.
    mutating func takesNull() throws(BrokenReply) -> Bool {
        guard try peek() == UInt8(ascii: "n") else { return false }
        try takeWord("null")
        return true
    }

    private mutating func takeWord(_ word: StaticString) throws(BrokenReply) {
        guard holds(word, at: position..<min(position + word.utf8CodeUnitCount, end)) else {
            throw broken("expected '\(word)'")
        }
        position += word.utf8CodeUnitCount
    }

    /// Whether these bytes are exactly `word`.
    func holds(_ word: StaticString, at range: Range<Int>) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where base[range.lowerBound + index] != word.utf8Start[index] { return false }
        return true
    }

    /// Takes any value, with the whole grammar checked.
    mutating func skipValue(depth: Int) throws(BrokenReply) {
        guard depth < ReplyLimits.depthMax else { throw broken("nested deeper than \(ReplyLimits.depthMax)") }
        switch try peek() {
        case UInt8(ascii: "\""): _ = try takeString()
        case UInt8(ascii: "{"):
            try takeObject { (cursor, _) throws(BrokenReply) in try cursor.skipValue(depth: depth + 1) }
        case UInt8(ascii: "["): try takeArray { (cursor) throws(BrokenReply) in try cursor.skipValue(depth: depth + 1) }
        case UInt8(ascii: "t"): try takeWord("true")
        case UInt8(ascii: "f"): try takeWord("false")
        case UInt8(ascii: "n"): try takeWord("null")
        default: _ = try takeNumber()
        }
    }
}
