extension CBORCursor: ReplyReader {
    @inline(__always)
    mutating func takeObject(
        _ member: (inout CBORCursor, Range<Int>) throws(BrokenReply) -> Void
    ) throws(BrokenReply) {
        try takeMembers(of: try take(.map, "a map"), member)
    }

    @inline(__always)
    mutating func takeArray(_ element: (inout CBORCursor) throws(BrokenReply) -> Void) throws(BrokenReply) {
        try takeElements(of: try take(.array, "an array"), element)
    }

    /// A name is a text, in Kinesis's replies as in JSON.
    @inline(__always)
    private mutating func takeMembers(
        of head: Head, _ member: (inout CBORCursor, Range<Int>) throws(BrokenReply) -> Void
    ) throws(BrokenReply) {
        try takeElements(of: head) { (cursor) throws(BrokenReply) in
            let name = try cursor.takeString(.text, "a member's name")
            try member(&cursor, name)
        }
    }

    /// A definite number of them ends with the buffer at the latest, since each takes a byte at least.
    @inline(__always)
    private mutating func takeElements(
        of head: Head, _ element: (inout CBORCursor) throws(BrokenReply) -> Void
    ) throws(BrokenReply) {
        guard let count = head.argument else {
            while try !takesBreak() { try element(&self) }
            return
        }
        guard count <= UInt64(end - position) else { throw broken("ends early") }
        for _ in 0..<count { try element(&self) }
    }

    func `is`(_ name: Range<Int>, _ word: StaticString) -> Bool {
        guard name.count == word.utf8CodeUnitCount else { return false }
        for index in 0..<name.count where base[name.lowerBound + index] != word.utf8Start[index] { return false }
        return true
    }

    /// Takes `null` or `undefined` if it comes next.
    mutating func takesNull() throws(BrokenReply) -> Bool {
        guard try peek() & 0xFE == 0xF6 else { return false }
        position += 1
        return true
    }

    mutating func takePayload() throws(BrokenReply) -> Range<Int> { try takeString(.bytes, "a byte string") }

    mutating func skipValue(depth: Int) throws(BrokenReply) {
        guard depth < ReplyLimits.depthMax else { throw broken("nested deeper than \(ReplyLimits.depthMax)") }
        let start = position
        let head = try takeTaggedHead().head
        switch head.kind {
        case .bytes, .text: _ = try takeRest(ofString: head)
        case .array:
            try takeElements(of: head) { (cursor) throws(BrokenReply) in try cursor.skipValue(depth: depth + 1) }
        case .map:
            try takeMembers(of: head) { (cursor, _) throws(BrokenReply) in try cursor.skipValue(depth: depth + 1) }
        case .simple:
            guard head.argument != nil else { throw BrokenReply(byte: start, detail: "expected a value") }
        case .unsigned, .negative, .tag: break
        }
    }

    mutating func takeEnd() throws(BrokenReply) {
        guard position == end else { throw broken("something follows the reply") }
    }
}
