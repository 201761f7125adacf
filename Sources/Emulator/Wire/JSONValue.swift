import FilterPatterns

/// A JSON text with its scanned values. Requests that are not on a hot path are read through `root`.
final class JSONDocument: Sendable {
    let bytes: [UInt8]
    let nodes: [JSONNode]

    /// Refuses what is not UTF-8 or not one JSON value.
    init(_ bytes: [UInt8]) throws(JSONFault) {
        guard (try? UTF8Span(validating: bytes.span)) != nil else { throw JSONFault(byte: 0, expected: "UTF-8") }
        let scanned: Result<[JSONNode], JSONFault> = bytes.withUnsafeBufferPointer { text in
            var scanner = JSONScanner(text)
            do throws(JSONFault) {
                try scanner.scan()
                return .success(scanner.nodes)
            } catch {
                return .failure(error)
            }
        }
        self.bytes = bytes
        nodes = try scanned.get()
    }

    var root: JSONValue { JSONValue(document: self, index: 0) }

    /// Walks the values without making any. The view must not leave `body`.
    func withView<Answer>(_ body: (JSONView) -> Answer) -> Answer {
        bytes.withUnsafeBufferPointer { text in
            nodes.withUnsafeBufferPointer { nodes in body(JSONView(text: text, nodes: nodes)) }
        }
    }
}

/// One value of a `JSONDocument`. What it is not, it answers with `nil`.
struct JSONValue: Sendable {
    let document: JSONDocument
    let index: Int

    var kind: JSONKind { document.nodes[index].kind }
    var isNull: Bool { kind == .null }

    /// A string's text. A lone surrogate becomes U+FFFD, as `String` must hold UTF-8.
    var string: String? {
        kind == .string ? String(decoding: text, as: UTF8.self) : nil
    }

    var integer: Int64? { document.withView { $0.integer(index) } }

    var boolean: Bool? {
        switch kind {
        case .yes: true
        case .no: false
        case .null, .number, .string, .array, .object: nil
        }
    }

    var elements: [JSONValue]? {
        guard kind == .array else { return nil }
        var found: [JSONValue] = []
        document.withView { view in
            view.forEachElement(of: index) {
                found.append(JSONValue(document: document, index: $0))
                return true
            }
        }
        return found
    }

    /// An object's members in the order they stand, repeated names included.
    var members: [(name: String, value: JSONValue)]? {
        guard kind == .object else { return nil }
        var found: [(String, JSONValue)] = []
        document.withView { view in
            view.forEachMember(of: index) { key, value in
                found.append(
                    (
                        JSONValue(document: document, index: key).string ?? "",
                        JSONValue(document: document, index: value)
                    ))
            }
        }
        return found
    }

    /// The member `name`, unless it is missing or null: AWS treats these alike.
    subscript(name: String) -> JSONValue? {
        guard let found = document.withView({ $0.member(Array(name.utf8), of: index) }) else { return nil }
        let value = JSONValue(document: document, index: found)
        return value.isNull ? nil : value
    }

    /// A string's text or a number's digits, as bytes.
    var text: [UInt8] {
        var text: [UInt8] = []
        document.withView { $0.appendText(index, to: &text) }
        return text
    }

    /// The value as it stands in the document, a string with its quotes.
    var source: ArraySlice<UInt8> {
        let range = document.nodes[index].range
        return kind == .string ? document.bytes[range.lowerBound - 1...range.upperBound] : document.bytes[range]
    }
}
