/// What a JSON value is.
package enum JSONKind: UInt8, Sendable {
    case null, yes, no, number, string, array, object
}

/// One value of a JSON text: where it stands, and where the values inside it end.
///
/// The nodes of a text lie in the order their values begin. An object's members are a string node (the name) and
/// its value, by turns.
package struct JSONNode: Sendable {
    /// For strings, the byte after the opening quote.
    package var start: UInt32
    /// One past the value's last byte; for strings, the closing quote.
    package var end: UInt32
    /// The index of the first node that is not inside this one.
    package var next: UInt32
    /// What the value is.
    package var kind: JSONKind
    /// Whether a string holds a backslash, so that its bytes are not yet its text.
    package var isEscaped: Bool

    /// Where the value stands in the text; for strings, what is between the quotes.
    @inlinable package var range: Range<Int> { Int(start)..<Int(end) }
}

/// Why a text is not JSON, and where.
package struct JSONFault: Error, Hashable, Sendable {
    /// Offset in bytes from the text's beginning.
    package let byte: Int
    /// What would have been right there, in words.
    package let expected: String

    /// Found at offset `byte`.
    package init(byte: Int, expected: String) { (self.byte, self.expected) = (byte, expected) }
}
