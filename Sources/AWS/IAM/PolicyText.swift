import Signing

extension XMLNode {
    /// A policy document as JSON text, exactly as it was put. IAM percent-encodes documents in its replies, by RFC 3986.
    func document(of name: String) throws -> String {
        let encoded = try text(of: name)
        guard let text = String(validating: PercentEncoding.decode(encoded[...]), as: UTF8.self) else {
            throw UnreadableReply("<\(name)> is not UTF-8 once decoded")
        }
        return text
    }
}
