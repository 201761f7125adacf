internal import FilterPatterns

/// The body of a query-protocol call: names and values.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html
struct Form: Sendable {
    private let values: [String: String]

    /// `nil` when `body` is not a form of this protocol: it names no `Action`, or is not UTF-8 once decoded.
    init?(_ body: [UInt8]) {
        guard body.starts(with: "Action=".utf8) || body.contains("&Action=".utf8) else { return nil }
        var values: [String: String] = [:]
        for pair in String(decoding: body, as: UTF8.self).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : "") else {
                return nil
            }
            values[name] = value
        }
        self.values = values
    }

    var action: String { values["Action"] ?? "" }

    subscript(name: String) -> String? { values[name] }

    /// A list of structures: for `Tags`, each of `Tags.member.1`, `Tags.member.2` and so on up to the first that has none of
    /// `members`.
    func list(_ name: String, members: [String]) -> [[String: String]] {
        var list: [[String: String]] = []
        while true {
            let prefix = "\(name).member.\(list.count + 1)."
            let item = members.reduce(into: [String: String]()) { $0[$1] = values[prefix + $1] }
            guard !item.isEmpty else { return list }
            list.append(item)
        }
    }

    /// Undoes `%41` and `+`. `nil` when a `%` is followed by anything but two hexadecimal digits, or for text that is no UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        var (bytes, rest) = ([UInt8](), Array(text.utf8)[...])
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst()?.hexValue, let low = rest.popFirst()?.hexValue else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
