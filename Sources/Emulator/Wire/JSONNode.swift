/// What a JSON value is.
enum JSONKind: UInt8, Sendable {
    case null, yes, no, number, string, array, object
}

/// One value of a JSON text: where it stands, and where the values inside it end.
///
/// The nodes of a text lie in the order their values begin. An object's members are a string node (the name) and
/// its value, by turns.
struct JSONNode: Sendable {
    /// For strings, the byte after the opening quote.
    var start: UInt32
    /// One past the value's last byte; for strings, the closing quote.
    var end: UInt32
    /// The index of the first node that is not inside this one.
    var next: UInt32
    var kind: JSONKind
    /// Whether a string holds a backslash, so that its bytes are not yet its text.
    var isEscaped: Bool

    var range: Range<Int> { Int(start)..<Int(end) }
}

/// Why a text is not JSON, and where.
struct JSONFault: Error, Hashable, Sendable {
    let byte: Int
    let expected: String
}
