private import Core

/// A JSON value whose members stay in the order they were put, so that a document reads as AWS's guide has it.
package indirect enum JSONTree: Hashable, Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([JSONTree])
    case object([Member])

    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: JSONTree

        package init(_ name: String, _ value: JSONTree) {
            self.name = name
            self.value = value
        }
    }

    /// An object of those members that are not `nil`.
    package static func object(_ members: KeyValuePairs<String, JSONTree?>) -> JSONTree {
        .object(members.compactMap { name, value in value.map { Member(name, $0) } })
    }

    package static func texts(_ texts: some Sequence<String>) -> JSONTree { .list(texts.map(JSONTree.text)) }
}

extension JSONTree: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self = .text(text) }
}

extension JSONTree {
    /// In one line without blanks: as it is sent.
    package var compact: String {
        var bytes: [UInt8] = []
        append(to: &bytes, indent: nil)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Indented by two blanks, a newline at the end: for people and for files.
    package var pretty: String {
        var bytes: [UInt8] = []
        append(to: &bytes, indent: 0)
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }

    private func append(to bytes: inout [UInt8], indent: Int?) {
        switch self {
        case .text(let text): JSONEscape.append(text, to: &bytes)
        case .number(let number): bytes += String(number).utf8
        case .flag(let flag): bytes += (flag ? "true" : "false").utf8
        case .list(let items):
            Self.append(items, between: "[", "]", to: &bytes, indent: indent) { item, bytes, indent in
                item.append(to: &bytes, indent: indent)
            }
        case .object(let members):
            Self.append(members, between: "{", "}", to: &bytes, indent: indent) { member, bytes, indent in
                JSONEscape.append(member.name, to: &bytes)
                bytes += (indent == nil ? ":" : ": ").utf8
                member.value.append(to: &bytes, indent: indent)
            }
        }
    }

    private static func append<Item>(
        _ items: [Item], between open: StaticString, _ close: StaticString, to bytes: inout [UInt8], indent: Int?,
        _ appendItem: (Item, inout [UInt8], Int?) -> Void
    ) {
        bytes += open.description.utf8
        let inner = indent.map { $0 + 1 }
        for (index, item) in items.enumerated() {
            if index > 0 { bytes += ",".utf8 }
            newline(to: &bytes, indent: inner)
            appendItem(item, &bytes, inner)
        }
        if !items.isEmpty { newline(to: &bytes, indent: indent) }
        bytes += close.description.utf8
    }

    private static func newline(to bytes: inout [UInt8], indent: Int?) {
        guard let indent else { return }
        bytes += ("\n" + String(repeating: "  ", count: indent)).utf8
    }
}
