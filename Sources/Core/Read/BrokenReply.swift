/// A reply that does not say what a GetRecords reply must say. Nothing of it was used: ask again with the same iterator.
package struct BrokenReply: Error, Hashable, Sendable {
    /// Where in the reply's body.
    package let byte: Int
    /// What was expected or is missing. Never any of the reply's own text.
    package let detail: String

    package init(byte: Int, detail: String) {
        self.byte = byte
        self.detail = detail
    }
}

extension BrokenReply: CustomStringConvertible {
    package var description: String { "byte \(byte) of the reply: \(detail)" }
}
