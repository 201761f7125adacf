/// What a page is read with: a cursor over a reply's buffer, in whatever encoding the reply came.
///
/// Each call takes one value and leaves the cursor behind it, or throws and says where.
protocol ReplyReader {
    /// A member's name as it stands in the buffer.
    associatedtype Name

    /// Whoever makes one keeps `base` valid and to itself as long as the reader lives.
    init(base: UnsafeMutablePointer<UInt8>, end: Int)

    var position: Int { get }

    /// Calls `member` for each member, positioned at its value, which it must take.
    mutating func takeObject(_ member: (inout Self, Name) throws(BrokenReply) -> Void) throws(BrokenReply)

    /// Calls `element` for each element, positioned at it.
    mutating func takeArray(_ element: (inout Self) throws(BrokenReply) -> Void) throws(BrokenReply)

    func `is`(_ name: Name, _ word: StaticString) -> Bool

    /// Takes a null if it comes next.
    mutating func takesNull() throws(BrokenReply) -> Bool

    mutating func takeText() throws(BrokenReply) -> String

    /// Takes a blob and says where its bytes are now.
    mutating func takePayload() throws(BrokenReply) -> Range<Int>

    /// Takes a moment; `nil` when it is out of range.
    mutating func takeInstant() throws(BrokenReply) -> Instant?

    /// Takes a number, to the nearest integer; `nil` when it is out of range.
    mutating func takeInteger() throws(BrokenReply) -> Int64?

    /// Takes any value. `depth` is how deep it stands in others that are skipped.
    mutating func skipValue(depth: Int) throws(BrokenReply)

    mutating func takeEnd() throws(BrokenReply)
}

enum ReplyLimits {
    /// How deep arrays and objects may nest in what is skipped, so that a hostile reply cannot exhaust the stack.
    static let depthMax = 128
}
