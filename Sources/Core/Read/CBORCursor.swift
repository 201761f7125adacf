/// Reads CBOR (RFC 8949) forward from a reply's buffer, which it may also write to behind itself.
///
/// Whoever makes one keeps `base` valid and to itself as long as the cursor lives. Lengths are definite or indefinite,
/// numbers of any width. Tags are passed over except where one changes what a value means.
struct CBORCursor {
    let base: UnsafeMutablePointer<UInt8>
    let end: Int
    var position = 0

    /// The major types. https://www.rfc-editor.org/rfc/rfc8949.html#section-3.1
    enum Kind: UInt8 {
        case unsigned, negative, bytes, text, array, map, tag
        /// Floats, false, true, null and the like; and the break that ends what is indefinite.
        case simple
    }

    /// The beginning of an item.
    struct Head {
        let kind: Kind
        /// The low five bits of the first byte.
        let info: UInt8
        /// A number, a length in bytes, elements or members, a tag, or a float's bits; `nil` for an indefinite length and
        /// for the break.
        let argument: UInt64?
    }

    init(base: UnsafeMutablePointer<UInt8>, end: Int) {
        self.base = base
        self.end = end
    }

    func broken(_ detail: String) -> BrokenReply { BrokenReply(byte: position, detail: detail) }

    /// The next byte, not yet taken.
    func peek() throws(BrokenReply) -> UInt8 {
        guard position < end else { throw broken("ends early") }
        return base[position]
    }

    mutating func takeHead() throws(BrokenReply) -> Head {
        let first = try peek()
        guard let kind = Kind(rawValue: first >> 5) else { preconditionFailure("three bits have eight values") }
        let info = first & 0x1F
        switch info {
        case 0..<24:
            position += 1
            return Head(kind: kind, info: info, argument: UInt64(info))
        case 24...27:
            let width = 1 << Int(info - 24)
            guard width < end - position else { throw broken("ends early") }
            let argument = (1...width).reduce(0) { $0 << 8 | UInt64(base[position + $1]) }
            // A simple value below 32 has one form only, the short one.
            guard kind != .simple || width > 1 || argument >= 32 else { throw broken("not CBOR") }
            position += 1 + width
            return Head(kind: kind, info: info, argument: argument)
        case 31 where kind != .unsigned && kind != .negative && kind != .tag:
            position += 1
            return Head(kind: kind, info: info, argument: nil)
        default:
            throw broken("not CBOR")
        }
    }

    /// Takes the head of an item that is no tag, and the last of the tags before it.
    mutating func takeTaggedHead() throws(BrokenReply) -> (tag: UInt64?, head: Head) {
        var tag: UInt64?
        while true {
            let head = try takeHead()
            guard head.kind == .tag else { return (tag, head) }
            tag = head.argument
        }
    }

    /// Takes the head of an item that must be a `kind`.
    mutating func take(_ kind: Kind, _ wanted: StaticString) throws(BrokenReply) -> Head {
        let start = position
        let head = try takeTaggedHead().head
        guard head.kind == kind else { throw BrokenReply(byte: start, detail: "expected \(wanted)") }
        return head
    }

    /// Takes the break that ends what is indefinite, if it comes next.
    mutating func takesBreak() throws(BrokenReply) -> Bool {
        guard try peek() == 0xFF else { return false }
        position += 1
        return true
    }
}

// MARK: - Strings

extension CBORCursor {
    mutating func takeText() throws(BrokenReply) -> String {
        let start = position
        guard let string = text(at: try takeString(.text, "a text")) else {
            throw BrokenReply(byte: start, detail: "a text that is not UTF-8")
        }
        return string
    }

    /// The text that these bytes are; `nil` when they are not UTF-8.
    func text(at range: Range<Int>) -> String? {
        String(validating: UnsafeBufferPointer(start: base + range.lowerBound, count: range.count), as: UTF8.self)
    }

    /// Takes a string and says where its bytes stand, in one run.
    mutating func takeString(_ kind: Kind, _ wanted: StaticString) throws(BrokenReply) -> Range<Int> {
        try takeRest(ofString: try take(kind, wanted))
    }

    /// Takes what follows a string's head.
    mutating func takeRest(ofString head: Head) throws(BrokenReply) -> Range<Int> {
        guard let count = head.argument else { return try joinChunks(head.kind) }
        return try takeRun(count)
    }

    private mutating func takeRun(_ count: UInt64) throws(BrokenReply) -> Range<Int> {
        guard count <= UInt64(end - position) else { throw broken("ends early") }
        let start = position
        position += Int(count)
        return start..<position
    }

    /// Joins the chunks of an indefinite string where they stand: what is written takes the place of heads that were read.
    private mutating func joinChunks(_ kind: Kind) throws(BrokenReply) -> Range<Int> {
        let start = position
        var write = start
        while try !takesBreak() {
            let chunk = position
            let head = try takeHead()
            guard head.kind == kind, let count = head.argument else {
                throw BrokenReply(byte: chunk, detail: "expected a chunk of the string")
            }
            let run = try takeRun(count)
            (base + write).update(from: base + run.lowerBound, count: run.count)
            write += run.count
        }
        return start..<write
    }
}
